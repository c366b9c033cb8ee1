import Analysis
import RuleModel
import Search
import Templates

/// What a rule looks for.
extension RulePageBuilder {
  func stageSection(of number: RuleID, at address: Address) -> StageSection? {
    let rule = content.index.rules[number]
    var section = StageSection()
    section.correlation = correlation(of: number, at: address)
    if let scope = rule.filter {
      let tuned = content.index.references.filtered[number]
      section.tuned = TunedRules(
        scope: scope == .any ? "All rules of its log source" : nil,
        rules: tuned.rules.map { ruleLink($0, from: address) },
        cut: cutList(tuned, of: "rule", page: searchForAll(of: rule.logSources, at: address)))
    }
    let builder = PredicateModelBuilder(stages: rule.stages)
    // A stage may say by itself what is counted: the settings of a rule, the condition of a query.
    let aggregation = rule.match?.aggregation.flatMap { count in
      rule.stages.contains { $0.form == .command && $0.text?.contains(count) == true } ? nil : count
    }
    section.stages = rule.stages.enumerated().map { number, stage in
      builder.stage(stage, number: number, aggregation: aggregation)
    }
    return section.correlation == nil && section.tuned == nil && section.stages.isEmpty ? nil : section
  }

  /// The remark for a list that is too long to show in full; nil if all of it is shown.
  func cutList(_ listed: ListedRules, of noun: String, page: Link?) -> CutList? {
    guard listed.isCut else { return nil }
    return CutList(shown: counted(listed.rules.count, noun), count: grouped(listed.count), page: page)
  }

  /// A search for the rules of a log source; nil for several, since a query can't find them together.
  private func searchForAll(of logSources: [LogSource], at address: Address) -> Link? {
    guard logSources.count == 1, let logSource = logSources.first else { return nil }
    let parts: [(SearchFilter, String?)] = [
      (.product, logSource.product), (.category, logSource.category), (.service, logSource.service),
    ]
    return address.link(
      toSearchFor: parts.compactMap { filter, name in name.map { filter.term($0) } }.joined(separator: " "))
  }

  func correlation(of number: RuleID, at address: Address) -> CorrelationModel? {
    guard let correlation = content.index.rules[number].correlation else { return nil }
    let references = content.index.references
    func link(to other: RuleID) -> TitledLink {
      TitledLink(title: content.index.rules[other].title, page: address.link(to: .rule(content.index.rules[other].key)))
    }
    func link(_ target: String) -> TitledLink {
      references.correlatedByName[number][target].map(link(to:)) ?? TitledLink(title: target, page: nil)
    }
    let onlyInCondition = references.correlated[number].dropFirst(correlation.rules.count).compactMap(\.self)
    return CorrelationModel(
      type: words(correlation.kind),
      rules: correlation.rules.map { link($0.target) } + onlyInCondition.map(link(to:)),
      groupBy: correlation.groupBy, timeWindow: correlation.timespan, fields: correlation.fields,
      condition: correlation.condition,
      aliases: correlation.aliases.map { alias in
        AliasRow(name: alias.name, fields: alias.fields.map { AliasField(field: $0.name, rule: link($0.rule.target)) })
      },
      generate: generation(of: correlation, references.correlated[number]))
  }

  /// Which alerts are raised besides the correlation's; a rule may raise only signals by itself.
  private func generation(of correlation: Correlation, _ correlated: [RuleID?]) -> String {
    let signals = correlated.count { $0.map { content.index.rules[$0].raisesSignal } ?? false }
    if !correlation.generate || signals > 0 && signals == correlated.count {
      return "only the correlation raises alerts, not its rules"
    }
    return signals == 0 ? "its rules also raise their own alerts" : "some of its rules also raise their own alerts"
  }

  func words(_ kind: Correlation.Kind?) -> String {
    switch kind {
    case .other(let name): "\(name) (unknown)"
    case let kind?: kind.rawValue.replacing("_", with: " ")
    case nil: "not given"
    }
  }

  func valueTable(
    _ table: IndicatorTable, isExcluded: Bool, of number: RuleID, at address: Address
  ) -> ValueTable? {
    var rows: [ValueRow] = []
    var last: (field: String?, kind: TestKind)?
    for entry in table.entries[number] {
      if rows.isEmpty || last?.kind != entry.test.kind || last?.field != entry.test.field {
        rows.append(
          ValueRow(
            field: entry.test.field, page: frames.map.field(entry.comparedField, from: address),
            kind: entry.test.kind.words, values: []))
        last = (entry.test.field, entry.test.kind)
      }
      var item = ValueItem(value: ShownValue(entry.test))
      if table.ruleCounts[entry.id] > 1 {
        item.corpus = CorpusCount(
          byDialect: table.counts(of: entry.id).map { (dialect: $0.dialect, count: $0.rules) })
        item.page = frames.map.value(entry, isExcluded: isExcluded, from: address)
      }
      rows[rows.count - 1].values.append(item)
    }
    guard !rows.isEmpty else { return nil }
    return ValueTable(rows: rows, notes: canonicalNotes(table.entries[number]))
  }

  /// Which fields are compared under a different name than the one written.
  private func canonicalNotes(_ entries: [IndicatorTable.Entry]) -> [String] {
    var notes: [String] = []
    for entry in entries {
      guard let field = entry.test.field, let canonical = entry.canonical else { continue }
      let note = "\(field) counts as \(canonical), its name in other logs."
      if notes.last != note { notes.append(note) }
    }
    return notes
  }
}
