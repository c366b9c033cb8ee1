import Templates

/// A value that a rule looks for, as it is shown everywhere: the text, and what the text can't show.
struct ShownValue: TemplateModel {
  /// As it is; empty where the test has no value, and then ``words`` say so.
  var text: String
  /// What is said beside it: `an empty text`, `no value`, the test's modifiers: `base64, wide`. nil where there is nothing to say.
  var words: String?

  static let shape = Shape<ShownValue>(
    .text("text") { $0.text },
    .optionalText("spaces") { $0.hasTellingSpaces ? "ws" : nil },
    .optionalText("words") { $0.words })

  /// Whether spaces would be overlooked: at an end, or more than one in a row, or of another kind than U+0020.
  var hasTellingSpaces: Bool {
    var previousIsSpace = true
    for byte in text.utf8 {
      let isSpace = byte == UInt8(ascii: " ")
      if isSpace && previousIsSpace || byte < UInt8(ascii: " ") { return true }
      previousIsSpace = isSpace
    }
    return previousIsSpace && !text.isEmpty
  }
}
