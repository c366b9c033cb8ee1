import RuleModel

/// The rules that a search has found, for a reader: Level | Key | Title | Source, a line for each in their order. The source is
/// `file:line`, as editors and terminals take it.
func foundRulesTable(_ found: [Int], of rules: [Rule]) -> String {
  let rows =
    [["LEVEL", "KEY", "TITLE", "SOURCE"]]
    + found.map { number in
      let rule = rules[number]
      return [
        rule.level?.rawValue ?? "none", rule.key.description, Terminal.harmless(rule.title),
        Terminal.harmless("\(rule.source.file):\(rule.source.position.line)"),
      ]
    }
  let widths = (0..<3).map { column in rows.reduce(0) { max($0, $1[column].count) } }
  return rows.map { row in
    zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count + 2) }.joined() + row[3]
  }.joined(separator: "\n")
}
