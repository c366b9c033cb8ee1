import Analysis
package import RuleModel

/// A rule's page as text for a terminal: the same sections in the same order, without the rule's file, which is a line
/// of its own.
package func ruleText(_ number: RuleID, of content: SiteContent) async -> [TextLine] {
  let page = RulePageBuilder(content, FrameBuilder(content, await SiteMap(content))).page(of: number)
  var text = RuleText(index: content.index)
  text.writeHead(page, key: content.index.rules[number].key)
  text.write(content.index.rules[number].notes)
  if let attack = page.attack { text.write(attack) }
  // Full addresses, which terminals can open.
  text.write("References", content.index.rules[number].references)
  if let events = page.events { text.write(events) }
  if let section = page.sameAction { text.write(section, content.index.sameAction[number].rules) }
  if let stages = page.stages { text.write(stages) }
  text.write("Exclusions", page.exclusions)
  text.write("Indicators", page.indicators)
  text.write("False positives", page.falsePositives)
  text.write(
    "How to test", (page.simulations?.rows.first ?? []).map(\.words) + (page.simulations?.rows.rest ?? []).map(\.words))
  if let related = page.related { text.write(related) }
  if let neighbours = page.neighbours { text.write(neighbours, content.index.neighbours[number]) }
  text.write(page.findings)
  return text.lines
}

/// Writes the sections of a rule's page.
private struct RuleText {
  let index: CatalogIndex
  var lines: [TextLine] = []

  private static let step = 2

  private mutating func title(_ title: String) { lines += [.empty, TextLine(title, .strong)] }

  private mutating func line(_ level: Int, hanging: Int = 2, _ text: String, _ style: TextLine.Style = .plain) {
    lines.append(TextLine(indent: level * RuleText.step, hanging: hanging, text, style))
  }

  private mutating func line(_ level: Int, hanging: Int = 2, _ spans: [TextLine.Span]) {
    lines.append(TextLine(indent: level * RuleText.step, hanging: hanging, spans))
  }

  /// A table of names and values.
  private mutating func table(_ rows: [(name: String, value: String)]) {
    let width = (rows.map(\.name.count).max() ?? 0) + 2
    for row in rows {
      line(
        1, hanging: width,
        [
          TextLine.Span(row.name + String(repeating: " ", count: width - row.name.count), .faint),
          TextLine.Span(row.value),
        ])
    }
  }

  // MARK: Head

  mutating func writeHead(_ page: RulePage, key: RuleKey) {
    lines.append(TextLine(page.title, .strong))
    lines.append(TextLine(key.description, .faint))
    for notice in page.notices {
      lines.append(TextLine(([notice.text] + notice.rules.map(\.title)).joined(separator: " "), .alarm))
    }
    lines.append(.empty)
    let facts = page.facts
    var rows: [(name: String, value: String?)] = [
      ("Status", facts.status?.rawValue), ("Level", facts.level?.rawValue),
      ("State", facts.state.map { state in state.mark.word + (state.reason.map { ": \($0)" } ?? "") }),
      ("Log source", logSources(facts.logSources)), ("Log", facts.logDefinition),
      ("Group by", joined(facts.groupBy)), ("Time window", facts.timeWindow), ("Author", joined(facts.authors)),
      ("Date", facts.date?.description), ("Modified", facts.modified?.description), ("Rule id", facts.id),
    ]
    rows += facts.others.map { ($0.name, joined($0.values)) }
    rows.append(("Source", facts.source))
    table(rows.compactMap { row in row.value.map { (row.name, inOneLine($0)) } })
    for paragraph in page.description {
      lines.append(.empty)
      lines.append(TextLine(inOneLine(paragraph)))
    }
  }

  private func logSources(_ sources: [RuleLogSource]) -> String? {
    guard !sources.isEmpty else { return nil }
    return sources.map { $0.parts.map { "\($0.name) \($0.value)" }.joined(separator: ", ") }.joined(separator: "; ")
  }

  private func joined(_ values: [String]) -> String? { values.isEmpty ? nil : values.joined(separator: ", ") }

