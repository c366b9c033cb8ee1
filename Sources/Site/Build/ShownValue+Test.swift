import RuleModel

extension ShownValue {
  /// A test's value, with in words what the value alone can't say.
  init(_ test: Test) {
    var words: [String] = []
    switch test.kind {
    case .isNull: words.append("no value")
    default:
      if test.value.isEmpty { words.append("an empty text") }
    }
    words += test.modifiers.names
    self.init(text: test.value, words: words.isEmpty ? nil : words.joined(separator: ", "))
  }
}
