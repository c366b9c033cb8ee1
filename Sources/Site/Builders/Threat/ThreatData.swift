import Analysis
import Attack
import RuleModel

/// `assets/threats.js`: the data with which the page's script compares groups, campaigns and software.
///
/// Of techniques: `ids`, `names`, `tactics` (the index of the first of each), `states` (an index of `words`), `rules`
/// (how many count) and `pages` (1 if it has a page). `tactics` are names in matrix order; `words` are each state's
/// class, its word, and 1 if it counts as found. Of threats: `ids`, `names`, `aliases`, and the techniques that
/// each uses, as indices. Numbers and texts are packed as ``PackedNumbers`` and ``PackedTexts`` describe.
struct ThreatData: Sendable {
  private let content: SiteContent
  private let map: SiteMap

  init(_ content: SiteContent, _ map: SiteMap) { (self.content, self.map) = (content, map) }

  private static let states: [TechniqueState] = [.runs, .partly, .covered, .blind, .none]

  var script: [UInt8] {
    let hasTelemetry = content.collected != nil
    let rows = content.review.coverage.techniques
    let numbers = Dictionary(rows.enumerated().map { ($1.technique.id, $0) }, uniquingKeysWith: { first, _ in first })
    let matrix = content.attack
    let tacticNumbers = Dictionary(
      matrix.tactics.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    func packed(_ number: (CoverageReview.TechniqueRow) -> Int) -> ScriptValue {
      var packed = PackedNumbers()
      for row in rows { packed.add(number(row)) }
      return packed.value
    }
    let threats = map.threats.pages
    var uses = PackedNumbers()
    for threat in threats { uses.add(ascending: threat.techniques.compactMap { numbers[$0] }.sorted()) }
    let words = ThreatData.states.map { state in
      let mark: StateMark = hasTelemetry ? StateMark(state) : state.isCovered ? .covered : .none
      let isFound = hasTelemetry ? state.canFire : state.isCovered
      return ScriptValue.list([.text(mark.rawValue), .text(mark.word), .number(isFound ? 1 : 0)])
    }
    let value = ScriptValue.map([
      ("tactics", .list(matrix.tactics.map { .text($0.name) })), ("words", .list(words)),
      (
        "techniques",
        .map([
          ("ids", PackedTexts(rows.map { $0.technique.id.description }).value),
          ("names", PackedTexts(rows.map { matrix.fullName(of: $0.technique.id) }).value),
          ("tactics", packed { $0.technique.tactics.first.flatMap { tacticNumbers[$0] } ?? 0 }),
          ("states", packed { ThreatData.states.firstIndex(of: $0.state) ?? 0 }),
          ("rules", packed { $0.rules.count }),
          ("pages", packed { map.technique($0.technique.id, from: .compare) == nil ? 0 : 1 }),
        ])
      ),
      (
        "threats",
        .map([
          ("ids", PackedTexts(threats.map { $0.id.description }).value),
          ("names", PackedTexts(threats.map(\.name)).value),
          ("aliases", .list(threats.map { .list($0.aliases.map(ScriptValue.text)) })), ("uses", uses.value),
        ])
      ),
    ])
    return value.script(naming: "ruledexThreats")
  }
}
