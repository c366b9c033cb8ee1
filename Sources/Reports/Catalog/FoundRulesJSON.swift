package import RuleModel

/// The rules that a search found, for programs: `{"format": 1, "rules": [{"key", "title", "level", "status", "source",
/// "line", "page"}]}`, in the order given, one per line; names mean the same as in `catalog.json`, and `line` is where
/// the rule's document starts.
///
/// - Parameters:
///   - page: gives the path of a rule's page, relative to the site's root.
package func foundRulesJSON(_ found: [RuleID], of rules: RuleColumn<Rule>, page: (RuleID) -> String) -> [UInt8] {
  var json = JSONWriter()
  json.object { json in
    json.number("format", 1)
    json.newLine()
    json.array("rules") { json in
      for number in found {
        let rule = rules[number]
        json.newLine()
        json.object { json in
          json.string("key", rule.key.description)
          json.string("title", rule.title)
          json.optionalString("level", rule.level?.rawValue)
          json.optionalString("status", rule.status?.rawValue)
          json.string("source", rule.source.path)
          json.number("line", Int(rule.source.position.line))
          json.string("page", page(number))
        }
      }
    }
  }
  json.newLine()
  return json.bytes
}
