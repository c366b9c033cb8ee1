package import Analysis
import Diagnostics
import RuleModel

/// What changed, in words for people: the same on the terminal and in Markdown.
private struct ChangesWords {
  let changes: CatalogChanges

  /// `2 rules added, 1 rule removed, 3 rules changed, 1 technique lost, 2 events gained`.
  var summary: String {
    func part(_ count: Int, _ words: (one: String, many: String)) -> String? {
      count == 0 ? nil : "\(count) \(count == 1 ? words.one : words.many)"
    }
    let states = (changes.states?.byKind ?? []).flatMap { kind, techniques, rules in
      [
        part(techniques.count, ("technique \(kind.words)", "techniques \(kind.words)")),
        part(rules.count, ("rule \(kind.words)", "rules \(kind.words)")),
      ]
    }
    let collected = [
      part(changes.states?.collected.gained.count ?? 0, ("event now collected", "events now collected")),
      part(changes.states?.collected.lost.count ?? 0, ("event no longer collected", "events no longer collected")),
    ]
    let counts = [
      part(changes.added.count, ("rule added", "rules added")),
      part(changes.removed.count, ("rule removed", "rules removed")),
      part(changes.moved.count, ("rule moved", "rules moved")),
      part(changes.changed.count, ("rule changed", "rules changed")),
      part(changes.techniques.gained.count, ("technique gained", "techniques gained")),
      part(changes.techniques.lost.count, ("technique lost", "techniques lost")),
      part(changes.events.gained.count, ("event gained", "events gained")),
      part(changes.events.lost.count, ("event lost", "events lost")),
      part(changes.newFindings.count, ("new finding", "new findings")),
      part(changes.goneFindings.count, ("finding gone", "findings gone")),
    ]
    let parts = (counts + states + collected).compactMap { $0 }
    return parts.isEmpty ? "Nothing changed" : parts.joined(separator: ", ")
  }

  /// The techniques and rules whose state changed, each with the reason, by what became of them.
  var states: [(title: String, lines: [(name: String, source: String?, reason: String)])] {
    let lists = (changes.states?.byKind ?? []).flatMap { kind, techniques, rules in
      [
        (
          title: "techniques that \(kind.words)",
          lines: techniques.map { (name: $0.technique.description, source: String?.none, reason: $0.reason) }
        ),
        (
          title: "rules that \(kind.words)",
          lines: rules.map { (name: $0.new.title, source: Optional($0.new.source), reason: $0.reason) }
        ),
      ]
    }
    return lists.filter { !$0.lines.isEmpty }
  }

  /// Lists of names: their title, in lower case, and what they have.
  var names: [(title: String, names: [String])] {
    let collected = changes.states?.collected
    return [
      ("techniques gained", changes.techniques.gained.map(\.description)),
      ("techniques lost", changes.techniques.lost.map(\.description)),
      ("events gained", changes.events.gained.map(\.words)), ("events lost", changes.events.lost.map(\.words)),
      ("events now collected", collected?.gained.map(\.words) ?? []),
      ("events no longer collected", collected?.lost.map(\.words) ?? []),
    ].filter { !$0.1.isEmpty }
  }

  /// What a reader must know to understand the rest, as sentences without full stops.
  var remarks: [String] {
    [changes.attackRemark, changes.formatRemark, changes.telemetryRemark].compactMap { $0.map(capitalized) }
  }

  /// The values that were added and removed, each with its sign; only the first of them.
  func values(of change: CatalogChanges.ChangedRule, atMost count: Int) -> [(sign: String, text: String)] {
    var result: [(sign: String, text: String)] = []
    for part in [RulePart.values, .exclusions] where change.parts.contains(part) {
      let (before, after) = (change.old.parts[part] ?? [], change.new.parts[part] ?? [])
      let (old, new) = (Set(before), Set(after))
      let word = part == .exclusions ? "not " : ""
      result += before.filter { !new.contains($0) }.map { ("-", word + $0) }
      result += after.filter { !old.contains($0) }.map { ("+", word + $0) }
    }
    let rest = result.count - count
    return rest > 0 ? result.prefix(count) + [("", "and \(rest) more")] : result
  }
}

