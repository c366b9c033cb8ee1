package import Analysis
package import Attack
import RuleModel
import Text

/// `attack-layer.json`: what the catalog covers of ATT&CK, for ATT&CK Navigator (layer format 4.5).
///
/// A technique's score is the number of its counted rules: its own and its sub-techniques', as on its page. It is
/// listed once under each of its tactics; techniques without a counted rule have no score and no shade. The shades end
/// at the score that nine in ten techniques don't exceed: a few have hundreds of rules, and on a scale up to these all
/// others would look alike.
///
/// With a scope in the configuration, techniques that aren't in it are disabled, with the reason as their comment.
///
/// With telemetry configured, blind rules don't count, so that a blind technique has the score 0. The shades then show
/// what runs; each other state has a colour of its own.
func attackLayer(_ content: ReportContent) -> [UInt8] {
  let review = content.coverage
  return coverageLayer(review, matrix: content.matrix, title: content.title, generator: content.generator) { row in
    if review.hasTelemetry { return "\(row.state.rawValue): \(row.reason)" }
    let words = counted(row.rules.count, "rule")
    return row.ownRules == row.rules.count ? words : "\(words), \(row.ownRules) of them for the technique itself"
  }
}

/// `ruledex coverage --format navigator`: the same for a review, with the reason for each technique's state as its
/// comment.
package func coverageLayer(
  _ review: CoverageReview, matrix: AttackMatrix, target: AttackTarget? = nil, title: String, generator: String,
  comment: (CoverageReview.TechniqueRow) -> String = { "\($0.state.rawValue): \($0.reason)" }
) -> [UInt8] {
  let rows = review.techniques.filter { $0.state.isCovered || $0.exclusion != nil }.map { row in
    LayerRow(
      technique: row.technique, score: row.state.isCovered ? row.awake : nil,
      comment: row.exclusion?.reason ?? comment(row),
      color: review.hasTelemetry ? LayerColour.of(row.state) : nil, isEnabled: row.exclusion == nil)
  }
  return layer(
    rows, of: .rules(review, matrix), matrix: matrix, target: target, title: title, generator: generator)
}

/// `ruledex gaps --format navigator`: the gaps, scored by how many groups use each technique, with the reason as a
/// comment. Techniques whose rules are all blind have shades of their own.
package func gapsLayer(_ content: GapsContent) -> [UInt8] {
  let gaps = content.gaps.gaps
  let darkest = upperTenth(of: gaps.map(\.groups))
  let rows = gaps.map { gap in
    LayerRow(
      technique: gap.row.technique, score: gap.groups, comment: "\(gap.reason.words): \(gap.row.reason)",
      color: gap.reason == .noTelemetry ? LayerColour.blindShade(Double(gap.groups) / Double(darkest)) : nil)
  }
  let leftOut = content.review.coverage.techniques.compactMap { row in
    row.exclusion.map {
      LayerRow(technique: row.technique, score: nil, comment: $0.reason, color: nil, isEnabled: false)
    }
  }
  var meaning = LayerMeaning(
    description: "Uncovered techniques of \(content.matrix.title), scored by how many groups use each.",
    unit: "group", kind: "no rule", palest: "#e6e6e6", deepest: "#4d4d4d")
  if content.review.coverage.hasTelemetry {
    meaning.others = [("blind rules only, the darker the more groups", LayerColour.blind)]
  }
  return layer(
    rows + leftOut, of: meaning, matrix: content.matrix, target: content.target,
    title: content.target?.title ?? "Coverage gaps",
    generator: content.generator)
}

/// `ruledex gaps --compare --format navigator`: the targets' techniques, scored by how many targets have each; a state
/// other than running has a color of its own. Comments name the targets.
package func compareLayer(_ comparison: TargetComparison, matrix: AttackMatrix, generator: String) -> [UInt8] {
  let titles = comparison.columns.map(\.target.title)
  let rows = comparison.rows.map { row in
    let having = zip(titles, row.origins).compactMap { $1 == nil ? nil : $0 }
    let state = row.technique.state
    return LayerRow(
      technique: row.technique.technique, score: row.targets,
      comment: "\(having.joined(separator: ", ")); \(state.rawValue): \(row.technique.reason)",
      color: comparison.hasTelemetry || state == .none ? LayerColour.of(state) : nil)
  }
  var meaning = LayerMeaning(
    description: "Techniques of \(titles.joined(separator: ", ")), scored by how many of them have each.",
    unit: "target",
    kind: comparison.hasTelemetry ? "runs" : "covered", palest: "#dbe9f6", deepest: "#08519c")
  if comparison.hasTelemetry {
    meaning.others = [
      ("partly blind", LayerColour.partly), ("blind", LayerColour.blind),
      ("has rules, whose events aren’t known", LayerColour.unknown),
    ]
  }
  meaning.others.append(("no rule", LayerColour.none))
  return layer(
    rows, of: meaning, matrix: matrix, title: titles.joined(separator: ", "), generator: generator)
}

/// A technique in a layer.
private struct LayerRow {
  var technique: Technique
  /// nil if it has none.
  var score: Int?
  var comment: String
  /// nil for the shade that its score gives.
  var color: String?
  /// Whether the Navigator shows it like the others.
  var isEnabled = true
}

