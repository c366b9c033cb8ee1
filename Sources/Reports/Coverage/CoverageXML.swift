package import Analysis
package import Attack
package import RuleModel
import XML

/// `ruledex coverage --format xml`, format 1: the same as ``coverageJSON(_:matrix:target:key:)``, a single value as an attribute, a list as
/// an element around its items.
package func coverageXML(
  _ review: CoverageReview, matrix: AttackMatrix, target: AttackTarget? = nil, key: (RuleID) -> RuleKey
) -> [UInt8] {
  xmlDocument { xml in
    xml.start("coverage")
    xml.attribute("format", "1")
    xml.element("attack", ["domain": matrix.domain, "version": matrix.version])
    xml.target(target)
    xml.start("totals")
    for (name, count) in review.totals.named { xml.attribute(name, "\(count)") }
    xml.end()
    xml.start("tactics")
    for row in review.tactics {
      xml.element(
        "tactic",
        [
          "id": "\(row.tactic.id)", "name": row.tactic.name, "techniques": "\(row.techniques)",
          "covered": "\(row.covered)", "rules": "\(row.rules)",
        ])
    }
    xml.end()
    xml.start("techniques")
    for row in review.techniques {
      xml.start("technique")
      for (name, value) in [
        ("id", row.technique.id.description), ("name", row.technique.name), ("rules", "\(row.rules.count)"),
        ("ownRules", "\(row.ownRules)"), ("state", row.state.rawValue), ("reason", row.reason),
      ] { xml.attribute(name, value) }
      xml.origin(of: row.technique.id, in: target)
      for tactic in row.technique.tactics.sorted() { xml.element("tactic", ["id": "\(tactic)"]) }
      for rule in row.rules { xml.element("rule", ["key": "\(key(rule))"]) }
      xml.end()
    }
    xml.end()
    xml.start("events")
    for row in review.events {
      xml.element(
        "event",
        [
          "provider": row.event.provider, "event": row.event.name, "rules": "\(row.rules)",
          "state": row.state.rawValue,
        ])
    }
    xml.end()
    xml.start("logsources")
    for row in review.logSources {
      xml.element(
        "logsource",
        [
          "category": row.logSource.category, "product": row.logSource.product, "service": row.logSource.service,
          "rules": "\(row.rules)",
        ])
    }
    xml.end()
    xml.end()
  }
}