/// `ruledex diff` on a terminal: a line for each rule, with a sign as in `diff`, then what was gained and lost.
package func changesText(_ changes: CatalogChanges) -> String {
  let words = ChangesWords(changes: changes)
  var lines: [String] = []
  lines += changes.added.map { "+ \($0.source)  \($0.title)" }
  lines += changes.removed.map { "- \($0.source)  \($0.title)" }
  lines += changes.moved.map { "> \($0.new.source)  \($0.new.title): moved from \($0.old.source)" }
  for change in changes.changed {
    lines.append("~ \(change.new.source)  \(change.new.title): \(changes.words(of: change))")
    lines += words.values(of: change, atMost: 6).map { "    \($0.sign) \($0.text)" }
  }
  for (title, names) in words.names { lines.append("\(title): \(names.joined(separator: ", "))") }
  for (title, list) in words.states {
    lines.append("\(title):")
    lines += list.map { "    \($0.source.map { $0 + "  " } ?? "")\($0.name): \($0.reason)" }
  }
  lines += changes.newFindings.map { "new: \($0.description(spelled: .published))" }
  lines += changes.goneFindings.map { "gone: \($0.description(spelled: .published))" }
  lines += words.remarks
  return (lines + (lines.isEmpty ? [] : [""]) + [words.summary]).joined(separator: "\n")
}

/// `ruledex diff --format markdown`: for a merge request. Text from rules is escaped.
package func changesMarkdown(_ changes: CatalogChanges) -> [UInt8] {
  let words = ChangesWords(changes: changes)
  var markdown = MarkdownWriter()
  markdown.heading(2, "Detection changes")
  markdown.paragraph(words.summary + ".")
  for remark in words.remarks { markdown.paragraph(remark + ".") }
  for (title, entries) in [("Added", changes.added), ("Removed", changes.removed)] where !entries.isEmpty {
    markdown.heading(3, "\(title) rules")
    markdown.list(
      entries.map { entry in
        let techniques = entry.techniques.map(\.description).joined(separator: ", ")
        return [.text(entry.title), .plain(" "), .code(entry.source)]
          + (techniques.isEmpty ? [] : [.plain(" "), .text(techniques)])
      })
  }
  if !changes.moved.isEmpty {
    markdown.heading(3, "Moved rules")
    markdown.list(
      changes.moved.map { move in
        [.text(move.new.title), .plain(" "), .code(move.old.source), .plain(" → "), .code(move.new.source)]
      })
  }
  if !changes.changed.isEmpty {
    markdown.heading(3, "Changed rules")
    markdown.list(
      changes.changed.map { change in
        let values = words.values(of: change, atMost: 10).flatMap { value -> [MarkdownWriter.Inline] in
          value.sign.isEmpty
            ? [.plain("\n  - "), .text(value.text)]
            : [.plain("\n  - \(value.sign == "+" ? "added" : "removed") "), .code(value.text)]
        }
        return [
          .text(change.new.title), .plain(" "), .code(change.new.source), .plain(": "),
          .text(changes.words(of: change)),
        ]
          + values
      })
  }
  for (title, names) in words.names {
    markdown.heading(3, capitalized(title))
    markdown.paragraph(names.joined(separator: ", "))
  }
  for (title, list) in words.states {
    markdown.heading(3, capitalized(title))
    markdown.list(
      list.map { line in
        [.text(line.name)] + (line.source.map { [.plain(" "), .code($0)] } ?? []) + [.plain(": "), .text(line.reason)]
      })
  }
  for (title, findings) in [("New findings", changes.newFindings), ("Findings gone", changes.goneFindings)]
  where !findings.isEmpty {
    markdown.heading(3, title)
    markdown.list(findings.map { [.text($0.description(spelled: .published))] })
  }
  return markdown.bytes
}

private func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
