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
  /// Colours the texts of a YAML file that are queries, in blocks or on the line of their key.
  ///
  /// - Parameter keys: the keys that the texts are under.
  package func colouringQueries(under keys: Set<String>, _ grammar: Grammar) -> [BodyLine] {
    var lines = self
    var place = 0
    while place < lines.count {
      let (line, start) = (lines[place], place)
      place += 1
      guard line.key.last == ":", keys.contains(String(line.key.dropLast())) else { continue }
      while place < lines.count, lines[place].isText(deeperThan: line.lead.utf8.count) { place += 1 }
      if line.opensBlock {
        lines.colourQuery(at: start + 1..<place, grammar)
      } else {
        lines.colourQuery(onKeyLine: start, upTo: place, grammar)
      }
    }
    return lines
  }

  /// - Parameter end: the index after the text's last line.
  private mutating func colourQuery(onKeyLine start: Int, upTo end: Int, _ grammar: Grammar) {
    let rest = self[start].rest
    let opening = rest.prefix { $0 == " " || $0 == "'" || $0 == "\"" }
    let text = rest.dropFirst(opening.count) + self[start + 1..<end].map(\.lead).joined()
    self[start].rest = String(opening)
    for (place, runs) in zip(start..<end, colouredLines(of: String(text), grammar)) {
      if place > start { self[place].lead = "" }
      self[place].query = runs
    }
  }
}

extension BodyLine {
  /// Whether the text of its key is a block, below it.
  fileprivate var opensBlock: Bool {
    rest.first { $0 != " " }.map { $0 == "|" || $0 == ">" } ?? false
  }

  /// Whether it is a line of a text under a key with that indentation.
  fileprivate func isText(deeperThan indent: Int) -> Bool {
    guard key.isEmpty, comment.isEmpty, rest.isEmpty else { return false }
    guard let first = lead.utf8.firstIndex(where: { $0 > UInt8(ascii: " ") }) else { return true }
    return lead.utf8.distance(from: lead.utf8.startIndex, to: first) > indent
  }
}

extension BodyLine {
  /// The lines of a text that is a query or a program as a whole.
  package static func lines(of text: String, in language: QueryLanguage) -> [BodyLine] {
    lines(ofRuns: colouredLines(of: text, language.grammar))
  }

  /// The lines of a text that consists of runs.
  static func lines(ofRuns lines: [[ColouredRun]]) -> [BodyLine] {
    lines.enumerated().map { index, runs in
      var line = BodyLine(number: index + 1)
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
