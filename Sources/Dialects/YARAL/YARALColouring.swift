import DialectReading
import QueryLanguages

/// Splits a file into lines of coloured runs; the headers of sections and the keys of `meta` are keys.
enum YARALColouring {
  static func lines(of text: String, from first: Int) -> [BodyLine] {
    var isMeta = false
    return colouredLines(of: text, YARAL.grammar).enumerated().map { index, runs in
      var line = BodyLine(number: first + index)
      var runs = runs[...]
      var lead = ""
      if runs.count > 1, runs.first?.colour == .plain, let blank = runs.first?.text,
        blank.allSatisfy(\.isWhitespace)
      {
        lead = blank
        runs.removeFirst()
      }
      let next = runs.dropFirst().prefix(2).map(\.text).joined()
      let name = runs.first?.colour == .name ? runs.first?.text ?? "" : ""
      let isHeader = next.hasPrefix(":") && YARAL.sections.contains(name.lowercased())
      if isHeader { isMeta = name.lowercased() == "meta" }
      if isHeader || isMeta && !name.isEmpty && next.drop(while: \.isWhitespace).hasPrefix("=") {
        runs.removeFirst()
        line.lead = lead
        line.key = name
        line.keyKind = isHeader ? .definition : .key
        line.query = Array(runs)
      } else {
        line.query = (lead.isEmpty ? [] : [ColouredRun(.plain, lead)]) + runs
      }
      return line
    }
  }
}
