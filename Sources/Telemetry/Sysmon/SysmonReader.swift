import Diagnostics
import Events
import RuleModel
import XML

/// Reads a Sysmon configuration as Sysmon does, and tells what Sysmon would refuse, or would take otherwise than meant.
struct SysmonReader {
  let path: String
  let kind: TelemetrySource.Kind
  let facts: SysmonFacts
  let map: EventMap
  private(set) var diagnostics: [Diagnostic] = []
  let provider: String
  /// Without a RuleGroup that says otherwise, conditions on different fields are joined by `and` since schema 4.2; by
  /// `or` before (xml.cpp, "For AND/OR logic we added an optional RuleGroup node").
  private var joinsByAnd = true

  init(path: String, kind: TelemetrySource.Kind, facts: SysmonFacts, map: EventMap) {
    self.path = path
    self.kind = kind
    self.facts = facts
    self.map = map
    provider = facts.providers[kind] ?? ""
  }

  /// nil where the file is no Sysmon configuration at all.
  mutating func read(_ bytes: [UInt8]) -> SysmonConfiguration? {
    guard let root = root(ofXML: bytes, path: path, into: &diagnostics) else { return nil }
    guard root.name == "Sysmon" else {
      report(root, "the root element is '\(root.name)'; a Sysmon configuration has 'Sysmon'")
      return nil
    }
    readVersion(of: root)
    var blocks: [SysmonBlock] = []
    for section in root.elements where section.name == "EventFiltering" {
      for element in section.elements {
        if element.name == "RuleGroup" {
          let joinsByAnd = relation(of: element) ?? self.joinsByAnd
          for inner in element.elements { blocks += block(inner, joinsByAnd: joinsByAnd).map { [$0] } ?? [] }
        } else {
          blocks += block(element, joinsByAnd: joinsByAnd).map { [$0] } ?? []
        }
      }
    }
    warnOfExcludesAlone(blocks)
    let source = TelemetrySource(kind, at: SourceLocation(path: path))
    return SysmonConfiguration(blocks: blocks, provider: provider, facts: facts, source: source)
      .lacking(options(of: root))
  }

  private mutating func readVersion(of root: XMLElement) {
    guard let version = root.value(of: "schemaversion") else {
      return report(root, "'schemaversion' is missing; add the version that 'sysmon -s' prints")
    }
    guard let number = Double(version) else {
      return report(root, "the schema version '\(version)' is no number; write one such as 4.90")
    }
    joinsByAnd = number > 4.1
  }

  // MARK: Blocks

  private mutating func block(_ element: XMLElement, joinsByAnd: Bool) -> SysmonBlock? {
    guard let type = facts.types.first(where: { $0.name == element.name }) else {
      let known = facts.types.map(\.name) + ["RuleGroup"]
      let near = nearestName(to: element.name, in: known)
      report(
        element,
        "Sysmon has no event type '\(element.name)'"
          + (near.map { "; did you mean '\($0)'?" } ?? "; 'sysmon -s' prints those that it has"))
      return nil
    }
    let isInclude: Bool
    switch (element.value(of: "onmatch")?.lowercased(), element.value(of: "default")?.lowercased()) {
    case ("include", nil), (nil, "exclude"): isInclude = true
    case ("exclude", nil), (nil, "include"): isInclude = false
    default:
      report(element, "'\(element.name)' needs onmatch=\"include\" or onmatch=\"exclude\"")
      return nil
    }
    let shape = shape(of: element, type: type)
    var clauses: [String: [FilterClause]] = [:]
    for id in type.events {
      let fields = SysmonFields(of: map.fields(of: Event(provider: provider, name: id)), written: shape)
      clauses[id] = self.clauses(of: element, joinsByAnd: joinsByAnd, fields: fields)
    }
    tellConditions(of: element)
    return SysmonBlock(
      type: type.name, isInclude: isInclude, location: location(of: element), clauses: clauses)
  }

  /// The fields of the first of the type's events that has all that the block names; Sysmon refuses a block that no event
  /// fits.
  private mutating func shape(of block: XMLElement, type: SysmonFacts.EventType) -> [String]? {
    let conditions = block.elements.flatMap { $0.name == "Rule" ? $0.elements : [$0] }.filter { $0.name != "Rule" }
    let shapes = type.events.compactMap { map.fields(of: Event(provider: provider, name: $0)) }
    let fitting = shapes.first { fields in
      conditions.allSatisfy { condition in fields.contains { lowercasedASCII($0) == lowercasedASCII(condition.name) } }
    }
    guard fitting == nil, !shapes.isEmpty else { return fitting }
    let known = Set(shapes.joined())
    var isTold = false
    for condition in conditions {
      guard !known.contains(where: { lowercasedASCII($0) == lowercasedASCII(condition.name) }) else { continue }
      let near = nearestName(to: condition.name, in: known.sorted()).map { "; did you mean '\($0)'?" }
      report(condition, "'\(type.name)' has no field '\(condition.name)'\(near ?? "")")
      isTold = true
    }
    if !isTold {
      report(block, "no event of '\(type.name)' has all of these fields; make a block for each event")
    }
    return shapes.first
  }

