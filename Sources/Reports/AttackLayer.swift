import Analysis
import Attack
import RuleModel

/// `attack-layer.json`: what the catalogue covers of ATT&CK, for ATT&CK Navigator (layer format 4.5).
///
/// A technique's score is how many of its rules count: its own and its sub-techniques', as on its page. It stands once under each of
/// its tactics; techniques without a counted rule have no score and no shade. The shades end at the score that nine in ten
/// techniques don't exceed: a few have hundreds of rules, and up to these all others would look alike.
func attackLayer(_ content: ReportContent) -> [UInt8] {
  let matrix = content.matrix
  let covered = zip(matrix.techniques, content.index.techniques.techniques).filter { $1.isCovered }
  let darkest = upperTenth(of: covered.map(\.1.counted))
  var json = JSONWriter()
  json.object { json in
    json.string("name", content.title)
    json.object("versions") { json in
      // The Navigator knows whole versions only: "19" for 19.2.
      json.string("attack", String(matrix.version.prefix { $0 != "." }))
      json.string("navigator", "5.1.0")
      json.string("layer", "4.5")
    }
    json.string("domain", matrix.domain)
    json.string(
      "description",
      "How many detection rules cover each technique of \(matrix.title), those of its sub-techniques included; "
        + "deprecated and unsupported rules don’t count. Made by \(content.generator).")
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
      for (technique, counts) in covered {
        for case let tactic? in technique.tactics.map({ matrix.tactic($0) }) {
          json.newLine()
          json.object { json in write(technique, counts, under: tactic, to: &json) }
        }
      }
    }
    json.newLine()
    json.object("gradient") { json in
      json.strings("colors", [palest, deepest])
      json.number("minValue", 1)
      json.number("maxValue", darkest)
    }
    json.array("legendItems") { json in
      for (label, color) in [("1 rule", palest), ("\(darkest) rules or more", deepest)] {
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

/// The ends of the shades; the Navigator chooses dark or light letters by them.
private let palest = "#dbe9f6"
private let deepest = "#08519c"

private func write(
  _ technique: Technique, _ rules: TechniqueCoverage.Entry, under tactic: Tactic, to json: inout JSONWriter
) {
  json.string("techniqueID", technique.id.description)
  json.string("tactic", tactic.shortName)
  json.number("score", rules.counted)
  let words = "\(rules.counted) rule\(rules.counted == 1 ? "" : "s")"
  json.string(
    "comment",
    rules.ownCounted == rules.counted ? words : "\(words), \(rules.ownCounted) of them for the technique itself")
  json.bool("showSubtechniques", false)
}

/// The smallest score that nine in ten don't exceed; over 1, since a gradient needs two ends.
private func upperTenth(of scores: [Int]) -> Int {
  let sorted = scores.sorted()
  return max(2, sorted.isEmpty ? 2 : sorted[(sorted.count * 9 + 9) / 10 - 1])
}
