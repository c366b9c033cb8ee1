package import Analysis
package import Attack
package import RuleModel

/// `ruledex coverage --format json`, format 1: totals, then a row for each tactic, technique, event and log source.
///
/// - Parameters:
///   - target: what the review is about, where not everything.
///   - key: of a rule, by its index.
package func coverageJSON(
  _ review: CoverageReview, matrix: AttackMatrix, target: AttackTarget? = nil, key: (RuleID) -> RuleKey
) -> [UInt8] {
  var json = JSONWriter()
  json.object { json in
    json.number("format", 1)
    json.object("attack") { json in
      json.string("domain", matrix.domain)
      json.string("version", matrix.version)
    }
    json.target(target)
    json.newLine()
    json.object("totals") { json in
      for (name, count) in review.totals.named { json.number(name, count) }
    }
    json.newLine()
    json.array("tactics") { json in
      for row in review.tactics {
        json.newLine()
        json.object { json in
          json.string("id", row.tactic.id.description)
          json.string("name", row.tactic.name)
          json.number("techniques", row.techniques)
          json.number("covered", row.covered)
          json.number("rules", row.rules)
        }
      }
    }
    json.newLine()
    json.array("techniques") { json in
      for row in review.techniques {
        json.newLine()
        json.object { json in
          json.string("id", row.technique.id.description)
          json.string("name", row.technique.name)
          json.strings("tactics", row.technique.tactics.map(\.description).sorted())
          json.number("rules", row.rules.count)
          json.number("ownRules", row.ownRules)
          json.string("state", row.state.rawValue)
          json.string("reason", row.reason)
          json.origin(of: row.technique.id, in: target)
          json.strings("ruleKeys", row.rules.map { key($0).description })
        }
      }
    }
    json.newLine()
    json.array("events") { json in
      for row in review.events {
        json.newLine()
        json.object { json in
          json.string("provider", row.event.provider)
          json.string("event", row.event.name)
          json.number("rules", row.rules)
          json.string("state", row.state.rawValue)
        }
      }
    }
    json.newLine()
    json.array("logsources") { json in
      for row in review.logSources {
        json.newLine()
        json.object { json in
          json.optionalString("category", row.logSource.category)
          json.optionalString("product", row.logSource.product)
          json.optionalString("service", row.logSource.service)
          json.number("rules", row.rules)
        }
      }
    }
  }
  json.newLine()
  return json.bytes
}

extension CoverageReview.Totals {
  /// With the contract's names, in its order.
  var named: KeyValuePairs<String, Int> {
    [
      "rules": rules, "counted": counted, "techniques": techniques, "covered": covered, "runs": runs,
      "partly": partly, "blind": blind,
    ]
  }
}
