package import Diagnostics

/// The checks on queries, in any language.
extension CheckID {
  package static let querySyntax = CheckID(
    "query-syntax", .error,
    "The query can't be parsed here: something is unbalanced, unfinished or misplaced. What can be read is used, the rest is shown as text. Correct it."
  )
  package static let queryFunction = CheckID(
    "query-function", .warning,
    "The query's language has no function, operator or command of this name. Correct the name.")
  package static let queryUnread = CheckID(
    "query-unread", .note,
    "This part of the query isn't understood. It is shown as text and counts as no test.")
}
