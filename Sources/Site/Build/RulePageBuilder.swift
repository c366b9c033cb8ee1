import Analysis
import Attack
import Diagnostics
import Events
import RuleModel
import Search
import Templates

/// Makes the model of a rule's page.
struct RulePageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  /// The frames of rules' pages differ by their dialects and titles, and by whether names of ATT&CK stand on them.
  private let frameOfKind: [FrameKind: SiteFrame]

  private struct FrameKind: Hashable {
    var dialect: Dialect
    var showsAttack: Bool
  }

  init(_ content: SiteContent, _ frames: FrameBuilder) {
    self.content = content
    self.frames = frames
    let kinds = Dialect.allCases.flatMap { dialect in
      [true, false].map { FrameKind(dialect: dialect, showsAttack: $0) }
    }
    frameOfKind = kinds.reduce(into: [:]) { result, kind in
      result[kind] = frames.frame(
        of: .rule(RuleKey(dialect: kind.dialect, slug: "")), titles: [], summary: nil,
        crumbs: [("Detection rules", .rules), (kind.dialect.label, .rules(of: kind.dialect))],
        showsAttack: kind.showsAttack)
    }
  }

  func page(of number: Int) -> RulePage {
    let rule = content.index.rules[number]
    let address = Address.rule(rule.key)
    let attack = attackSection(of: number, at: address)
    var page = RulePage(
      frame: frame(of: rule, at: address, showsAttack: attack != nil), title: rule.title,
      facts: facts(of: number, at: address))
    page.notices = notices(of: number, at: address)
    page.description = paragraphs(of: rule.description ?? "")
    if !rule.notes.isEmpty {
      var builder = NoteSectionBuilder(content, frames.map, at: address)
      page.notes = builder.section(rule.notes)
    }
    page.attack = attack
    page.references = rule.references.map(reference)
    page.events = eventSection(of: number, at: address)
    page.sameAction = sameAction(of: number, at: address)
    page.body = body(of: rule)
    page.stages = stageSection(of: number, at: address)
    page.exclusions = valueTable(content.index.exclusions, isExcluded: true, of: number, at: address)
    page.indicators = valueTable(content.index.indicators, isExcluded: false, of: number, at: address)
    page.falsePositives = rule.falsePositives
    page.related = relatedSection(of: number, at: address)
    page.neighbours = neighbourSection(of: number, at: address)
    let shown = page.body?.lines.first.map { $0.number..<$0.number + (page.body?.lines.count ?? 0) } ?? 1..<1
    page.findings = content.index.findings[number].map { finding($0, of: rule, showing: shown, at: address) }
    return page
  }

  // MARK: Head

  private func frame(of rule: Rule, at address: Address, showsAttack: Bool) -> SiteFrame {
    let dialect = rule.key.dialect
    var frame =
      frameOfKind[FrameKind(dialect: dialect, showsAttack: showsAttack)]
      ?? frames.frame(of: address, titles: [], summary: nil, showsAttack: showsAttack)
    frame.documentTitle = frames.documentTitle([rule.title, "\(dialect.label) rule"])
    frame.summary = rule.description.map { firstParagraph(of: $0) }
    frame.canonical = frames.canonical(address)
    return frame
  }

  private func facts(of number: Int, at address: Address) -> RuleFacts {
    let rule = content.index.rules[number]
    var facts = RuleFacts(source: rule.source.path)
    facts.status = rule.status
    facts.level = rule.level
    facts.state = content.review.collected.map { collected in
      MarkedState(
        mark: StateMark(collected.view.states[number]), reason: reason(collected.visibility.rules[number], of: number))
    }
    facts.logSources = rule.logSources.filter { !$0.isEmpty }.map { logSource in
      RuleLogSource(
        parts: [
          ("category", logSource.category), ("product", logSource.product), ("service", logSource.service),
        ].compactMap { name, value in value.map { LogSourcePart(name: name, value: $0) } },
        page: frames.map.logSource(logSource, from: address))
    }
    facts.logDefinition = rule.logSource.definition
    facts.groupBy = rule.groupBy
    facts.timeWindow = rule.timeWindow
    facts.authors = rule.authors
    facts.date = rule.date
    facts.modified = rule.modified
    facts.id = rule.id
    let owner = frames.map.sharedFiles.owner(of: number, in: content.index.rules)
    facts.file = address.link(to: .body(of: content.index.rules[owner]))
    facts.xml = address.link(to: .ruleXML(of: rule.key))
    facts.repository = repositoryLink(of: rule)
    return facts
  }

  /// Why the rule stands as it does; nil where the word says all.
  private func reason(_ visibility: RuleVisibility, of number: Int) -> String? {
    switch visibility {
    case .runs: nil
    case .partlyBlind: "a collector’s filter can hide what it looks for"
    case .hidden: "its events are collected, but a collector’s filter hides all that it looks for"
    case .blind(let missing):
      missing.count == 1 ? "its event isn’t collected" : "none of its \(grouped(missing.count)) events is collected"
    case .neverMatches:
      content.index.events[number].contradiction.map { "it can never match, as \($0)" }
        ?? "a rule that it relates can never match"
    case .unknown: "it has no event that the event map knows"
    }
  }

  /// Where the rules' repository shows the file.
  private func repositoryLink(of rule: Rule) -> Link? {
    content.repository.flatMap { $0.page(path: rule.source.path, file: rule.source.file) }
  }

  /// Why a rule isn't counted, and what takes its place.
  private func notices(of number: Int, at address: Address) -> [RuleNotice] {
    var notices = statusNotices(of: number, at: address)
    if content.index.rules[number].lacksLogic {
      notices.append(
        RuleNotice(text: "Nothing that it looks for can be read, and so it is left out of coverage: see its findings."))
    }
    if let contradiction = content.index.events[number].contradiction {
      notices.append(
        RuleNotice(text: "Can never match, and so is left out of coverage: \(contradiction)."))
    }
    return notices
  }

  private func statusNotices(of number: Int, at address: Address) -> [RuleNotice] {
    let rule = content.index.rules[number]
    switch (rule.status, rule.ruleClass) {
    case (.deprecated, _):
      let successors = content.index.references.ties[number].compactMap { tie in
        tie.isReverse && (tie.kind == .obsolete || tie.kind == .merged || tie.kind == .renamed) ? tie.rule : nil
      }
      let kept = "Deprecated: kept for reference, and left out of coverage."
      return [
        RuleNotice(
          text: successors.isEmpty ? kept : kept + " Replaced by",
          rules: successors.map {
            TitledLink(title: content.index.rules[$0].title, page: address.link(to: .rule(content.index.rules[$0].key)))
          })
      ]
    case (.unsupported, _):
      return [RuleNotice(text: "Unsupported: engines can’t run the rule as it is; it is left out of coverage.")]
    case (_, .forwarder):
      return [RuleNotice(text: "Passes on alerts of another product, and so is left out of coverage.")]
    case (_, .enrichment):
      return [RuleNotice(text: "Gathers context and raises no alert, and so is left out of coverage.")]
    case (_, .correlation), (_, .filter), (_, .detection): return []
    }
  }

  /// The text before the first empty line, in one line.
  private func firstParagraph(of text: String) -> String { paragraphs(of: text).first ?? text }

  /// Parts parted by empty lines; the lines of a part flow together.
  private func paragraphs(of text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "\n")) else { return text.isEmpty ? [] : [text] }
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.utf8.allSatisfy({ $0 <= UInt8(ascii: " ") }) {
        if paragraphs.last?.isEmpty == false { paragraphs.append([]) }
      } else {
        paragraphs[paragraphs.count - 1].append(line)
      }
    }
    return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
  }

  // MARK: ATT&CK, references, events

  private func attackSection(of number: Int, at address: Address) -> AttackSection? {
    let coverage = content.index.attack[number]
    var section = AttackSection()
    section.rows = coverage.rows.map { row in
      TacticRow(
        tactic: content.attack.tactic(row.tactic)?.name ?? row.tactic.description,
        page: frames.map.tactic(row.tactic, from: address),
        techniques: row.techniques.flatMap { techniqueItems($0, at: address) })
    }
    section.others = [("Groups", coverage.groups), ("Campaigns", coverage.campaigns), ("Software", coverage.software)]
      .filter { !$0.1.isEmpty }
      .map { label, ids in
        AttackObjectRow(
          label: label,
          objects: ids.map {
            AttackObjectItem(id: $0.description, name: content.attack.object($0)?.name ?? "", page: nil)
          })
      }
    section.deprecated = coverage.deprecated
    section.unknown = coverage.unknown
    let isEmpty =
      section.rows.isEmpty && section.others.isEmpty && section.deprecated.isEmpty && section.unknown.isEmpty
    return isEmpty ? nil : section
  }

  /// A technique as the rule names it: once for each revoked id, or once by its own.
  private func techniqueItems(_ entry: AttackCoverage.Row.Entry, at address: Address) -> [TechniqueItem] {
    let id = entry.technique
    let shown = content.attack.fullName(of: id)
    let revoked = entry.revoked.isEmpty ? [nil] : entry.revoked.map(\.description)
    return revoked.map {
      TechniqueItem(id: id.description, name: shown, page: frames.map.technique(id, from: address), revoked: $0)
    }
  }

  private func reference(_ text: String) -> ReferenceItem {
    guard let link = Link(external: text) else { return ReferenceItem(text: text, address: nil) }
    let shown = text.firstRange(of: "://").map { String(text[$0.upperBound...]) } ?? text
    return ReferenceItem(text: shown, address: link)
  }

  private func eventSection(of number: Int, at address: Address) -> EventSection? {
    let resolution = content.index.events[number]
    var section = EventSection()
    section.rows = resolution.events.map { EventRow($0, frames.map, from: address) }
    section.notes = resolution.narrowings.map { narrowing in
      narrowing.isSetAside
        ? "The rule \(narrowing.description); the event counts all the same, as none of its log source would be left."
        : "\(narrowing.event.provider) \(narrowing.event.name) doesn’t count: the rule \(narrowing.description)."
    }
    if let collected = content.review.collected, let hiding = collected.visibility.rules[number].hiding {
      section.hidden = hiding.reasons.map { HidingItem($0, collected) }
      section.moreHidden = hiding.more
    }
    return section.rows.isEmpty && section.notes.isEmpty ? nil : section
  }

  private func sameAction(of number: Int, at address: Address) -> SameActionSection? {
    let others = content.index.sameAction[number]
    guard !others.rules.isEmpty else { return nil }
    let operations = content.index.events[number].events.lazy.filter(\.isOperation)
      .map { EventRow($0, frames.map, from: address) }
    return SameActionSection(
      operations: operations.map { TitledLink(title: $0.event, page: $0.page) },
      rules: others.rules.map { ruleLink($0, from: address) }, count: others.count)
  }

  private func ruleLink(_ number: Int, from address: Address) -> RuleLink {
    let rule = content.index.rules[number]
    return RuleLink(title: rule.title, page: address.link(to: .rule(rule.key)), dialect: rule.key.dialect)
  }

  private func body(of rule: Rule) -> BodySection {
    let shown = frames.map.sharedFiles.text(of: rule)
    var text = String(decoding: shown.bytes, as: UTF8.self)
    // A byte order mark is no part of the first word.
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    return BodySection(
      language: "YAML", lines: YAMLColouring.lines(of: text, from: shown.line),
      document: rule.source.documents > 1 ? (number: rule.source.document, of: rule.source.documents) : nil,
      isWhole: shown.isWhole)
  }

  // MARK: Logic

  private func stageSection(of number: Int, at address: Address) -> StageSection? {
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
    section.stages = rule.stages.enumerated().map { number, stage in
      builder.stage(stage, number: number, aggregation: rule.aggregation)
    }
    return section.correlation == nil && section.tuned == nil && section.stages.isEmpty ? nil : section
  }

  /// What is said of a list that is too long to be shown; nil where all is.
  private func cutList(_ listed: ListedRules, of noun: String, page: Link?) -> CutList? {
    guard listed.isCut else { return nil }
    return CutList(shown: counted(listed.rules.count, noun), count: grouped(listed.count), page: page)
  }

  /// A search for the rules of a log source; none for several, which no query has at once.
  private func searchForAll(of logSources: [LogSource], at address: Address) -> Link? {
    guard logSources.count == 1, let logSource = logSources.first else { return nil }
    let parts: [(SearchFilter, String?)] = [
      (.product, logSource.product), (.category, logSource.category), (.service, logSource.service),
    ]
    return address.link(
      toSearchFor: parts.compactMap { filter, name in name.map { filter.term($0) } }.joined(separator: " "))
  }

  private func correlation(of number: Int, at address: Address) -> CorrelationModel? {
    guard let correlation = content.index.rules[number].correlation else { return nil }
    let references = content.index.references
    func link(to other: Int) -> TitledLink {
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
      generate: correlation.generate
        ? "its rules raise alerts of their own, too" : "only the correlation raises alerts, not its rules")
  }

  private func words(_ kind: Correlation.Kind?) -> String {
    switch kind {
    case .other(let name): "\(name) (unknown)"
    case let kind?: kind.rawValue.replacing("_", with: " ")
    case nil: "not given"
    }
  }

  private func valueTable(
    _ table: IndicatorTable, isExcluded: Bool, of number: Int, at address: Address
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
      if table.ruleCounts[entry.number] > 1 {
        item.corpus = CorpusCount(
          byDialect: table.counts(of: entry.number).map { (dialect: $0.dialect, count: $0.rules) })
        item.page = frames.map.value(entry, isExcluded: isExcluded, from: address)
      }
      rows[rows.count - 1].values.append(item)
    }
    guard !rows.isEmpty else { return nil }
    return ValueTable(rows: rows, notes: canonicalNotes(table.entries[number]))
  }

  /// Which fields are compared by another name than the one written.
  private func canonicalNotes(_ entries: [IndicatorTable.Entry]) -> [String] {
    var notes: [String] = []
    for entry in entries {
      guard let field = entry.test.field, let canonical = entry.canonical else { continue }
      let note = "\(field) counts as \(canonical), its name in other logs."
      if notes.last != note { notes.append(note) }
    }
    return notes
  }

  // MARK: Others

  private func relatedSection(of number: Int, at address: Address) -> RelatedSection? {
    var section = RelatedSection()
    section.rows = relatedRows(of: number, at: address)
    let filters = content.index.references.filters[number]
    section.filters = filters.rules.map { ruleLink($0, from: address) }
    section.filtersCut = cutList(filters, of: "filter", page: nil)
    section.correlations = content.index.references.correlations[number].map { ruleLink($0, from: address) }
    return section.rows.isEmpty && section.filters.isEmpty && section.correlations.isEmpty ? nil : section
  }

  /// A row for each other rule, however often and from whichever side it is tied to this one.
  private func relatedRows(of number: Int, at address: Address) -> [RelatedRow] {
    var rows: [(id: String, rule: Int?, relations: [String])] = []
    var (placesByRule, placesByID): ([Int: Int], [String: Int]) = ([:], [:])
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

  private func neighbourSection(of number: Int, at address: Address) -> NeighbourSection? {
    let neighbours = content.index.neighbours[number]
    if neighbours.isEmpty { return nil }
    let differences = DifferenceBuilder(content: content)
    let logSource = content.index.rules[number].shortWords
    let rows = neighbours.map { neighbour in
      let other = content.index.rules[neighbour.rule]
      return NeighbourRow(
        title: other.title, page: address.link(to: .rule(other.key)),
        logSource: other.shortWords == logSource ? nil : other.shortWords,
        relation: neighbour.relation.rawValue + (neighbour.sharesLogs ? "" : ", on other logs"),
        shared: neighbour.shared, score: neighbour.score, level: other.level,
        difference: differences.difference(of: number, and: neighbour.rule))
    }
    return NeighbourSection(rows: rows, duplicates: address.link(to: .duplicates))
  }

  /// - Parameter lines: those of the rule's file that the page has.
  private func finding(
    _ diagnostic: Diagnostic, of rule: Rule, showing lines: Range<Int>, at address: Address
  ) -> FindingItem {
    let line = diagnostic.location.position.map { Int($0.line) }
    let isInFile = diagnostic.location.path == rule.source.file
    let isInBody = isInFile && line.map(lines.contains) != false
    var item = FindingItem(
      severity: diagnostic.severity, message: diagnostic.message, id: diagnostic.id.rawValue,
      page: address.link(to: .lint, fragment: diagnostic.id.rawValue), line: isInBody ? line : nil)
    if !isInBody {
      item.elsewhere = [isInFile ? rule.source.fileName : "\(rule.source.stem).md", line.map { "line \($0)" }]
        .compactMap(\.self).joined(separator: ", ")
    }
    return item
  }
}
