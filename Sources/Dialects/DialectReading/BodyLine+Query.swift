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
