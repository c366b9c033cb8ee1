package import QueryLanguages

extension [BodyLine] {
  /// Colours lines that hold nothing but a query, of which nothing was marked so far: a query inside YAML, TOML or another format.
  ///
  /// - Parameter places: of the lines, by their indices.
  package mutating func colourQuery(at places: Range<Int>, _ grammar: Grammar) {
    let text = self[places].map(\.lead).joined()
    for (place, runs) in zip(places, colouredLines(of: text, grammar)) {
      self[place].lead = ""
      self[place].query = runs
    }
  }
}
