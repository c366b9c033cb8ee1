import Reports
import RuleModel

/// The rules that a search has found, for a reader: Level | Key | Title | Source, a line for each in their order. The source is
/// `file:line`, as editors and terminals take it.
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
