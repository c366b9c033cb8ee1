package import Diagnostics

/// What is found where the names that rules have are resolved.
extension CheckID {
  package static let ruleDuplicateID = CheckID(
    "rule-duplicate-id", .error,
    "Two rules have the same id, so that references to it are ambiguous. Give one of them a new id.")
}