  private func inOneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  mutating func write(_ notes: [Note]) {
    guard !notes.isEmpty else { return }
    title("Notes")
    for (number, note) in notes.enumerated() {
      if number > 0 { lines.append(.empty) }
      lines += noteText(note, indent: RuleText.step)
    }
  }

  // MARK: Lists

  mutating func write(_ title: String, _ texts: [String]) {
    guard !texts.isEmpty else { return }
    self.title(title)
    for text in texts { line(1, inOneLine(text)) }
  }

  mutating func write(_ attack: AttackSection) {
    title("ATT&CK")
    for row in attack.rows {
      line(1, row.tactic)
      if row.techniques.isEmpty { line(2, "No specific technique", .faint) }
      for technique in row.techniques {
        line(2, (technique.revoked.map { "\($0) → " } ?? "") + "\(technique.id) \(technique.name)")
      }
    }
    for row in attack.others {
      line(1, row.label)
      for object in row.objects { line(2, "\(object.id) \(object.name)") }
    }
    for id in attack.deprecated { line(1, "\(id): deprecated", .alarm) }
    for id in attack.unknown { line(1, "\(id): unknown", .alarm) }
  }

  mutating func write(_ events: EventSection) {
    title("Events")
    for row in events.rows {
      let share = row.share.map { TextLine.Span("  \($0.words)", $0 == .whole ? .faint : .alarm) }
      line(
        1,
        [TextLine.Span("\(row.provider) \(row.event)")] + (row.title.map { [TextLine.Span("  \($0)", .faint)] } ?? [])
          + [share].compactMap { $0 })
    }
    for item in events.hidden {
      let tests = item.tests.isEmpty ? "" : "; the rule: \(item.tests.joined(separator: "; "))"
      line(
        1, [TextLine.Span("\(item.events): \(item.words)\(tests)", .alarm), TextLine.Span("  \(item.place)", .faint)])
    }
    if events.moreHidden > 0 { line(1, "\(counted(events.moreHidden, "more reason"))", .faint) }
    for note in events.notes { line(1, note, .faint) }
  }

  mutating func write(_ section: SameActionSection, _ rules: [RuleID]) {
    title(
      "Same action: \(counted(section.count, "other rule")) on \(section.operations.map(\.title).joined(separator: ", "))"
    )
    let shown = 8
    for rule in rules.prefix(shown) { write(rule, before: nil) }
    if section.count > shown { line(1, "and \(grouped(section.count - shown)) more", .faint) }
  }

  private mutating func write(_ rule: RuleID, before: String?) {
    line(
      1,
      [
        TextLine.Span(before.map { $0 + "  " } ?? "", .faint), TextLine.Span(index.rules[rule].title),
        TextLine.Span("  \(index.rules[rule].key)", .faint),
      ])
  }

  mutating func write(_ related: RelatedSection) {
    title("Related rules")
    for row in related.rows {
      line(
        1,
        [
          TextLine.Span(row.relation + "  ", .faint), TextLine.Span(row.title ?? "not in this catalog"),
          TextLine.Span("  \(row.id)", .faint),
        ])
    }
    for rule in related.filters { line(1, [TextLine.Span("tuned by  ", .faint), TextLine.Span(rule.title)]) }
    write(related.filtersCut)
    for rule in related.correlations { line(1, [TextLine.Span("used by  ", .faint), TextLine.Span(rule.title)]) }
  }

  private mutating func write(_ cut: CutList?) {
    if let cut { line(1, "the first \(cut.shown) of \(cut.count)", .faint) }
  }

  mutating func write(_ section: NeighbourSection, _ neighbours: [Neighbour]) {
    title("Neighbours")
    for (row, neighbour) in zip(section.rows, neighbours) {
      // Correlations and filters have no tests.
      let shared = row.shared == 0 ? "" : ", \(counted(row.shared, "test")) in both"
      write(neighbour.rule, before: "\(hundredths(row.score)) \(row.relation)\(shared)")
      if let difference = row.difference { line(2, difference.summary, .faint) }
    }
  }

  mutating func write(_ findings: [FindingItem]) {
    guard !findings.isEmpty else { return }
    title("Findings")
    for finding in findings {
      let place = finding.line.map { "line \($0): " } ?? ""
      line(
        1,
        [
          TextLine.Span("\(finding.severity.rawValue): ", finding.severity == .note ? .faint : .alarm),
          TextLine.Span("\(place)\(finding.message)"), TextLine.Span(" [\(finding.id)]", .faint),
        ])
    }
  }

