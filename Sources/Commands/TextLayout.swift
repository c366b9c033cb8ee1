import Site

/// Lays out lines for a terminal of a given width, or for a file or a pipe, which has none.
struct TextLayout {
  /// nil if lines aren't wrapped because another program reads them.
  var width: Int?
  var usesColour: Bool

  func text(_ lines: [TextLine]) -> String {
    lines.map { line in
      // Rules are untrusted; their text must not control the terminal.
      let spans = line.spans.map { (text: Terminal.harmless($0.text), style: $0.style) }
      return rows(spans, of: line).map { indent, row in
        (row.isEmpty ? "" : String(repeating: " ", count: indent)) + row.map { coloured($0.text, $0.style) }.joined()
      }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private typealias Span = (text: String, style: TextLine.Style)

  /// Breaks at spaces, and inside a word only if it is too long for a line: no character is lost.
  private func rows(_ spans: [Span], of line: TextLine) -> [(indent: Int, spans: [Span])] {
    guard let width else { return [(line.indent, spans)] }
    var rows: [(indent: Int, spans: [Span])] = [(line.indent, [])]
    var column = line.indent
    func startRow() {
      rows.append((line.indent + line.hanging, []))
      column = line.indent + line.hanging
    }
    // Each row has room for at least a few characters, however deep its indentation.
    let end = max(width, line.indent + line.hanging + 20)
    for span in spans {
      for word in words(of: span.text) {
        var rest = word[...]
        // A space at the end of a row takes up no room.
        let length = word.last == " " ? word.count - 1 : word.count
        if column + length > end, rows[rows.count - 1].spans.contains(where: { !$0.text.isEmpty }), length <= end {
          startRow()
        }
        while column + rest.count > end + (rest.last == " " ? 1 : 0) {
          let room = max(1, end - column)
          rows[rows.count - 1].spans.append((String(rest.prefix(room)), span.style))
          rest = rest.dropFirst(room)
          startRow()
        }
        rows[rows.count - 1].spans.append((String(rest), span.style))
        column += rest.count
      }
    }
    return rows
  }

  /// The words of a text, each including the space after it, if any.
  private func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      word.append(character)
      if character == " " {
        words.append(word)
        word = ""
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  private func coloured(_ text: String, _ style: TextLine.Style) -> String {
    guard usesColour, !text.isEmpty else { return text }
    switch style {
    case .plain: return text
    case .strong: return "\u{1B}[1m\(text)\u{1B}[0m"
    case .faint: return "\u{1B}[2m\(text)\u{1B}[0m"
    case .alarm: return "\u{1B}[33m\(text)\u{1B}[0m"
    }
  }
}
