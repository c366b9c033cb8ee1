package import Analysis
package import Attack
import RuleModel

/// `attack-layer.json`: what the catalogue covers of ATT&CK, for ATT&CK Navigator (layer format 4.5).
///
/// A technique's score is how many of its rules count: its own and its sub-techniques', as on its page. It stands once under each of
/// its tactics; techniques without a counted rule have no score and no shade. The shades end at the score that nine in ten
/// techniques don't exceed: a few have hundreds of rules, and up to these all others would look alike.
func attackLayer(_ content: ReportContent) -> [UInt8] {
  let rows = zip(content.matrix.techniques, content.index.techniques.techniques).filter { $1.isCovered }
    .map { technique, rules in
      let words = "\(rules.counted) rule\(rules.counted == 1 ? "" : "s")"
      let own = "\(words), \(rules.ownCounted) of them for the technique itself"
      return LayerRow(
        technique: technique, score: rules.counted, comment: rules.ownCounted == rules.counted ? words : own)
    }
  return layer(
    rows, of: .rules(content.matrix), matrix: content.matrix, title: content.title, generator: content.generator)
}

/// `ruledex coverage --format navigator`: the same for a review, with the reason of each technique's state as its comment.
package func coverageLayer(
  _ review: CoverageReview, matrix: AttackMatrix, target: AttackTarget? = nil, title: String, generator: String
) -> [UInt8] {
  let rows = review.techniques.filter(\.state.isCovered).map { row in
    LayerRow(technique: row.technique, score: row.rules.count, comment: "\(row.state.rawValue): \(row.reason)")
  }
  return layer(rows, of: .rules(matrix), matrix: matrix, target: target, title: title, generator: generator)
}

/// `ruledex gaps --format navigator`: the gaps, scored by how many groups use each technique, with the reason as comment.
package func gapsLayer(_ content: GapsContent) -> [UInt8] {
  let rows = content.gaps.gaps.map { gap in
    LayerRow(technique: gap.row.technique, score: gap.groups, comment: "\(gap.reason.words): \(gap.row.reason)")
  }
  return layer(
    rows,
    of: LayerMeaning(
      description: "Techniques of \(content.matrix.title) that nothing finds, scored by how many groups use each.",
      unit: "group", palest: "#fde3d8", deepest: "#a63603"),
    matrix: content.matrix, target: content.target, title: content.scope ?? "Coverage gaps",
    generator: content.generator)
}

/// A technique of a layer.
private struct LayerRow {
  var technique: Technique
  var score: Int
  var comment: String
}

/// What the scores of a layer mean.
private struct LayerMeaning {
  var description: String
  /// What is counted: `rule`.
  var unit: String
  /// The ends of the shades; the Navigator chooses dark or light letters by them.
  var palest: String
  var deepest: String

  static func rules(_ matrix: AttackMatrix) -> LayerMeaning {
    LayerMeaning(
      description:
        "How many detection rules cover each technique of \(matrix.title), those of its sub-techniques included; "
        + "deprecated and unsupported rules don’t count.",
      unit: "rule", palest: "#dbe9f6", deepest: "#08519c")
  }
}

private func layer(
  _ rows: [LayerRow], of meaning: LayerMeaning, matrix: AttackMatrix, target: AttackTarget? = nil, title: String,
  generator: String
) -> [UInt8] {
  let darkest = upperTenth(of: rows.map(\.score))
  var json = JSONWriter()
  json.object { json in
    json.string("name", title)
    json.object("versions") { json in
      // The Navigator knows whole versions only: "19" for 19.2.
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
      // The scores hold those of sub-techniques already.
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
            json.number("score", row.score)
            json.string("comment", row.comment + AttackTarget.note(on: row.technique.id, in: target))
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
      for (label, color) in [
        ("1 \(meaning.unit)", meaning.palest), ("\(darkest) \(meaning.unit)s or more", meaning.deepest),
      ] {
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

/// The smallest score that nine in ten don't exceed; over 1, since a gradient needs two ends.
private func upperTenth(of scores: [Int]) -> Int {
  let sorted = scores.sorted()
  return max(2, sorted.isEmpty ? 2 : sorted[(sorted.count * 9 + 9) / 10 - 1])
}