  // MARK: Logic

  mutating func write(_ section: StageSection) {
    title("Logic")
    if let correlation = section.correlation { write(correlation) }
    if let tuned = section.tuned {
      if let scope = tuned.scope { line(1, scope) }
      for rule in tuned.rules { line(1, [TextLine.Span("tunes  ", .faint), TextLine.Span(rule.title)]) }
      write(tuned.cut)
    }
    for stage in section.stages {
      line(
        1,
        [TextLine.Span(stage.number > 0 && stage.form != .condition ? "\(stage.number) " : "", .faint)]
          + [TextLine.Span(stage.name, stage.isExcluded ? .alarm : .strong)]
          + (stage.isExcluded ? [TextLine.Span(" (excluded)", .faint)] : [])
          + (stage.text.map { [TextLine.Span(": \(inOneLine($0))")] } ?? []))
      for definition in stage.definitions { line(2, inOneLine(definition)) }
      if let predicate = stage.predicate { write(predicate, level: 2) }
      if let aggregation = stage.aggregation { line(2, "| \(aggregation)") }
    }
  }

  private mutating func write(_ correlation: CorrelationModel) {
    let rows: [(name: String, value: String?)] = [
      ("Correlation", correlation.type), ("Rules", joined(correlation.rules.map(\.title))),
      ("Group by", joined(correlation.groupBy)), ("Time window", correlation.timeWindow),
      ("Fields", joined(correlation.fields)), ("Condition", correlation.condition),
      ("Generate", correlation.generate),
    ]
    table(rows.compactMap { row in row.value.map { (row.name, $0) } })
    for alias in correlation.aliases {
      for field in alias.fields { line(1, "\(alias.name) is \(field.field) of \(field.rule.title)") }
    }
  }

  private mutating func write(_ predicate: PredicateModel, level: Int) {
    switch predicate {
    case .group(let group):
      line(level, group.words, group.kind == .not ? .alarm : .faint)
      for part in group.parts { write(part, level: level + 1) }
    case .test(let test): write(test, level: level)
    case .stage(let stage): line(level, stage.isNumbered ? "stage \(stage.number) \(stage.name)" : stage.name)
    case .noTest(let text), .opaque(let text): line(level, inOneLine(text))
    }
  }

  private mutating func write(_ test: TestModel, level: Int) {
    let head = TextLine.Span("\(test.field ?? "anywhere in the event") \(test.kind)", .faint)
    guard test.values.count > 1 else {
      return line(level, [head] + test.values.flatMap { [TextLine.Span(" ")] + spans(of: $0) })
    }
    line(level, [head, TextLine.Span(test.joint == .or ? " any of" : " all of", .faint)])
    for value in test.values { line(level + 1, spans(of: value)) }
  }

  mutating func write(_ title: String, _ table: ValueTable?) {
    guard let table else { return }
    self.title(title)
    for row in table.rows {
      line(1, "\(row.field ?? "anywhere in the event") \(row.kind)", .faint)
      for value in row.values {
        let corpus = value.corpus.map { corpus in
          let total = corpus.byDialect.reduce(0) { $0 + $1.count }
          let dialects = corpus.byDialect.map { "\($0.dialect.rawValue) \($0.count)" }.joined(separator: ", ")
          return TextLine.Span("  corpus \(total) (\(dialects))", .faint)
        }
        line(2, spans(of: value.value) + [corpus].compactMap { $0 })
      }
    }
    for note in table.notes { line(1, note, .faint) }
  }

  /// A value; in quotation marks if spaces at its ends, or several in a row, would be overlooked.
  private func spans(of value: ShownValue) -> [TextLine.Span] {
    let text = value.hasTellingSpaces ? "\"\(value.text)\"" : value.text
    let words = value.words.map { TextLine.Span(value.text.isEmpty ? $0 : " \($0)", .faint) }
    return (value.text.isEmpty ? [] : [TextLine.Span(text)]) + [words].compactMap { $0 }
  }
}
