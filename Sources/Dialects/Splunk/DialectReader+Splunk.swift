package import DialectReading
import Documents
import QueryLanguages
import RuleModel
import Text

extension DialectReader {
  package static let splunk = DialectReader(
    .splunk, extensions: ["yaml", "yml", "conf"], version: 1, format: "YAML or INI",
    recognises: { SplunkDocument($0).hasRules },
    companions: CompanionReader(
      definitions: { SplunkDocument($0).definitions }, definesNothing: { hasOnlySearches($0) }),
    read: { document, context in readSplunk(SplunkDocument(document), in: document.file, context) },
    colouring: { text, first, path in
      isConfiguration(path)
        ? BodyLine.configuration(text, first)
        : YAMLColouring.lines(of: text, from: first).colouringQueries(under: ["search"], SPL.grammar)
    }, edit: { edit($0, $1, $2) })

  /// Whether a line says that it is a search, and none that something is defined.
  private static func hasOnlySearches(_ text: [UInt8]) -> Bool {
    var found = false
    var start = text.startIndex
    while start < text.endIndex {
      let line = text[start...]
      if line.starts(with: "search:".utf8) || line.starts(with: "search =".utf8) { found = true }
      if line.starts(with: "definition".utf8) || line.starts(with: "filename".utf8)
        || line.starts(with: "collection".utf8)
        || line.starts(with: "---".utf8)
      {
        return false
      }
      guard let end = line.firstIndex(of: UInt8(ascii: "\n")) else { break }
      start = end + 1
    }
    return found
  }

  private static func isConfiguration(_ path: String) -> Bool { hasExtension(path, ["conf"]) }

  private static func edit(_ source: [UInt8], _ edits: [ScalarEdit], _ path: String) -> EditedText {
    guard isConfiguration(path) else { return editScalars(of: source, edits, as: .yaml) }
    return EditedText(refused: edits.map { ($0, "it is in a configuration file, which isn't edited") })
  }
}

extension BodyLine {
  /// The lines of a configuration file: stanzas, keys, comments and searches are marked.
  static func configuration(_ text: String, _ first: Int) -> [BodyLine] {
    var lines: [BodyLine] = []
    var search: Int?
    var continues = false
    func finish(_ end: Int) {
      guard let start = search.take() else { return }
      let whole = lines[start].rest + lines[start + 1..<end].map(\.lead).joined()
      lines[start].rest = ""
      for (index, runs) in zip(start..<end, colouredLines(of: whole, SPL.grammar)) {
        if index > start { lines[index].lead = "" }
        lines[index].query = runs
      }
    }
    for (index, part) in BodyLine.lines(of: text).enumerated() {
      var line = BodyLine(number: first + index)
      let content = part.drop { $0 == " " || $0 == "\t" }
      if continues {
        line.lead = String(part)
      } else {
        finish(lines.count)
        if content.first == "#" {
          line.comment = String(part)
        } else if content.first == "[" {
          line.key = String(part)
          line.keyKind = .definition
        } else if let sign = part.firstIndex(of: "=") {
          line.key = String(part[...sign])
          line.rest = String(part[part.index(after: sign)...])
          if line.key.dropLast()[...].trimmed() == "search" { search = lines.count }
        } else {
          line.lead = String(part)
        }
      }
      continues = part.drop { $0 == "\n" }.last == "\\" || part.hasSuffix("\\\n") || part.hasSuffix("\\\r\n")
      lines.append(line)
    }
    finish(lines.count)
    return lines
  }
}
