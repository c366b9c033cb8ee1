import Analysis
import Attack
import RuleModel
import Templates

// What is thin, what is accepted, and what is out of scope.

extension CoveragePageBuilder {
  func thinTable() -> ThinTable? {
    let thin = content.review.depth.thin
    guard !thin.isEmpty else { return nil }
    var counts: [String: Int] = [:]
    for reason in thin.lazy.flatMap(\.depth.thin) { counts[reason.shortWords, default: 0] += 1 }
    let summary = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\(grouped($0.value)) \($0.key)" }
    return ThinTable(
      rows: Folded(thin, seen: 20).map { row in
        let id = row.row.technique.id
        let sources = row.depth.sources
        return ThinRow(
          id: id.description, name: content.attack.fullName(of: id), page: frames.map.technique(id, from: address),
          why: row.depth.thin.map(\.words).joined(separator: "; "), groups: row.groups, rules: row.depth.rules.count,
          sources: sources.count > 1 ? "\(sources.count { $0.isRead }) of \(sources.count)" : nil)
      }, summary: summary.joined(separator: ", "))
  }

  func acceptedTable() -> AcceptedTable? {
    let gaps = content.review.coverage.acceptedGaps
    guard !gaps.isEmpty else { return nil }
    return AcceptedTable(
      rows: gaps.map { entry in
        let (gap, subs) = (entry.gap, entry.subtechniques)
        return AcceptedRow(
          id: gap.technique.description, name: content.attack.fullName(of: gap.technique),
          page: frames.map.technique(gap.technique, from: address),
          more: subs == 0 ? nil : "and \(counted(subs, "sub-technique"))",
          state: entry.own.map { MarkedState(mark: content.review.mark($0.state)) }, reason: gap.reason,
          until: gap.until?.description, isOver: gap.isOver == true, owner: gap.owner)
      })
  }

  func outOfScopeSection() -> OutOfScopeSection? {
    let coverage = content.review.coverage
    guard let title = coverage.agreed?.title, !coverage.outOfScope.isEmpty else { return nil }
    var byReason: [String: [TechniqueID]] = [:]
    for (row, exclusion) in coverage.outOfScope { byReason[exclusion.words, default: []].append(row.technique.id) }
    let sorted = byReason.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    return OutOfScopeSection(
      scope: title,
      reasons: sorted.map { words, techniques in
        OutOfScopeReason(
          words: words,
          techniques: techniques.map { id in
            TitledLink(
              title: "\(id) \(content.attack.fullName(of: id))", page: frames.map.technique(id, from: address))
          })
      })
  }
}
