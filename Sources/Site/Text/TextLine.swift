/// A line of terminal text, before it is wrapped.
package struct TextLine: Hashable, Sendable {
  package enum Style: Hashable, Sendable {
    case plain
    case strong
    /// Secondary information.
    case faint
    /// Something to fix, or something excluded.
    case alarm
  }

  /// A run of text in one style; unescaped, including control characters.
  package struct Span: Hashable, Sendable {
    package var text: String
    package var style: Style

    init(_ text: String, _ style: Style = .plain) { (self.text, self.style) = (text, style) }
  }

  /// The number of spaces before it.
  package var indent: Int
  /// The additional indentation of continuation lines.
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
