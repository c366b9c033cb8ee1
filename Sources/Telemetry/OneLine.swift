import XML

extension String {
  /// Its words with single spaces between them, as a reader sees it in one line.
  var inOneLine: String { split { $0.isWhitespace }.joined(separator: " ") }
}

extension XMLElement {
  /// Its text in one line.
  var trimmed: String { text.inOneLine }
}
