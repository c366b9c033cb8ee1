package import DialectReading
import Documents
import QueryLanguages
import RuleModel
import Text

extension DialectReader {
  package static let splunk = DialectReader(
    .splunk, extensions: ["yaml", "yml", "conf"], version: 2, format: "YAML or .conf",
    recognises: { SplunkDocument($0).hasRules },
    companions: CompanionReader(
      definitions: { SplunkDocument($0).definitions }, definesNothing: { isOneSearch($0, at: $1) }),
    read: { document, context in readSplunk(SplunkDocument(document), in: document.file, context) },
    colouring: { text, first, path in
      isConfiguration(path)
        ? BodyLine.configuration(text, first)
        : YAMLColouring.lines(of: text, from: first).colouringQueries(under: ["search"], SPL.grammar)
    }, edit: { edit($0, $1, $2) })

  /// Whether a text is a single document of YAML that is a search.
  private static func isOneSearch(_ text: [UInt8], at path: String) -> Bool {
    if isConfiguration(path) { return false }
    var (isSearch, hasContent) = (false, false)
    var start = text.startIndex
    while start < text.endIndex {
      let line = text[start...]
      if line.starts(with: "search:".utf8) { isSearch = true }
      // A second document may define something. So may one whose texts go on at the start of a line.
      let startsDocument = line.starts(with: "---".utf8)
      if startsDocument && hasContent || line.starts(with: "...".utf8) || line.starts(with: "definition".utf8) {
        return false
      }
      hasContent = hasContent || startsDocument || !"#\r\n".utf8.contains(line[start])
      guard let end = line.firstIndex(of: UInt8(ascii: "\n")) else { break }
      start = end + 1
    }
    return isSearch
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
      continues = part.utf8.last { !"\r\n".utf8.contains($0) } == UInt8(ascii: "\\")
      lines.append(line)
    }
    finish(lines.count)
    return lines
  }
}
