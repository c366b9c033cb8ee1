import Analysis
import Diagnostics
import RuleModel

/// A part of a gap review.
package enum GapsPart: String, Sendable, CaseIterable {
  case gaps, wake, blind
  case partlyBlind = "partly-blind"
  case untapped, untested, exclusions, thin
  case sources = "unread-sources"
  case accepted
  case outOfScope = "out-of-scope"

  package var title: String {
    switch self {
    case .gaps: "Gaps: uncovered techniques"
    case .wake: "Wake list: what to turn on first, and how much it wakes"
    case .blind: "Blind rules: they can find nothing with what is collected"
    case .partlyBlind: "Partly blind rules: a collector's filter can hide what they look for"
    case .untested: "Untested techniques: rules detect them, but none says how to test them"
    case .untapped: "Untapped events: collected, and no rule reads them"
    case .exclusions: "Exclusions that can't work: their events come without the field"
    case .thin: "Thin techniques: detected, but little holds them up"
    case .sources: "Unread log sources: ATT&CK names them for techniques that are detected"
    case .accepted: "Accepted gaps: they don't count until their date has passed"
    case .outOfScope: "Out of scope: techniques that don't count"
    }
  }
}

extension GapsPart {
  /// The parts of a whole review. Which techniques were never tested is a question only where some were.
  package static func all(of content: GapsContent) -> [GapsPart] {
    allCases.filter { $0 != .untested || content.review.namesSimulations }
  }
}

/// A part of a gap review as a table of plain text: for the terminal and for CSV.
///
/// - Parameters:
///   - rows: the maximum number of rows; if there are more, a last row says how many.
///   - events: how many events a row names; the rest are counted.
package func gapsTable(
  _ part: GapsPart, _ content: GapsContent, atMost rows: Int = .max, events: Int = .max
) -> TextTable {
  let gaps = content.gaps
  var table =
    switch part {
    case .gaps: techniques(content, events: events)
    case .wake:
      TextTable(
        head: ["turn on", "rules", "techniques"], numbers: [1, 2],
        rows: gaps.wake.map { [$0.event.words, "\($0.rules.count)", "\($0.techniques.count)"] })
    case .blind:
      TextTable(
        head: ["rule", "title", "missing", "because"],
        rows: gaps.blindRules.map { blind in
          let rule = content.review.rules[blind.rule]
          return [
            rule.source.path, rule.title, list(blind.missing.map(\.words), atMost: events), content.reason(for: blind),
          ]
        })
    case .partlyBlind: partlyBlind(content, events: events)
    case .untapped:
      TextTable(head: ["provider", "event"], rows: gaps.untapped.map { [$0.provider, $0.name] })
    case .untested:
      TextTable(
        head: ["technique", "name", "state", "rules", "groups"], numbers: [3, 4],
        rows: content.untested.map { untested in
          let row = untested.row
          return [
            row.technique.id.description, row.technique.name, row.state.rawValue, "\(row.rules.count)",
            "\(untested.groups)",
          ]
        })
    case .exclusions:
      TextTable(
        head: ["rule", "events", "decided by", "missing", "the rule's exclusions"],
        rows: content.review.deadExclusions.map { dead in
          [
            content.review.rules[dead.rule].source.path, list(dead.exclusion.events.map(\.words), atMost: events),
            "\(dead.exclusion.location)", dead.exclusion.clause.text, dead.exclusion.tests.testWords,
          ]
        })
    case .thin: thin(content)
    case .sources: sources(content, atMost: events)
    case .accepted: acceptedTable(content.review.coverage, content.matrix)
    case .outOfScope:
      TextTable(
        head: ["technique", "name", "because"],
        rows: content.review.coverage.outOfScope.map {
          [$0.row.technique.id.description, $0.row.technique.name, $0.exclusion.words]
        })
    }
  let more = table.rows.count - rows
  // A last single row takes no more room than the line that would count it.
  if more > 1 {
    table.rows.removeLast(more)
    table.rows.append(["and \(more) more"] + table.head.dropFirst().map { _ in "" })
  }
  return table
}

private func techniques(_ content: GapsContent, events: Int) -> TextTable {
  let withBaseline = !content.review.baseline.isEmpty
  return TextTable(
    head: ["technique", "name", "reason", "groups"] + (withBaseline ? ["candidates", "best"] : []) + ["events"],
    numbers: withBaseline ? [3, 4] : [3],
    rows: content.gaps.gaps.map { gap in
      let named = gap.events.map { event in
        event.event.words + (event.isCollected.map { $0 ? " (collected)" : " (not collected)" } ?? "")
      }
      let candidates = [
        "\(gap.candidates.count)", gap.candidates.first.map { content.candidateRule($0).source.path } ?? "",
      ]
      return [gap.row.technique.id.description, gap.row.technique.name, gap.reason.rawValue, "\(gap.groups)"]
        + (withBaseline ? candidates : [])
        + [list(named, atMost: events)]
    }
  ).with(origins: content.target, of: content.gaps.gaps.map(\.row.technique.id))
}

private func thin(_ content: GapsContent) -> TextTable {
  TextTable(
    head: ["technique", "name", "because", "groups", "rules"], numbers: [3, 4],
    rows: content.review.depth.thin.map { row in
      [
        row.row.technique.id.description, row.row.technique.name,
        row.depth.thin.map(\.words).joined(separator: "; "), "\(row.groups)", "\(row.depth.rules.count)",
      ]
    })
}

private func sources(_ content: GapsContent, atMost count: Int) -> TextTable {
  TextTable(
    head: ["technique", "name", "groups", "read", "of", "unread"], numbers: [2, 3, 4],
    rows: content.review.depth.unread.map { row in
      let all = row.depth.sources
      return [
        row.row.technique.id.description, row.row.technique.name, "\(row.groups)", "\(all.count { $0.isRead })",
        "\(all.count)", list(row.depth.unread.map { "\($0.words): \($0.state)" }, atMost: count),
      ]
    })
}

private func partlyBlind(_ content: GapsContent, events: Int) -> TextTable {
  TextTable(
    head: ["rule", "events", "decided by", "because", "the rule's tests", "more reasons"], numbers: [5],
    rows: content.review.partlyBlindRules.map { blind in
      [
        content.review.rules[blind.rule].source.path, list(blind.reason.events.map(\.words), atMost: events),
        "\(blind.reason.location)", blind.reason.words, blind.reason.testWords, blind.more == 0 ? "" : "\(blind.more)",
      ]
    })
}

/// `a, b, c and 4 more`; a last single word takes no more room than the words that would count it.
private func list(_ words: [String], atMost count: Int) -> String {
  let rest = words.count - count
  return rest > 1 ? "\(words.prefix(count).joined(separator: ", ")) and \(rest) more" : words.joined(separator: ", ")
}

extension HidingReason {
  /// The first of the rule's own tests that are relevant to the reason: `Image ends with \\whoami.exe`.
  fileprivate var testWords: String { tests.testWords }

  /// The deciding reason and the rule's tests that are relevant to it: `drops Image is C:\\a.exe; the rule: Image ends
  /// with \\a.exe`.
  var whole: String { tests.isEmpty ? words : "\(words); the rule: \(testWords)" }
}

extension [Test] {
  /// The first of them: `Image ends with \\whoami.exe`.
  fileprivate var testWords: String {
    prefix(3).map { test in
      [test.field ?? "any field", test.kind.words, test.value].filter { !$0.isEmpty }.joined(separator: " ")
    }.joined(separator: "; ")
  }
}
