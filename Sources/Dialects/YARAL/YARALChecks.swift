package import Diagnostics

/// Checks on YARA-L rules.
extension CheckID {
  package static let yaralSection = CheckID(
    "yaral-section", .error,
    "The rule lacks a section that each rule needs, or has one twice. Write meta, events and condition, each once.")
  package static let yaralFile = CheckID(
    "yaral-file", .note,
    "The rule describes files, in YARA, and looks for no events. Exclude the file, or write the rule in YARA-L.")
}
