import Analysis
import RuleModel

/// `ruledex gaps --format json` and `xml`, format 1. An event's `collected` is included only with telemetry, and `more`
/// of a partly blind rule only if it has more reasons than are listed. `deadExclusions` lists exclusions that can't work, as events come
/// without the field, `thin` the techniques that little holds up, and `unreadSources` those of whose log sources, as ATT&CK names them, not
/// all are read. With a scope in the configuration, `scope` names it, `all` has the totals of everything, and `outOfScope` and `accepted`
/// list what isn't among the gaps.
package func gapsReport(_ content: GapsContent, as format: RecordFormat) -> [UInt8] {
  GapsReport(content: content).bytes(as: format)
}

private struct GapsReport: RecordReport {
  static let element = "review"

  let content: GapsContent

  func write<Record: RecordWriter & ~Copyable>(to record: inout Record) {
    record.number("format", 1)
    record.write(content.target)
    record.list(.around("gaps", "gap"), content.gaps.gaps) { gap, record in write(gap, to: &record) }
    record.list(.around("blindRules", "blindRule"), content.gaps.blindRules) { blind, record in
      record.text("rule", content.review.rules[blind.rule].key.description)
      record.records(.plain("missing", "event"), blind.missing) { event, record in record.write(event) }
      record.text("reason", content.reason(for: blind))
    }
    record.list(.around("partlyBlindRules", "partlyBlindRule"), content.review.partlyBlindRules) { partly, record in
      record.text("rule", content.review.rules[partly.rule].key.description)
      record.records(.plain("reasons", "reason"), partly.reasons) { reason, record in
        record.text("file", reason.location.path)
        record.number("line", reason.location.position.map { Int($0.line) })
        record.text("test", reason.whole)
      }
      record.number("more", partly.left > 0 ? partly.left : nil)
    }
    record.list(.around("untapped", "event"), content.gaps.untapped) { event, record in record.write(event) }
    record.list(.around("wake", "event"), content.gaps.wake) { wake, record in
      record.write(wake.event)
      record.number("rules", wake.rules.count)
      record.number("techniques", wake.techniques.count)
    }
    record.list(.around("untested", "technique"), content.untested) { untested, record in
      record.text(MemberName(json: "technique", xml: "id"), untested.row.technique.id.description)
      record.text("name", untested.row.technique.name)
      record.text("state", untested.row.state.rawValue)
      record.number("rules", untested.row.rules.count)
      record.number("groups", untested.groups)
    }
    record.list(.around("deadExclusions", "deadExclusion"), content.review.deadExclusions) { dead, record in
      let exclusion = dead.exclusion
      record.text("rule", content.review.rules[dead.rule].key.description)
      record.text("file", exclusion.location.path)
      record.number("line", exclusion.location.position.map { Int($0.line) })
      record.text("missing", exclusion.clause.text)
      record.records(.plain("events", "event"), exclusion.events) { event, record in record.write(event) }
      record.records(.plain("tests", "test"), exclusion.tests) { test, record in
        record.text("field", test.field)
        record.text("kind", test.kind.rawValue)
        record.text("value", test.value)
      }
    }
    let depth = content.review.depth
    record.list(.around("thin", "technique"), depth.thin) { row, record in write(row, to: &record) }
    record.list(.around("unreadSources", "technique"), depth.unread) { row, record in write(row, to: &record) }
    record.writeScope(of: content.review.coverage)
  }

  private func write<Record: RecordWriter & ~Copyable>(_ row: DepthReview.Row, to record: inout Record) {
    record.text("technique", row.row.technique.id.description)
    record.text("name", row.row.technique.name)
    record.text("state", row.row.state.rawValue)
    record.number("groups", row.groups)
    record.number("rules", row.depth.rules.count)
    record.number("events", row.depth.events)
    record.number("levels", row.depth.levels)
    record.write(row.depth)
  }

  private func write<Record: RecordWriter & ~Copyable>(_ gap: GapReview.Gap, to record: inout Record) {
    record.text("technique", gap.row.technique.id.description)
    record.text("name", gap.row.technique.name)
    record.text("reason", gap.reason.rawValue)
    record.number("groups", gap.groups)
    record.writeOrigin(of: gap.row.technique.id, in: content.target)
    record.records(.plain("events", "event"), gap.row.events) { event, record in
      record.write(event.event)
      record.flag("collected", event.isCollected)
    }
    record.records(.plain("candidates", "candidate"), gap.candidates) { candidate, record in
      let rule = content.candidateRule(candidate)
      record.text("rule", rule.key.description)
      record.text("title", rule.title)
      record.text("source", rule.source.path)
      record.flag("runs", candidate.runs)
      record.text("level", rule.level?.rawValue)
      record.text("status", rule.status?.rawValue)
    }
  }
}
