@testable import Preview

/// A site that has one file.
func site(_ path: String, saying text: String) -> @Sendable (String) -> PreviewState.Make? {
  let make: PreviewState.Make = { Array(text.utf8) }
  return { $0 == path ? make : nil }
}
