import RuleModel

extension ShownValue {
  /// A test's value, with words for what the value alone can't show.
  ///
  /// - Parameter limit: the maximum number of characters shown; if there are more, the words say so. nil for all.
  init(_ test: Test, limit: Int? = nil) {
    var words: [String] = []
    switch test.kind {
    case .isNull: words.append("no value")
    default:
      if test.value.isEmpty { words.append("an empty text") }
    }
    words += test.modifiers.names
    var text = test.value
    if let limit, text.utf8.count > limit, text.unicodeScalars.count > limit {
      text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
      words.append("… of \(grouped(test.value.unicodeScalars.count)) characters")
    }
    self.init(text: text, words: words.isEmpty ? nil : words.joined(separator: ", "))
  }
}
