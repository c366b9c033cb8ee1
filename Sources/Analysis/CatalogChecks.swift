package import Diagnostics

/// What is found by all rules and notes together.
extension CheckID {
  package static let ruleDuplicateID = CheckID(
    "rule-duplicate-id", .error,
    "Two rules have the same id, so that references to it are ambiguous. Give one of them a new id.")
  package static let ruleDuplicate = CheckID(
    "rule-duplicate", .note,
    "Another rule has the same tests in the same condition on the same logs, and so matches the same events. Keep one of them."
  )
  package static let noteLink = CheckID(
    "note-link", .note,
    "The link leads to no page of the site and is shown as text. Link to the file of a rule or of another note, or give a whole address."
  )
  package static let noteUnplaced = CheckID(
    "note-unplaced", .warning,
    "The note's file isn't named after anything in the catalog. Name it after a technique, such as `T1059.001.md`, or after a provider and an event, such as `Okta-user/user.session.start.md`."
  )
}
