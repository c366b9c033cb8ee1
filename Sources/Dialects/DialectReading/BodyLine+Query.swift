package import QueryLanguages
package import RuleModel
import Text

extension [BodyLine] {
  /// Colours lines that contain only a query and have no marks yet: a query inside YAML, TOML or another format.
  ///
  /// - Parameter places: the indices of the lines.
  package mutating func colourQuery(at places: Range<Int>, _ grammar: Grammar) {
    let text = self[places].map(\.lead).joined()
    for (place, runs) in zip(places, colouredLines(of: text, grammar)) {
      self[place].lead = ""
      self[place].query = runs
    }
  }
}

extension [BodyLine] {
  /// Colours the lines of YAML's block texts that are queries.
  ///
  /// - Parameter keys: the keys that the texts are under.
  package func colouringQueries(under keys: Set<String>, _ grammar: Grammar) -> [BodyLine] {
    var lines = self
    var place = 0
    while place < lines.count {
      let line = lines[place]
      place += 1
      guard line.key.last == ":", keys.contains(String(line.key.dropLast())),
        line.rest.contains(where: { $0 == "|" || $0 == ">" })
      else {
        continue
      }
      let start = place
      while place < lines.count, lines[place].isText(deeperThan: line.lead.utf8.count) { place += 1 }
      lines.colourQuery(at: start..<place, grammar)
    }
    return lines
  }
}

extension BodyLine {
  /// Whether it is a line of a text under a key with that indentation.
  package func isText(deeperThan indent: Int) -> Bool {
    guard key.isEmpty, comment.isEmpty, rest.isEmpty else { return false }
    guard let first = lead.utf8.firstIndex(where: { $0 > UInt8(ascii: " ") }) else { return true }
    return lead.utf8.distance(from: lead.utf8.startIndex, to: first) > indent
  }
}

extension BodyLine {
  /// The lines of a text that is a query or a program as a whole.
  package static func lines(of text: String, in language: QueryLanguage) -> [BodyLine] {
    colouredLines(of: text, language.grammar).enumerated().map { place, runs in
      var line = BodyLine(number: place + 1)
      line.query = runs
      return line
    }
  }
}

extension QueryLanguage {
  /// The language of a file that holds nothing else; nil if its name doesn't say.
  package init?(ofFile name: String) {
    guard hasExtension(name, ["py"]) else { return nil }
    self = .python
  }
}
