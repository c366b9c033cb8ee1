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
    let reading = read(node, in: QueryLanguage(ofPantherQuery: node.bytes))
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
      let bytes = Array(query.utf8)
      // What is wrong with the query is said of the hunt that it is.
      let reading = QueryLanguage(ofPantherQuery: bytes[...]).read(bytes) { _ in node.position }
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

extension QueryLanguage {
  /// SQL begins with one of a few words; PantherFlow begins with a table.
  init(ofPantherQuery query: ArraySlice<UInt8>) {
    let bytes = Array(query)
    var lexer = Lexer(bytes, rules: SQL.grammar.tokens)
    self = .sql
    while let token = lexer.next() {
      guard token.kind == .word else { continue }
      let word = String(decoding: bytes[token.span], as: UTF8.self).lowercased()
      if QueryLanguage.firstWordsOfSQL.contains(word) { return }
      // A template may begin with anything; a pipeline has a pipe before its second command.
      let next = lexer.next()
      let isPiped = next.map { bytes[$0.span].elementsEqual("|".utf8) || $0.kind == .word } ?? false
      self =
        isPiped || pipelineCommands(of: bytes, dividedBy: "|", Kusto.grammar.tokens).count > 1 ? .pantherFlow : .sql
      return
    }
  }

  private static let firstWordsOfSQL: Set = [
    "select", "with", "show", "describe", "explain", "merge", "insert", "execute", "call", "create", "delete",
  ]
}
