import Analysis
import Diagnostics
import RuleModel

/// The rules related to a rule, and its findings.
extension RulePageBuilder {
  func relatedSection(of number: RuleID, at address: Address) -> RelatedSection? {
    var section = RelatedSection()
    section.rows = relatedRows(of: number, at: address)
    let filters = content.index.references.filters[number]
    section.filters = filters.rules.map { ruleLink($0, from: address) }
    section.filtersCut = cutList(filters, of: "filter", page: nil)
    section.correlations = content.index.references.correlations[number].map { ruleLink($0, from: address) }
    return section.rows.isEmpty && section.filters.isEmpty && section.correlations.isEmpty ? nil : section
  }

  /// A row for each other rule, however often it is related to this one and from whichever side.
  private func relatedRows(of number: RuleID, at address: Address) -> [RelatedRow] {
    var rows: [(id: String, rule: RuleID?, relations: [String])] = []
    var (placesByRule, placesByID): ([RuleID: Int], [String: Int]) = ([:], [:])
    for tie in content.index.references.ties[number] {
      let words = tie.isReverse ? tie.kind.reverseWords : tie.kind.words
      if let known = tie.rule.map({ placesByRule[$0] }) ?? placesByID[tie.id] {
        if !rows[known].relations.contains(words) { rows[known].relations.append(words) }
      } else {
        if let rule = tie.rule { placesByRule[rule] = rows.count } else { placesByID[tie.id] = rows.count }
        rows.append((tie.id, tie.rule, [words]))
      }
    }
    return rows.map { row in
      let other = row.rule.map { content.index.rules[$0] }
      return RelatedRow(
        relation: row.relations.joined(separator: ", "), id: row.id, title: other?.title,
        page: other.map { address.link(to: .rule($0.key)) }, level: other?.level)
    }
  }

  func neighbourSection(of number: RuleID, at address: Address) -> NeighbourSection? {
    let neighbours = content.index.neighbours[number]
    if neighbours.isEmpty { return nil }
    let differences = DifferenceBuilder(content: content)
    let logSource = content.index.rules[number].shortWords
    let rows = neighbours.map { neighbour in
      let other = content.index.rules[neighbour.rule]
      return NeighbourRow(
        title: other.title, page: address.link(to: .rule(other.key)),
        logSource: other.shortWords == logSource ? nil : other.shortWords,
        relation: words(neighbour, of: other, besideRuleIn: content.index.rules[number].key.dialect),
        shared: neighbour.shared, score: neighbour.score, level: other.level,
        difference: differences.difference(of: number, and: neighbour.rule))
    }
    return NeighbourSection(rows: rows, duplicates: address.link(to: .duplicates))
  }

  private func words(_ neighbour: Neighbour, of other: Rule, besideRuleIn dialect: Dialect) -> String {
    if neighbour.relation == .duplicate, other.key.dialect != dialect {
      return "the same detection in \(other.key.dialect.label)"
    }
    return neighbour.relation.rawValue + (neighbour.sharesLogs ? "" : ", on other logs")
  }

  /// - Parameter lines: the lines of the rule's file that the page shows.
  func finding(
    _ diagnostic: Diagnostic, of rule: Rule, showing lines: Range<Int>, at address: Address
  ) -> FindingItem {
    let line = diagnostic.location.position.map { Int($0.line) }
    let isInFile = diagnostic.location.file == rule.source.file
    let isInBody = isInFile && line.map(lines.contains) != false
    var item = FindingItem(
      severity: diagnostic.severity, message: diagnostic.message, id: diagnostic.id.name,
      page: address.link(to: .lint, fragment: diagnostic.id.name), line: isInBody ? line : nil)
    if !isInBody {
      item.elsewhere = [diagnostic.location.file.name, line.map { "line \($0)" }]
        .compactMap(\.self).joined(separator: ", ")
    }
    return item
  }
}
