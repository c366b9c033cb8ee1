import Diagnostics
import DialectReading
import Markdown
import QueryLanguages
import RuleModel
import Text

/// What a rule says about itself.
extension RuleReader {
  mutating func readMetadata() {
    rule.title = meta.take(["rule_name", "title", "name", "display_name"])?.value[...].trimmed() ?? written.name
    rule.name = written.name
    if let entry = meta.take(["rule_id", "id", "uuid", "rule_uuid"]) {
      rule.id = entry.value[...].trimmed()
      rule.idPosition = span(entry.valueSpan).start
    }
    rule.description = meta.take(["description", "desc", "summary"])?.value[...].trimmed()
    rule.authors = items(meta.takeAll { ["author", "authors", "rule_author"].contains($0) })
    readLevel()
    readStatus()
    rule.date = day(["created", "date", "created_date", "creation_date", "date_created", "created_at", "create_date"])
    rule.modified = day([
      "modified", "updated", "last_modified", "modified_date", "date_modified", "last_updated", "updated_date",
      "update_date", "updated_at", "last_update",
    ])
    let references = meta.takeAll(where: RuleReader.isReference)
    for entry in references {
      for text in items([entry], isDividedAtSpaces: true) { check(reference: text, at: span(entry.valueSpan)) }
    }
    rule.references = items(references, isDividedAtSpaces: true)
    rule.falsePositives = meta.takeAll { ["false_positives", "falsepositives", "false_positive"].contains($0) }
      .map { $0.value[...].trimmed() }.filter { !$0.isEmpty }
  }

  private static func isReference(_ key: String) -> Bool {
    var name = key[...]
    while let last = name.last, last.isNumber || last == "_" { name.removeLast() }
    return ["reference", "references", "ref", "refs", "url", "urls", "link", "links", "mitre_attack_url", "mitre_url"]
      .contains(String(name))
  }

  /// The comma-separated items of several entries, each once.
  private func items(_ entries: [YARALRule.Entry], isDividedAtSpaces: Bool = false) -> [String] {
    return entries.flatMap { entry -> [String] in
      let items = entry.value.split { $0 == "," || $0 == "\n" }.map { $0.trimmed() }
      // Without commas, a text with spaces is one title, unless all of its words are addresses.
      let words = items.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
      if isDividedAtSpaces { return words.allSatisfy { $0.contains("://") } ? words : [entry.value[...].trimmed()] }
      return items
    }.filter { !$0.isEmpty }.distinct()
  }

  // MARK: Level, status, dates

  private mutating func readLevel() {
    guard let entry = meta.take(["severity", "level", "rule_severity"]) else { return }
    let name = entry.value[...].trimmed()
    rule.level = RuleReader.levels[name.lowercased()] ?? Level(rawValue: name.lowercased())
    guard rule.level == nil else { return }
    let names = ["info"] + Level.allCases.map(\.rawValue)
    let near = nearestName(to: name, in: names).map { "did you mean '\($0)'?" }
    report(
      .ruleLevel, at: entry.valueSpan,
      "the severity '\(shortened(name))' is unknown; "
        + (near ?? "write one of \(Level.allCases.map(\.rawValue).joined(separator: ", "))"))
  }

  private static let levels: [String: Level] = ["info": .informational, "information": .informational]

  private mutating func readStatus() {
    guard let status = meta.text(of: ["status", "rule_status", "maturity"]),
      let known = RuleReader.statuses[status[...].trimmed().lowercased()]
    else { return }
    _ = meta.take(["status", "rule_status", "maturity"])
    rule.status = known
  }

  private static let statuses: [String: Status] = [
    "production": .stable, "available": .stable, "stable": .stable, "experimental": .experimental, "test": .test,
    "deprecated": .deprecated, "unsupported": .unsupported,
  ]

  /// The day of a date or timestamp.
  private mutating func day(_ keys: [String]) -> CalendarDate? {
    guard let entry = meta.take(keys) else { return nil }
    let text = entry.value[...].trimmed()
    if let date = CalendarDate(dayOf: text) { return date }
    report(
      .ruleDate, at: entry.valueSpan,
      "'\(shortened(text))' under '\(entry.key)' isn't a day of the calendar; write YYYY-MM-DD")
    return nil
  }

  // MARK: Notes and facts

  mutating func readNotes() {
    for field in context.noteFields {
      guard let entry = meta.take([field.lowercased()]) else { continue }
      let (note, findings) = Markdown.readNote(
        Array(entry.value.utf8), origin: .field(field), in: rule.source.file, position: span(entry.valueSpan).start,
        limit: context.limits.noteBytes)
      rule.notes.append(note)
      rule.findings += findings
    }
  }

  /// The rule's name in the engine, its sections, and what else it says about itself.
  mutating func readFacts() {
    var places: [String: Int] = [:]
    func add(_ name: String, _ values: [String], to facts: inout [RuleFact]) {
      let values = values.filter { !$0.isEmpty }
      if values.isEmpty { return }
      let name = name.prefix(1).uppercased() + name.dropFirst()
      if let place = places[name] {
        facts[place].values += values
      } else {
        places[name] = facts.count
        facts.append(RuleFact(name, values))
      }
    }
    if rule.title != written.name { add("rule name", [written.name], to: &rule.facts) }
    for name in ["match", "options"] {
      guard let section = written.section(name) else { continue }
      let lines = String(decoding: bytes[section.body], as: UTF8.self).split(whereSeparator: \.isNewline)
      add(name, lines.map { $0.trimmed() }.filter { !$0.hasPrefix("//") }, to: &rule.facts)
    }
    for entry in meta.takeAll(where: { _ in true }) {
      add(entry.key.split(separator: "_").joined(separator: " "), [entry.value[...].trimmed()], to: &rule.facts)
    }
  }
}
