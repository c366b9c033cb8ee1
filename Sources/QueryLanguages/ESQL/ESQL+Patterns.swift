/// The field names in `DISSECT` and `GROK` patterns.
extension ESQL {
  /// `%{a} %{+b/2} %{?ignored} %{c->}`
  static func names(inDissect pattern: String) -> [String] {
    keys(in: pattern).compactMap { key in
      guard key.utf8.first != UInt8(ascii: "?") else { return nil }
      let name = key.drop { "+*&".contains($0) }.prefix { $0 != "/" }
      return name.isEmpty ? nil : String(name.hasSuffix("->") ? name.dropLast(2) : name)
    }
  }

  /// `%{IP:a} %{NUMBER:b:int} (?<c>[a-z]+)`
  static func names(inGrok pattern: String) -> [String] {
    let keys = keys(in: pattern).compactMap { key -> String? in
      let parts = key.split(separator: ":")
      return parts.count > 1 ? String(parts[1]) : nil
    }
    return keys + groups(in: pattern)
  }

  /// The contents of each `%{…}`.
  private static func keys(in pattern: String) -> [Substring] {
    pieces(of: pattern, from: "%{", to: "}")
  }

  /// The names of groups; `(?<=` and `(?<!` are lookbehinds and name nothing.
  private static func groups(in pattern: String) -> [String] {
    pieces(of: pattern, from: "(?<", to: ">").filter { name in
      !name.isEmpty
        && name.utf8.allSatisfy { byte in
          ByteSet.letters.union(.digits).union("_.@-").contains(byte)
        }
    }.map(String.init)
  }

  private static func pieces(of text: String, from open: String, to close: Character) -> [Substring] {
    var found: [Substring] = []
    var rest = text[...]
    while let start = rest.firstRange(of: open) {
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: close) else { break }
      found.append(rest[..<end])
    }
    return found
  }
}
extension Substring {
  /// The first occurrence of a text.
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(text) { return at..<index(at, offsetBy: text.count) }
      at = index(after: at)
    }
    return nil
  }
}
