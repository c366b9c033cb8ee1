import Analysis
import RuleModel

/// The gaps, one a row, as a table of plain texts: for the terminal, and as CSV.
///
/// - Parameter events: how many events a row names; the others are counted.
package func gapsTable(_ content: GapsContent, naming events: Int = .max) -> TextTable {
  let withBaseline = !content.baseline.isEmpty
  return TextTable(
    head: ["technique", "name", "reason", "groups"] + (withBaseline ? ["candidates", "best"] : []) + ["events"],
    numbers: withBaseline ? [3, 4] : [3],
    rows: content.gaps.gaps.map { gap in
      let named = gap.row.events.prefix(events).map { event in
        eventWords(event.event) + (event.isCollected.map { $0 ? " (collected)" : " (not collected)" } ?? "")
      }
      let rest = gap.row.events.count - named.count
      let candidates = [
        "\(gap.candidates.count)", gap.candidates.first.map { content.candidateRule($0).source.path } ?? "",
      ]
      return [gap.row.technique.id.description, gap.row.technique.name, gap.reason.rawValue, "\(gap.groups)"]
        + (withBaseline ? candidates : [])
        + [named.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")]
    })
}

/// The parts of a review after its gaps, each with its title; those that are empty are left out.
package func gapsTables(_ content: GapsContent) -> [(title: String, table: TextTable)] {
  let gaps = content.gaps
  let blind = TextTable(
    head: ["rule", "title", "missing"],
    rows: gaps.blindRules.map { blind in
      let rule = content.rules[blind.rule]
      return [rule.source.path, rule.title, blind.missing.map(eventWords).joined(separator: ", ")]
    })
  let wake = TextTable(
    head: ["turn on", "rules", "techniques"], numbers: [1, 2],
    rows: gaps.wake.map { [eventWords($0.event), "\($0.rules.count)", "\($0.techniques.count)"] })
  let untapped = TextTable(
    head: ["provider", "event"], rows: gaps.untapped.map { [$0.provider, $0.name] })
  return [
    ("Wake list: what to turn on first, and how much it wakes", wake),
    ("Blind rules: none of their events is collected", blind),
    ("Untapped events: collected, and no rule reads them", untapped),
  ].filter { !$0.1.rows.isEmpty }
}