  /// What the block matches in one event: any of the clauses.
  private func clauses(of block: XMLElement, joinsByAnd: Bool, fields: SysmonFields) -> [FilterClause] {
    let parts = block.elements.map { part in
      (field: part.name == "Rule" ? nil : lowercasedASCII(part.name), clause: clause(part, fields: fields))
    }
    guard joinsByAnd else { return parts.map(\.clause).filter { !$0.predicate.isNever } }
    // Conditions on one field are alternatives all the same; each Rule stands for itself (rules.c, `CombineGroupDone`).
    var groups: [(field: String?, clauses: [FilterClause])] = []
    for part in parts {
      if part.field != nil, let index = groups.firstIndex(where: { $0.field == part.field }) {
        groups[index].clauses.append(part.clause)
      } else {
        groups.append((part.field, [part.clause]))
      }
    }
    if groups.count == 1 { return groups[0].clauses.filter { !$0.predicate.isNever } }
    guard !groups.isEmpty else { return [] }
    let predicate = Predicate.conjunction(groups.map { .disjunction($0.clauses.map(\.predicate)) })
    if predicate.isNever { return [] }
    let text = groups.map { $0.clauses.map(\.text).joined(separator: " or ") }.joined(separator: " and ")
    return [FilterClause(predicate, at: location(of: block), text: text)]
  }

  private func clause(_ element: XMLElement, fields: SysmonFields) -> FilterClause {
    guard element.name == "Rule" else { return condition(element, fields: fields) }
    let parts = element.elements.map { condition($0, fields: fields) }
    // In a Rule, all must hold, those on one field too; `and` when it doesn't say (Sysmon 10.4, "Rule enhancements").
    let joinsByAnd = element.value(of: "groupRelation")?.lowercased() != "or"
    let predicates = parts.map(\.predicate)
    return FilterClause(
      parts.isEmpty ? .never : joinsByAnd ? .conjunction(predicates) : .disjunction(predicates),
      at: location(of: element), text: parts.map(\.text).joined(separator: joinsByAnd ? " and " : " or "))
  }

  private func condition(_ element: XMLElement, fields: SysmonFields) -> FilterClause {
    let (value, written) = (element.text, element.value(of: "condition") ?? "is")
    let text = "\(element.name) \(written) \(value)".inOneLine
    guard let field = fields.name(of: element.name) else {
      return FilterClause(.never, at: location(of: element), text: text)
    }
    guard let condition = SysmonCondition(rawValue: written.lowercased()) else {
      return FilterClause(.opaque(text), at: location(of: element), text: text)
    }
    // Variables such as %AppData% are set in when the event is seen.
    let modifiers: TestModifiers = value.contains("%") ? .expand : []
    let predicate = condition.predicate(of: value) { kind, value in
      .test(Test(field: field, kind: kind, value: value, modifiers: modifiers, position: element.position))
    }
    return FilterClause(predicate, at: location(of: element), text: text)
  }

  // MARK: Findings

  /// Tells of each condition of a block once, however many events the type has.
  private mutating func tellConditions(of block: XMLElement) {
    for part in block.elements {
      if part.name == "Rule" { _ = relation(of: part) }
      for condition in part.name == "Rule" ? part.elements : [part] { tell(condition) }
    }
  }

  private mutating func tell(_ element: XMLElement) {
    if element.name == "Rule" { return report(element, "a Rule can't stand in a Rule; make two of them") }
    let written = element.value(of: "condition") ?? "is"
    guard let condition = SysmonCondition(rawValue: written.lowercased()) else {
      let known = SysmonCondition.allCases.map(\.rawValue)
      let near = nearestName(to: written, in: known).map { "did you mean '\($0)'?" }
      return report(
        element,
        "Sysmon has no condition '\(written)'; \(near ?? "its conditions are \(known.joined(separator: ", "))")")
    }
    if condition.takesList, condition != .isAny, element.text.hasSuffix(";") {
      diagnostics.append(
        Diagnostic(
          .sysmonLogic, at: location(of: element),
          "the list ends in ';', and Sysmon finds the empty item after it in every value; remove the ';'"))
    }
  }

  private mutating func relation(of element: XMLElement) -> Bool? {
    guard let relation = element.value(of: "groupRelation") else { return nil }
    switch relation.lowercased() {
    case "and": return true
    case "or": return false
    default:
      report(element, "groupRelation can't be '\(relation)'; it is 'and' or 'or'")
      return nil
    }
  }

  private mutating func warnOfExcludesAlone(_ blocks: [SysmonBlock]) {
    for type in facts.types {
      let ofType = blocks.filter { $0.type == type.name }
      guard ofType.count > 1, let second = ofType.dropFirst().first, ofType.allSatisfy({ !$0.isInclude }) else {
        continue
      }
      diagnostics.append(
        Diagnostic(
          .sysmonLogic, at: second.location,
          "with two exclude blocks of '\(type.name)' and no include, Sysmon logs nothing of it; join the blocks"))
    }
  }

  private mutating func report(_ element: XMLElement, _ message: String) {
    diagnostics.append(Diagnostic(.sysmonConfiguration, at: location(of: element), message))
  }

  func location(of element: XMLElement) -> SourceLocation {
    SourceLocation(path: path, position: element.position)
  }
}
