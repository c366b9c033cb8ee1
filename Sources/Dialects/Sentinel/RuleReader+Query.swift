import Diagnostics
import DialectReading
import Documents
import QueryLanguages
import RuleModel

/// The query, and what it reads.
extension RuleReader {
  /// - Returns: how the query's results make the rule match.
  mutating func readQuery() -> Match {
    guard let query = values["query"] ?? values["queryText"], query.bytes.contains(where: { $0 > UInt8(ascii: " ") })
    else {
      report(.sentinelQuery, at: values["query"] ?? document, "the rule has no query; write one")
      rule.lacksLogic = true
      return .single
    }
    let reading = read(query)
    rule.stages = reading.stages
    rule.lacksLogic = rule.stages.isUnread
    leaveOutWhatIsTooLarge(at: query, limit: context.limits.tests)
    // `search *` and `union *` read every table, which says nothing about the log.
    rule.logSources = reading.sources.filter { $0.name != "*" }.map { LogSource(service: $0.name) }
    rule.logSourcePosition = reading.sources.first?.position
    return reading.match
  }

  /// In a template, the query may come from an expression.
  private mutating func read(_ query: Node) -> QueryReading {
    guard let text = written.template?.text(of: query) else { return read(query, in: .kusto) }
    let places = TextPlaces(of: query)
    return read(text.bytes, in: .kusto) { places.position(ofByte: text.source(of: $0)) }
  }
}
