import Analysis
import RuleModel
import XML

/// `ruledex gaps --format xml`, format 1: the same as ``gapsJSON(_:)``, a single value as an attribute, a list as an element around
/// its items.
package func gapsXML(_ content: GapsContent) -> [UInt8] {
  let gaps = content.gaps
  return xmlDocument { xml in
    xml.start("review")
    xml.attribute("format", "1")
    xml.target(content.target)
    xml.start("gaps")
    for gap in gaps.gaps {
      xml.start("gap")
      xml.attribute("technique", gap.row.technique.id.description)
      xml.attribute("name", gap.row.technique.name)
      xml.attribute("reason", gap.reason.rawValue)
      xml.attribute("groups", "\(gap.groups)")
      xml.origin(of: gap.row.technique.id, in: content.target)
      for event in gap.row.events {
        xml.element(
          "event",
          [
            "provider": event.event.provider, "event": event.event.name,
            "collected": event.isCollected.map { "\($0)" },
          ])
      }
      for candidate in gap.candidates {
        let rule = content.candidateRule(candidate)
        xml.element(
          "candidate",
          [
            "rule": "\(rule.key)", "title": rule.title, "source": rule.source.path, "runs": "\(candidate.runs)",
            "level": rule.level?.rawValue, "status": rule.status?.rawValue,
          ])
      }
      xml.end()
    }
    xml.end()
    xml.start("blindRules")
    for blind in gaps.blindRules {
      xml.start("blindRule")
      xml.attribute("rule", "\(content.rules[blind.rule].key)")
      xml.attribute("reason", content.reason(for: blind))
      for event in blind.missing { xml.element("event", ["provider": event.provider, "event": event.name]) }
      xml.end()
    }
    xml.end()
    xml.start("partlyBlindRules")
    for partly in content.partlyBlindRules {
      xml.start("partlyBlindRule")
      xml.attribute("rule", "\(content.rules[partly.rule].key)")
      if partly.left > 0 { xml.attribute("more", "\(partly.left)") }
      for reason in partly.reasons {
        xml.element(
          "reason",
          [
            "file": reason.location.path, "line": reason.location.position.map { "\($0.line)" }, "test": reason.whole,
          ])
      }
      xml.end()
    }
    xml.end()
    xml.start("untapped")
    for event in gaps.untapped { xml.element("event", ["provider": event.provider, "event": event.name]) }
    xml.end()
    xml.start("wake")
    for wake in gaps.wake {
      xml.element(
        "event",
        [
          "provider": wake.event.provider, "event": wake.event.name, "rules": "\(wake.rules.count)",
          "techniques": "\(wake.techniques.count)",
        ])
    }
    xml.end()
    xml.end()
  }
}