/// The colours that aren't shades of a score. The colour-blind, too, can tell them from the shades and from each other.
private enum LayerColour {
  static let partly = "#f0c419"
  static let blind = "#d55e00"
  static let unknown = "#c3b1e1"
  static let none = "#ffffff"

  /// nil for a state that is shaded by its score.
  static func of(_ state: TechniqueState) -> String? {
    switch state {
    case .runs: nil
    case .partly: partly
    case .blind: blind
    case .covered: unknown
    case .none: none
    }
  }

  /// A shade between a pale one and ``blind``.
  ///
  /// - Parameter share: at least 0; above 1 counts as 1.
  static func blindShade(_ share: Double) -> String {
    let (palest, deepest) = ([0xFB, 0xDD, 0xC8], [0xD5, 0x5E, 0x00])
    let digits = zip(palest, deepest).map { pale, deep in
      let value = pale + Int((Double(deep - pale) * min(share, 1)).rounded())
      return (value < 16 ? "0" : "") + String(value, radix: 16)
    }
    return "#" + digits.joined()
  }
}

/// What the scores of a layer mean.
private struct LayerMeaning {
  var description: String
  /// What is counted: `rule`.
  var unit: String
  /// What everything with a shade is: `runs`; nil if the description says it.
  var kind: String?
  /// The ends of the scale; the Navigator chooses dark or light letters by them.
  var palest: String
  var deepest: String
  /// The other colours, and what each means.
  var others: [(label: String, color: String)] = []

  static func rules(_ review: CoverageReview, _ matrix: AttackMatrix) -> LayerMeaning {
    let rules = review.hasTelemetry ? "detection rules that aren’t blind" : "detection rules"
    var meaning = LayerMeaning(
      description:
        "How many \(rules) cover each technique of \(matrix.title), those of its sub-techniques included; "
        + "deprecated and unsupported rules don’t count.",
      unit: "rule", palest: "#dbe9f6", deepest: "#08519c")
    guard review.hasTelemetry else { return meaning }
    meaning.kind = "runs"
    meaning.others = [("partly blind", LayerColour.partly), ("blind", LayerColour.blind)]
    if review.techniques.contains(where: { $0.state == .covered }) {
      meaning.others.append(("has rules, whose events aren’t known", LayerColour.unknown))
    }
    meaning.others.append(("no rule", LayerColour.none))
    return meaning
  }

  func legend(darkest: Int) -> [(label: String, color: String)] {
    let prefix = kind.map { "\($0), " } ?? ""
    return [("\(prefix)1 \(unit)", palest), ("\(prefix)\(darkest) \(unit)s or more", deepest)] + others
  }
}

private func layer(
  _ rows: [LayerRow], of meaning: LayerMeaning, matrix: AttackMatrix, target: AttackTarget? = nil, title: String,
  generator: String
) -> [UInt8] {
  let darkest = upperTenth(of: rows.compactMap { $0.isEnabled ? $0.score : nil })
  var json = JSONWriter()
  json.object { json in
    json.string("name", title)
    json.object("versions") { json in
      // The Navigator accepts only major versions: "19" for 19.2.
      json.string("attack", String(matrix.version.prefix { $0 != "." }))
      json.string("navigator", "5.1.0")
      json.string("layer", "4.5")
    }
    json.string("domain", matrix.domain)
    json.string("description", "\(meaning.description)\(AttackTarget.description(of: target)) Made by \(generator).")
    json.number("sorting", 0)
    json.object("layout") { json in
      json.string("layout", "side")
      json.bool("showID", true)
      json.bool("showName", true)
      // The scores already include those of sub-techniques.
      json.bool("showAggregateScores", false)
      json.string("expandedSubtechniques", "none")
    }
    json.newLine()
    json.array("techniques") { json in
      for row in rows {
        for case let tactic? in row.technique.tactics.map({ matrix.tactic($0) }) {
          json.newLine()
          json.object { json in
            json.string("techniqueID", row.technique.id.description)
            json.string("tactic", tactic.shortName)
            if let score = row.score { json.number("score", score) }
            json.optionalString("color", row.color)
            json.string("comment", row.comment + AttackTarget.note(on: row.technique.id, in: target))
            if !row.isEnabled { json.bool("enabled", false) }
            json.bool("showSubtechniques", false)
          }
        }
      }
    }
    json.newLine()
    json.object("gradient") { json in
      json.strings("colors", [meaning.palest, meaning.deepest])
      json.number("minValue", 1)
      json.number("maxValue", darkest)
    }
    json.array("legendItems") { json in
      for (label, color) in meaning.legend(darkest: darkest) {
        json.object { json in
          json.string("label", label)
          json.string("color", color)
        }
      }
    }
    json.bool("hideDisabled", false)
    json.bool("selectTechniquesAcrossTactics", true)
    json.bool("selectSubtechniquesWithParent", false)
  }
  json.newLine()
  return json.bytes
}

/// The smallest score that nine in ten don't exceed; at least 2, since a gradient needs two ends.
private func upperTenth(of scores: [Int]) -> Int {
  let sorted = scores.sorted()
  return max(2, sorted.isEmpty ? 2 : sorted[(sorted.count * 9 + 9) / 10 - 1])
}
