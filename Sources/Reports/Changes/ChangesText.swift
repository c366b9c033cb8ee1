package import Analysis
import Diagnostics
import RuleModel

/// What changed, for people: the same words on the terminal and in Markdown.
private struct ChangesWords {
  let changes: CatalogChanges

  /// `2 rules added, 1 removed, 3 changed; 1 technique lost; 2 events gained`.
  var summary: String {
    func part(_ count: Int, _ word: String, _ what: String) -> String? {
      count == 0 ? nil : "\(count) \(word)\(count == 1 ? "" : "s") \(what)"
    }
    let parts = [
      part(changes.added.count, "rule", "added"), part(changes.removed.count, "rule", "removed"),
      part(changes.changed.count, "rule", "changed"), part(changes.techniques.gained.count, "technique", "gained"),
      part(changes.techniques.lost.count, "technique", "lost"), part(changes.events.gained.count, "event", "gained"),
      part(changes.events.lost.count, "event", "lost"),
      part(changes.newFindings.count, "new finding", "").map {
        String($0.dropLast())
      },
    ].compactMap { $0 }
    return parts.isEmpty ? "Nothing changed" : parts.joined(separator: ", ")
  }

  /// `level (high → critical), values (2 added, 1 removed), condition`.
  func parts(of change: CatalogChanges.ChangedRule) -> String {
    change.parts.map { part in
      let (before, after) = (change.old.parts[part] ?? [], change.new.parts[part] ?? [])
      return "\(part.words)\(detail(part, before, after))"
    }.joined(separator: ", ")
  }

  private func detail(_ part: RulePart, _ before: [String], _ after: [String]) -> String {
    switch part {
    case .level, .status, .ruleClass, .key, .source, .date, .modified:
      return " (\(before.first ?? "none") → \(after.first ?? "none"))"
    case .logSource:
      func words(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: "/") }
      return " (\(words(before)) → \(words(after)))"
    case .values, .exclusions, .techniques, .tactics, .events, .tags, .authors, .references, .falsePositives:
      let (old, new) = (Set(before), Set(after))
      let (added, removed) = (new.subtracting(old).count, old.subtracting(new).count)
      if added + removed == 0 { return " (in another order)" }
      let words = [added > 0 ? "\(added) added" : nil, removed > 0 ? "\(removed) removed" : nil].compactMap { $0 }
      return " (\(words.joined(separator: ", ")))"
    case .id, .title, .description, .condition, .selections, .correlation, .filter: return ""
    }
  }

  /// The values that came and went, each with its sign; the first of each.
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

extension RulePart {
  /// In a list of changes: `log source`.
  fileprivate var words: String {
    switch self {
    case .logSource: "log source"
    case .falsePositives: "false positives"
    case .key: "name"
    case .source: "file"
    default: rawValue
    }
  }
}

/// `ruledex diff` on a terminal: a line for each rule, with a sign as `diff` has it, then what was gained and lost.
package func changesText(_ changes: CatalogChanges) -> String {
  let words = ChangesWords(changes: changes)
  var lines: [String] = []
  lines += changes.added.map { "+ \($0.source)  \($0.title)" }
  lines += changes.removed.map { "- \($0.source)  \($0.title)" }
  for change in changes.changed {
    lines.append("~ \(change.new.source)  \(change.new.title): \(words.parts(of: change))")
    lines += words.values(of: change, atMost: 6).map { "    \($0.sign) \($0.text)" }
  }
  for (title, list) in [
    ("techniques gained", changes.techniques.gained.map(\.description)),
    ("techniques lost", changes.techniques.lost.map(\.description)),
    ("events gained", changes.events.gained.map(\.words)), ("events lost", changes.events.lost.map(\.words)),
  ] where !list.isEmpty { lines.append("\(title): \(list.joined(separator: ", "))") }
  lines += changes.newFindings.map { "new: \($0)" }
  return (lines + (lines.isEmpty ? [] : [""]) + [words.summary]).joined(separator: "\n")
}

/// `ruledex diff --format markdown`: for a merge request. What comes from rules is escaped.
package func changesMarkdown(_ changes: CatalogChanges) -> [UInt8] {
  let words = ChangesWords(changes: changes)
  var markdown = MarkdownWriter()
  markdown.heading(2, "Detection changes")
  markdown.paragraph(words.summary + ".")
  for (title, entries) in [("Added", changes.added), ("Removed", changes.removed)] where !entries.isEmpty {
    markdown.heading(3, "\(title) rules")
    markdown.list(
      entries.map { entry in
        let techniques = entry.techniques.map(\.description).joined(separator: ", ")
        return [.text(entry.title), .plain(" "), .code(entry.source)]
          + (techniques.isEmpty ? [] : [.plain(" "), .text(techniques)])
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
          .text(change.new.title), .plain(" "), .code(change.new.source), .plain(": "), .text(words.parts(of: change)),
        ]
          + values
      })
  }
  for (title, list) in [
    ("Techniques gained", changes.techniques.gained.map(\.description)),
    ("Techniques lost", changes.techniques.lost.map(\.description)),
    ("Events gained", changes.events.gained.map(\.words)), ("Events lost", changes.events.lost.map(\.words)),
  ] where !list.isEmpty {
    markdown.heading(3, title)
    markdown.paragraph(list.joined(separator: ", "))
  }
  if !changes.newFindings.isEmpty {
    markdown.heading(3, "New findings")
    markdown.list(changes.newFindings.map { [.text("\($0)")] })
  }
  return markdown.bytes
}
