import Templates

/// The uncovered techniques.
struct GapSection: TemplateModel {
  var total: Int
  /// `262 no rule, 84 blind rules only`.
  var summary: String
  /// Whether there is a baseline to compare with.
  var hasBaseline: Bool
  /// Those that most groups use first.
  var rows: Folded<GapRow>
  /// In matrix order; a technique is listed under each of its tactics.
  var tactics: [TacticGaps]

  static let shape = Shape<GapSection>(
    .text("count") { grouped($0.total) }, .text("summary") { $0.summary }, .flag("hasBaseline") { $0.hasBaseline },
    .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest }, .text("restLabel") { $0.rows.label("gap") },
    .list("tactics") { $0.tactics })
}

/// An uncovered technique, why it is uncovered, and what would cover it.
struct GapRow: TemplateModel {
  var id: String
  var name: String
  var page: Link?
  /// `no rule`.
  var why: String
  /// How many groups use it.
  var groups: Int
  /// The events that can show it, according to ATT&CK.
  var events: Folded<GapEvent>
  /// Baseline rules that would close the gap, the best first.
  var candidates: Folded<CandidateItem>

  static let shape = Shape<GapRow>(
    .text("id") { $0.id }, .text("name") { $0.name }, .optionalLink("page") { $0.page }, .text("why") { $0.why },
    .text("groups") { grouped($0.groups) }, .list("events") { $0.events.first },
    .optionalText("more") { row in
      let more = row.events.total - row.events.first.count
      return more > 0 ? "and \(grouped(more))" : nil
    }, .list("candidates") { $0.candidates.first },
    .optionalText("moreCandidates") { row in
      let more = row.candidates.total - row.candidates.first.count
      return more > 0 ? "and \(grouped(more)) more" : nil
    })
}

struct GapEvent: TemplateModel {
  /// `Microsoft-Windows-Sysmon 1`.
  var name: String
  var page: Link?
  /// nil without telemetry.
  var isCollected: Bool?

  static let shape = Shape<GapEvent>(
    .text("name") { $0.name }, .optionalLink("page") { $0.page },
    .optionalText("mark") { event in event.isCollected.map { $0 ? "y" : "x" } })
}

/// A baseline rule that would close a gap.
struct CandidateItem: TemplateModel {
  var title: String
  /// Its path relative to the baseline's folder.
  var source: String
  /// Why it is ranked where it is.
  var reason: String

  static let shape = Shape<CandidateItem>(
    .text("title") { $0.title }, .text("source") { $0.source }, .text("reason") { $0.reason })
}

/// The gaps of a tactic.
struct TacticGaps: TemplateModel {
  var name: String
  var page: Link?
  /// `65 no rule, 8 blind rules only`.
  var summary: String
  var rows: [GapRow]

  static let shape = Shape<TacticGaps>(
    .text("name") { $0.name }, .optionalLink("page") { $0.page }, .text("count") { counted($0.rows.count, "gap") },
    .text("summary") { $0.summary }, .list("rows") { $0.rows })
}
