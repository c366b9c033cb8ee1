import Diagnostics
import DialectReading
import Documents
import QueryLanguages
import RuleModel

/// The query of a hunt, and the queries whose results a scheduled rule reads.
extension RuleReader {
  /// - Returns: how the query's results make the hunt match.
  mutating func readOwnQuery() -> Match {
    let nodes = PantherCompanions.queryKeys.compactMap { values[$0] }
    guard let node = nodes.first, !isBlank(node) else {
      report(.pantherQuery, at: document, "the query is missing; write one under 'Query'")
      rule.lacksLogic = true
      return .single
    }
    let places = TextPlaces(of: node)
    let reading = readPantherQuery(Array(node.bytes)) { places.position(ofByte: $0) }
    rule.add(reading.faults)
    rule.stages = reading.stages
    rule.lacksLogic = rule.stages.isUnread
    addSources(reading.sources)
    return reading.match
  }

  private func isBlank(_ node: Node) -> Bool { node.bytes.allSatisfy { $0 <= UInt8(ascii: " ") } }

  private mutating func addSources(_ sources: [QuerySource], at position: SourcePosition? = nil) {
    for source in sources {
      let log = LogSource(service: source.name)
      if !rule.logSources.contains(log) { rule.logSources.append(log) }
    }
    rule.logSourcePosition = rule.logSourcePosition ?? position ?? sources.first?.position
  }

  /// The stages of the queries that a rule names, the first with the logic of all.
  mutating func scheduledQueries() -> [Stage] {
    let nodes = list("ScheduledQueries")
    if nodes.isEmpty {
      report(.pantherQuery, at: document, "the rule names no query; write one under 'ScheduledQueries'")
    }
    var stages: [Stage] = []
    var starts: [Int] = []
    for node in nodes {
      guard let name = node.text else { continue }
      guard let found = context.companion(PantherCompanions.query, named: name),
        let query = found.companion.value("query")
      else {
        report(
          .pantherQuery, at: node,
          "no file defines the query '\(shortened(name))'; add it, or correct its name")
        continue
      }
      rule.related.append(RelatedRule(kind: .query, id: name, position: node.position))
      // Problems in the query are reported for the hunt that defines it.
      let reading = readPantherQuery(Array(query.utf8)) { _ in node.position }
      guard !reading.stages.isEmpty else { continue }
      starts.append(stages.count)
      stages += reading.stages.referring(from: stages.count)
      addSources(reading.sources, at: node.position)
    }
    guard starts.count > 1 else { return stages }
    let union = Stage(
      name: "queries", form: .source, language: .sql, predicate: .any(starts.map { .stage($0 + 1) }),
      position: nodes[0].position)
    return [union] + stages.referring(from: 1)
  }
}

/// Reads a query of the data lake, in SQL or in PantherFlow.
private func readPantherQuery(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
  isSQL(query) ? readSQL(query, as: .dataLake, place: place) : readPantherFlow(query, place: place)
}

/// Whether a query is SQL, which begins with one of a few words; PantherFlow begins with a table.
private func isSQL(_ query: [UInt8]) -> Bool {
  let rules = SQL.dataLake.grammar.tokens
  var lexer = Lexer(query, rules: rules)
  while let token = lexer.next() {
    guard token.kind == .word else { continue }
    if firstWordsOfSQL.contains(String(decoding: query[token.span], as: UTF8.self).lowercased()) { return true }
    // A template may begin with anything; a pipeline has a pipe before its second command.
    let isPiped = lexer.next().map { query[$0.span].elementsEqual("|".utf8) || $0.kind == .word } ?? false
    return !isPiped && pipelineCommands(of: query, dividedBy: "|", Kusto.grammar.tokens).count <= 1
  }
  return true
}

private let firstWordsOfSQL: Set = [
  "select", "with", "show", "describe", "explain", "merge", "insert", "execute", "call", "create", "delete",
]
