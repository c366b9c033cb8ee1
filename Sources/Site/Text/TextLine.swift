/// A line of a text for a terminal, before it is broken to a width.
package struct TextLine: Hashable, Sendable {
  package enum Style: Hashable, Sendable {
    case plain
    case strong
    /// A remark beside the content.
    case faint
    /// What should be fixed, or is left out.
    case alarm
  }

  /// A run of text in one style; as it is, controls and all.
  package struct Span: Hashable, Sendable {
    package var text: String
    package var style: Style

    init(_ text: String, _ style: Style = .plain) { (self.text, self.style) = (text, style) }
  }

  /// How many spaces come before it.
  package var indent: Int
  /// How many more come before what goes on in further lines.
  package var hanging: Int
  package var spans: [Span]

  init(indent: Int = 0, hanging: Int = 0, _ spans: [Span]) {
    (self.indent, self.hanging, self.spans) = (indent, hanging, spans)
  }

  init(indent: Int = 0, hanging: Int = 0, _ text: String, _ style: Style = .plain) {
    self.init(indent: indent, hanging: hanging, [Span(text, style)])
  }

  static let empty = TextLine([])
}
