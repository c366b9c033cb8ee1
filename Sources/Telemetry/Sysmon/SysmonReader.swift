import Diagnostics
import Events
import RuleModel
import Text
import XML

/// Reads a Sysmon configuration as Sysmon does, and reports what Sysmon would reject or interpret in an unexpected way.
///
/// Whether Sysmon continues after a part that it rejects depends on its version, so the events concerned count as
/// partly logged.
struct SysmonReader {
  let file: SourceFile
  let kind: TelemetrySource.Kind
  let facts: SysmonFacts
  let map: EventMap
  /// The event types available on the configuration's system.
  let types: [SysmonFacts.EventType]
  var diagnostics: [Diagnostic] = []
  let provider: String
  /// Without a RuleGroup that says otherwise, conditions on different fields are joined by `and` since schema 4.2, and
  /// by `or` before (xml.cpp, "For AND/OR logic we added an optional RuleGroup node").
  private var joinsByAnd = true
  /// Why Sysmon may reject the whole configuration, in one line.
  private var doubt: String?

  init(file: SourceFile, kind: TelemetrySource.Kind, facts: SysmonFacts, map: EventMap) {
    self.file = file
    self.kind = kind
    self.facts = facts
    self.map = map
    types = facts.types.filter { $0.collector == nil || $0.collector == kind }
    provider = facts.providers[kind] ?? ""
  }

  /// nil if the file isn't a Sysmon configuration at all.
  mutating func read(_ bytes: [UInt8]) -> SysmonConfiguration? {
    guard let root = root(ofXML: bytes, of: file, into: &diagnostics) else { return nil }
    guard root.name == "Sysmon" else {
      diagnostics.append(
        Diagnostic(
          .sysmonConfiguration, at: location(of: root), severity: .error,
          "the root element is '\(root.name.shortened)'; a Sysmon configuration has 'Sysmon'"))
      return nil
    }
    readVersion(of: root)
    var blocks: [SysmonBlock] = []
    for section in root.elements {
      if section.name == "EventFiltering" {
        for element in section.elements { read(element, joinsByAnd: joinsByAnd, into: &blocks) }
      } else if isMisplaced(section) {
        // It isn't known whether it counts.
        let elements = types.contains { $0.name == section.name } ? [section] : section.elements
        for element in elements { read(element, joinsByAnd: joinsByAnd, isDoubtful: true, into: &blocks) }
      }
    }
    warnOfExcludesAlone(blocks)
    var configuration = SysmonConfiguration(
      blocks: blocks, provider: provider, types: types, unfiltered: facts.unfiltered,
      source: TelemetrySource(kind, at: SourceLocation(file)))
    for found in configuration.judge(by: options(of: root), types: types, map: map) {
      diagnostics.append(Diagnostic(.sysmonLogic, at: found.place, found.effect.words(for: found.type)))
    }
    if let doubt { configuration.doubt(doubt, at: location(of: root), unfiltered: facts.unfiltered) }
    return configuration
  }

  private mutating func read(
    _ element: XMLElement, joinsByAnd: Bool, isInGroup: Bool = false, isDoubtful: Bool = false,
    into blocks: inout [SysmonBlock]
  ) {
    guard element.name == "RuleGroup" else {
      let read = self.blocks(element, joinsByAnd: joinsByAnd)
      blocks += isDoubtful ? read.flatMap { SysmonBlock.doubtful($0.type, types, at: location(of: element)) } : read
      return
    }
    if isInGroup { warn(element, "a RuleGroup can't be inside another RuleGroup; move it out") }
    let relation = relation(of: element)
    for inner in element.elements {
      read(
        inner, joinsByAnd: relation ?? self.joinsByAnd, isInGroup: true,
        isDoubtful: isDoubtful || isInGroup || relation == nil && element.value(of: "groupRelation") != nil,
        into: &blocks)
    }
  }

