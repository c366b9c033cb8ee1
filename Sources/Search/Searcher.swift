package import RuleModel
import Text

/// Answers queries over a catalog, as the search page of its site does.
package struct Searcher: Sendable {
  private let table: SearchTable
  private let titles: RuleColumn<FoldedText>
  private let ids: RuleColumn<[FoldedText]>
  private let values: [FoldedText]
  private let exclusions: [FoldedText]

  package init(_ table: SearchTable) {
    self.table = table
    titles = table.titles.mapValues { FoldedText($0) }
    ids = table.ids.mapPlaces { rule in
      [FoldedText(table.keys[rule].description)] + [table.ids[rule]].compactMap { $0 }.map { FoldedText($0) }
    }
    values = table.values.map { FoldedText($0.test.value) }
    exclusions = table.exclusions.map { FoldedText($0.test.value) }
  }

  /// The rules for which all terms hold; none for a query without terms.
  ///
  /// First come those with the most words, or terms of the title, in the title; then those that aren't retired; then the more severe; then
  /// by key.
  package func rules(for query: SearchQuery) -> [RuleID] {
    guard !query.terms.isEmpty else { return [] }
    var inTitle = RuleColumn<Int>(repeating: 0, count: titles.count)
    var holds = RuleColumn<Bool>(repeating: true, count: titles.count)
    for term in query.terms {
      let found = self.found(term)
      let countsTitle = !term.isNegated && (term.filter == nil || term.filter == .title)
      for rule in holds.indices {
        if found[rule] == term.isNegated { holds[rule] = false }
        if countsTitle, holds[rule], titles[rule].contains(term.text) { inTitle[rule] += 1 }
      }
    }
    let order = rank()
    return holds.indices.filter { holds[$0] }.sorted { left, right in
      if inTitle[left] != inTitle[right] { return inTitle[left] > inTitle[right] }
      return order[left] != order[right] ? order[left] > order[right] : left < right
    }
  }

  /// The greater the number, the earlier it comes.
  private func rank() -> RuleColumn<Int> {
    let levels = table.levels.names.map { $0.first.flatMap(Level.init)?.rank ?? 0 }
    let retired = table.statuses.names.map { $0.first.flatMap(Status.init)?.isRetired ?? false }
    return titles.mapPlaces { rule in
      let level = table.levels.ofRule[rule].first.map { levels[$0] } ?? 0
      return table.statuses.ofRule[rule].first.map { retired[$0] } ?? false ? level : level + 10
    }
  }

  /// For each rule whether a term's text is found in it.
  private func found(_ term: SearchQuery.Term) -> RuleColumn<Bool> {
    var found = RuleColumn<Bool>(repeating: false, count: titles.count)
    func inTexts(_ filter: SearchFilter) {
      switch filter {
      case .title:
        for rule in titles.indices where titles[rule].contains(term.text) { found[rule] = true }
      case .id:
        for rule in ids.indices where ids[rule].contains(where: { $0.contains(term.text) }) { found[rule] = true }
      case .value: inValues(table.values, values)
      case .excludes: inValues(table.exclusions, exclusions)
      default: break
      }
    }
    func inValues(_ list: [SearchTable.Value], _ texts: [FoldedText]) {
      for (value, text) in zip(list, texts) where text.contains(term.text) {
        for rule in value.rules { found[rule] = true }
      }
    }
    func inNames(_ names: NameTable, exactFirst: Bool) {
      let folded = names.names.map { $0.map { FoldedText($0) } }
      var isMeant = folded.map { exactFirst && $0.contains(term.text) }
      if !isMeant.contains(true) { isMeant = folded.map { $0.contains { $0.contains(term.text) } } }
      for (rule, things) in names.ofRule.pairs where things.contains(where: { isMeant[$0] }) {
        found[rule] = true
      }
    }
    if let filter = term.filter {
      if let names = table.names(of: filter) { inNames(names, exactFirst: true) } else { inTexts(filter) }
    } else {
      for filter in [.title, .id, .value] as [SearchFilter] { inTexts(filter) }
      for filter in SearchTable.namesOfWords {
        if let names = table.names(of: filter) { inNames(names, exactFirst: false) }
      }
    }
    return found
  }
}
