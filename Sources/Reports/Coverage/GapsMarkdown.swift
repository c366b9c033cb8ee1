import Analysis
import RuleModel

/// `ruledex gaps --format markdown`: a review to paste into a ticket or a merge request (CommonMark, with tables as
/// GitHub and GitLab read them). Text from rules is escaped.
package func gapsMarkdown(_ content: GapsContent) -> [UInt8] {
  var markdown = MarkdownWriter()
  markdown.heading(1, "Coverage gaps")
  markdown.paragraph(content.summary + ".")
  write(.gaps, content, to: &markdown)
  let chosen = content.gaps.gaps.filter { !$0.candidates.isEmpty }
  if !chosen.isEmpty {
    markdown.heading(2, "Rules that would close them")
    for gap in chosen {
      markdown.heading(3, "\(gap.row.technique.id) \(gap.row.technique.name)")
      let shown = 10
      markdown.list(
        gap.candidates.prefix(shown).map { candidate in
          let rule = content.candidateRule(candidate)
          return [
            .text(rule.title), .plain(" "), .code(rule.source.path), .plain(": "), .text(candidate.reason(for: rule)),
          ]
        })
      if gap.candidates.count > shown { markdown.paragraph("And \(gap.candidates.count - shown) more.") }
    }
  }
  for part in GapsPart.all(of: content) where part != .gaps { write(part, content, to: &markdown) }
  return markdown.bytes
}

private func write(_ part: GapsPart, _ content: GapsContent, to markdown: inout MarkdownWriter) {
  // Thousands of rows are too much for a ticket; CSV has them all.
  let table = gapsTable(part, content, atMost: part == .gaps ? .max : 50)
  guard !table.rows.isEmpty else { return }
  markdown.heading(2, part.title)
  markdown.table(table)
}