  private mutating func readVersion(of root: XMLElement) {
    let version = root.value(of: "schemaversion")
    let isNumber =
      version?.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == 0x2E } ?? false
    if isNumber, let number = version.flatMap({ Double($0) }) {
      joinsByAnd = number > 4.1
      return
    }
    // Joining by `or` matches more.
    joinsByAnd = false
    doubt = version.map { "schemaversion \($0.shortened)" } ?? "no schemaversion"
    warn(
      root,
      version.map { "the schema version '\($0.shortened)' isn't a valid number; write one such as 4.90" }
        ?? "'schemaversion' is missing; add the version that 'sysmon -s' prints")
  }

  // MARK: Blocks

  private mutating func blocks(_ element: XMLElement, joinsByAnd: Bool) -> [SysmonBlock] {
    guard let type = types.first(where: { $0.name == element.name }) else { return unknownType(element) }
    guard let isInclude = isInclude(element) else {
      warn(element, "'\(element.name)' needs onmatch=\"include\" or onmatch=\"exclude\"")
      return SysmonBlock.doubtful(type.name, types, at: location(of: element))
    }
    let shape = shape(of: element, type: type)
    checkConditions(of: element)
    var clauses: [String: [FilterClause]] = [:]
    for id in type.events {
      let fields = SysmonFields(of: map.fields(of: Event(provider: provider, name: id)), written: shape.fields)
      clauses[id] = self.clauses(of: element, joinsByAnd: joinsByAnd, fields: fields)
      if shape.isDoubtful || hasUnknownCondition(element) { clauses[id] = clauses[id]?.map(\.doubtful) }
    }
    return [
      SysmonBlock(type: type.name, isInclude: isInclude, location: location(of: element), clauses: clauses)
    ]
  }

  private func isInclude(_ element: XMLElement) -> Bool? {
    switch (element.value(of: "onmatch")?.lowercased(), element.value(of: "default")?.lowercased()) {
    case ("include", nil), (nil, "exclude"): true
    case ("exclude", nil), (nil, "include"): false
    default: nil
    }
  }

  /// A type of a later version, or a misspelt one. Sysmon versions up to 2025 reject the file, later ones ignore the
  /// element, so the effect on the type that was probably meant is unknown.
  private mutating func unknownType(_ element: XMLElement) -> [SysmonBlock] {
    let name = element.name.shortened
    if facts.types.contains(where: { $0.name == element.name }) {
      warn(element, "the event type '\(name)' isn't one of this system's Sysmon; remove it")
      return []
    }
    guard let near = nearestName(to: element.name, in: types.map(\.name)) else {
      warn(element, "Sysmon has no event type '\(name)'; 'sysmon -s' prints those that it has")
      return []
    }
    warn(element, "Sysmon has no event type '\(name)'; did you mean '\(near)'?")
    return SysmonBlock.doubtful(near, types, at: location(of: element), text: name)
  }

  /// The fields of the first of the type's events that has all fields named in the block; Sysmon rejects a block that
  /// fits no event. Names are case-sensitive (xml.cpp, `GetFieldIndex`).
  ///
  /// With a field of a later version, or a misspelt one, the effect of the whole block is unknown: it is rejected, or
  /// ignored.
  private mutating func shape(
    of block: XMLElement, type: SysmonFacts.EventType
  ) -> (fields: [String]?, isDoubtful: Bool) {
    let shapes = type.events.compactMap { map.fields(of: Event(provider: provider, name: $0)) }
    let known = Set(shapes.joined())
    guard !shapes.isEmpty else { return (nil, false) }
    let named = conditions(of: block)
    let conditions = named.filter { known.contains($0.name) }
    for condition in named where !known.contains(condition.name) {
      let near = nearestName(to: condition.name, in: known.sorted()).map { "; did you mean '\($0)'?" }
      warn(condition, "'\(type.name)' has no field '\(condition.name.shortened)'\(near ?? "")")
    }
    let fitting = shapes.first { fields in conditions.allSatisfy { fields.contains($0.name) } }
    if fitting == nil {
      warn(block, "no event of '\(type.name)' has all of these fields; make a block for each event")
    }
    return (fitting ?? shapes.first, fitting == nil || conditions.count < named.count)
  }

  /// Including those inside Rule elements.
  private func conditions(of block: XMLElement) -> [XMLElement] {
    block.elements.flatMap { $0.name == "Rule" ? $0.elements : [$0] }.filter { $0.name != "Rule" }
  }

  private func hasUnknownCondition(_ block: XMLElement) -> Bool {
    conditions(of: block).contains { SysmonCondition(of: $0) == nil }
  }

  /// What the block matches in one event: any one of the clauses.
  private func clauses(of block: XMLElement, joinsByAnd: Bool, fields: SysmonFields) -> [FilterClause] {
    let parts = block.elements.map { part in
      (field: part.name == "Rule" ? nil : lowercasedASCII(part.name), clause: clause(part, fields: fields))
    }
    guard joinsByAnd else { return parts.map(\.clause).filter { !$0.predicate.isNever } }
    // Conditions on one field are always alternatives; each Rule is separate (rules.c, `CombineGroupDone`).
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
    let written = element.value(of: "groupRelation")?.lowercased()
    if let written, written != "and", written != "or" {
      let text = "Rule groupRelation \(written.shortened)"
      return FilterClause(.opaque(text), at: location(of: element), text: text)
    }
    // In a Rule, all conditions must be met, even those on one field; `and` is the default (Sysmon 10.4, "Rule
    // enhancements").
    let joinsByAnd = written != "or"
    let predicates = parts.map(\.predicate)
    return FilterClause(
      parts.isEmpty ? .never : joinsByAnd ? .conjunction(predicates) : .disjunction(predicates),
      at: location(of: element), text: parts.map(\.text).joined(separator: joinsByAnd ? " and " : " or "))
  }

  private func condition(_ element: XMLElement, fields: SysmonFields) -> FilterClause {
    let (value, written) = (element.text, element.value(of: "condition") ?? "is")
    let text = "\(element.name) \(written) \(value)".inOneLine
    guard element.name != "Rule", fields.knows(element.name), let condition = SysmonCondition(of: element) else {
      return FilterClause(.opaque(text), at: location(of: element), text: text)
    }
    guard let field = fields.name(of: element.name) else {
      return FilterClause(.never, at: location(of: element), text: text)
    }
    // Variables such as %AppData% are expanded when the event occurs.
    let modifiers: TestModifiers = value.contains("%") ? .expand : []
    let predicate = condition.predicate(of: value) { kind, value in
      .test(Test(field: field, kind: kind, value: value, modifiers: modifiers, position: element.position))
    }
    return FilterClause(predicate, at: location(of: element), text: text)
  }

  /// Reports something that Sysmon, or another version of it, rejects.
  mutating func warn(_ element: XMLElement, _ message: String) {
    diagnostics.append(Diagnostic(.sysmonConfiguration, at: location(of: element), severity: .warning, message))
  }

  func location(of element: XMLElement) -> SourceLocation {
    SourceLocation(file, at: element.position)
  }
}

extension FilterClause {
  /// The same clause, but it isn't known whether it counts at all.
  var doubtful: FilterClause {
    FilterClause(.conjunction([predicate, .opaque(text)]), at: location, text: text)
  }
}
