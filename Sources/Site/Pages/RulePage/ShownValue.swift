import Templates

/// A value that a rule looks for, as shown everywhere: the text, and words for what it can't show.
struct ShownValue: TemplateModel {
  /// Unchanged; empty if the test has no value, in which case ``words`` say so.
  var text: String
  /// The words beside it: `an empty text`, `no value`, the test's modifiers: `base64, wide`. nil if there is nothing to
  /// say.
  var words: String?

  static let shape = Shape<ShownValue>(
    .text("text") { $0.text },
    .optionalText("spaces") { $0.hasTellingSpaces ? "ws" : nil },
    .optionalText("words") { $0.words })

  /// Whether spaces would be overlooked: at an end, several in a row, or other than U+0020.
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
