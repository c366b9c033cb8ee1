/// Writes Markdown: CommonMark, and tables as GitHub and GitLab read them (GitHub Flavored Markdown, section 4.10).
///
/// Texts are escaped: what a rule says is shown as written, without markup, links or HTML.
struct MarkdownWriter {
  enum Inline {
    /// Written by us; not escaped.
    case plain(String)
    /// Escaped.
    case text(String)
    case code(String)
  }

  private(set) var bytes: [UInt8] = []

  mutating func heading(_ level: Int, _ text: String) {
    block(String(repeating: "#", count: level) + " " + escaped(text))
  }

  mutating func paragraph(_ text: String) { block(escaped(text)) }

  mutating func list(_ items: [[Inline]]) {
    block(items.map { "- " + $0.map(written).joined() }.joined(separator: "\n"))
  }

  mutating func table(_ table: TextTable) {
    func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let head = row(table.head.map { escaped($0.prefix(1).uppercased() + $0.dropFirst()) })
    let rule = row(table.head.indices.map { table.numbers.contains($0) ? "--:" : "---" })
    block(([head, rule] + table.rows.map { row($0.map(escaped)) }).joined(separator: "\n"))
  }

  private mutating func block(_ text: String) {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    bytes += (text + "\n").utf8
  }

  private func written(_ inline: Inline) -> String {
    switch inline {
    case .plain(let text): return text
    case .text(let text): return escaped(text)
    case .code(let text):
      // A fence must be longer than any run of backticks inside (CommonMark, section 6.1).
      var (longest, run) = (0, 0)
      for scalar in text.unicodeScalars {
        run = scalar == "`" ? run + 1 : 0
        longest = max(longest, run)
      }
      let fence = String(repeating: "`", count: longest + 1)
      let space = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
      return fence + space + oneLine(text) + space + fence
    }
  }
}

/// The text on one line, with a backslash before each character that can be markup (CommonMark, section 2.4), except
/// for those that are markup only at the start of a line or in a run, and are common in names.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in oneLine(text).unicodeScalars {
    if "\\`*_[]<>|&#~$@".unicodeScalars.contains(scalar) { result += "\\" }
    result.unicodeScalars.append(scalar)
  }
  return result
}

private func oneLine(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: " "
        default: scalar
        }
      }))
}
