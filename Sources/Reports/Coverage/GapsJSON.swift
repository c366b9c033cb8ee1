import Analysis
import RuleModel

/// `ruledex gaps --format json`, format 1. `collected` of an event is there with telemetry only, and `more` of a partly blind rule
/// where it has more reasons than are listed.
package func gapsJSON(_ content: GapsContent) -> [UInt8] {
  var json = JSONWriter()
  json.object { json in
    json.number("format", 1)
    json.target(content.target)
    json.newLine()
    json.array("gaps") { json in
      for gap in content.gaps.gaps {
        json.newLine()
        json.object { json in write(gap, content, to: &json) }
      }
    }
    json.newLine()
    json.array("blindRules") { json in
      for blind in content.gaps.blindRules {
        json.newLine()
        json.object { json in
          json.string("rule", content.rules[blind.rule].key.description)
          json.array("missing") { json in for event in blind.missing { json.object { write(event, to: &$0) } } }
          json.string("reason", content.reason(for: blind))
        }
      }
    }
    json.newLine()
    json.array("partlyBlindRules") { json in
      for partly in content.partlyBlindRules {
        json.newLine()
        json.object { json in
          json.string("rule", content.rules[partly.rule].key.description)
          json.array("reasons") { json in
            for reason in partly.reasons { json.object { write(reason, to: &$0) } }
          }
          if partly.left > 0 { json.number("more", partly.left) }
        }
      }
    }
    json.newLine()
    json.array("untapped") { json in
      for event in content.gaps.untapped {
        json.newLine()
        json.object { write(event, to: &$0) }
      }
    }
    json.newLine()
    json.array("wake") { json in
      for wake in content.gaps.wake {
        json.newLine()
        json.object { json in
          write(wake.event, to: &json)
          json.number("rules", wake.rules.count)
          json.number("techniques", wake.techniques.count)
        }
      }
    }
  }
  json.newLine()
  return json.bytes
}

private func write(_ gap: GapReview.Gap, _ content: GapsContent, to json: inout JSONWriter) {
  json.string("technique", gap.row.technique.id.description)
  json.string("name", gap.row.technique.name)
  json.string("reason", gap.reason.rawValue)
  json.number("groups", gap.groups)
  json.origin(of: gap.row.technique.id, in: content.target)
  json.array("events") { json in
    for event in gap.row.events {
      json.object { json in
        write(event.event, to: &json)
        if let isCollected = event.isCollected { json.bool("collected", isCollected) }
      }
    }
  }
  json.array("candidates") { json in
    for candidate in gap.candidates {
      let rule = content.candidateRule(candidate)
      json.object { json in
        json.string("rule", rule.key.description)
        json.string("title", rule.title)
        json.string("source", rule.source.path)
        json.bool("runs", candidate.runs)
        json.optionalString("level", rule.level?.rawValue)
        json.optionalString("status", rule.status?.rawValue)
      }
    }
  }
}

private func write(_ reason: HidingReason, to json: inout JSONWriter) {
  json.string("file", reason.location.path)
  if let line = reason.location.position?.line { json.number("line", Int(line)) }
  json.string("test", reason.whole)
}

private func write(_ event: Event, to json: inout JSONWriter) {
  json.string("provider", event.provider)
  json.string("event", event.name)
}
