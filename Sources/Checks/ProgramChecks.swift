package import Diagnostics

/// Checks of the commands, which no module below them knows.
extension CheckID {
  package static let output = CheckID(
    "output", .error,
    "The site can't be written there.")
  package static let catalogFile = CheckID(
    "catalog-file", .error,
    "The file isn't a catalog.json. Give one that `ruledex build` made.")
  package static let lintBaseline = CheckID(
    "lint-baseline", .error,
    "The file isn't a baseline of accepted findings. Give one that `ruledex lint --update-baseline` wrote.")
  package static let revision = CheckID(
    "revision", .error,
    "Git doesn't have that revision or path. Check them, and fetch the revision first.")
}
