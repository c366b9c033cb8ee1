package import QueryLanguages

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

extension BodyLine {
  /// Whether it is a line of a text under a key with that indentation.
  package func isText(deeperThan indent: Int) -> Bool {
    guard key.isEmpty, comment.isEmpty, rest.isEmpty else { return false }
    guard let first = lead.utf8.firstIndex(where: { $0 > UInt8(ascii: " ") }) else { return true }
    return lead.utf8.distance(from: lead.utf8.startIndex, to: first) > indent
  }
}
