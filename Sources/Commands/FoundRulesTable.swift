import Reports
import RuleModel

/// The rules found by a search, as a table for a reader: Level | Key | Title | Source, one line per rule, in order. The
/// source is `file:line`, as editors and terminals accept it.
func foundRulesTable(_ found: [RuleID], of rules: RuleColumn<Rule>) -> String {
  let table = TextTable(
    head: ["LEVEL", "KEY", "TITLE", "SOURCE"],
    rows: found.map { number in
      let source = rules[number].source
      return [
        rules[number].level?.rawValue ?? "none", rules[number].key.description, Terminal.harmless(rules[number].title),
        Terminal.harmless("\(source.file.path):\(source.position.line)"),
      ]
    })
  return table.text
}
