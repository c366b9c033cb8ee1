/// A pattern of names in a condition: `*` stands for any number of characters, anywhere in it (Sigma Specification 2.1.0, “Condition”).
struct NamePattern {
  private let parts: [Substring]

  init(_ text: String) { parts = text.split(separator: "*", omittingEmptySubsequences: false) }

  func matches(_ name: String) -> Bool {
    let (first, last) = (parts[0], parts[parts.count - 1])
    guard parts.count > 1 else { return name == first }
    guard name.hasPrefix(first), name.hasSuffix(last) else { return false }
    var rest = name.dropFirst(first.count)
    guard rest.count >= last.count else { return false }
    rest = rest.dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
