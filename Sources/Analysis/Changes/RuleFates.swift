import RuleModel
import Text

/// What became of the rules that a technique depends on.
struct RuleFates {
  private let newByOld: [RuleKey: CatalogSnapshot.Entry]
  private let oldByNew: [RuleKey: CatalogSnapshot.Entry]
  private let changes: [RuleKey: StateChanges.RuleChange]

  init(
    _ old: CatalogSnapshot, _ new: CatalogSnapshot,
    _ rules: [(old: CatalogSnapshot.Entry, new: CatalogSnapshot.Entry)], _ changes: [StateChanges.RuleChange]
  ) {
    newByOld = Dictionary(rules.map { ($0.old.key, $0.new) }, uniquingKeysWith: { first, _ in first })
    oldByNew = Dictionary(rules.map { ($0.new.key, $0.old) }, uniquingKeysWith: { first, _ in first })
    self.changes = Dictionary(changes.map { ($0.new.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func change(
    of technique: TechniqueID, from before: [CatalogSnapshot.Entry], to after: [CatalogSnapshot.Entry]
  ) -> StateChanges.TechniqueChange? {
    let (old, new) = (TechniqueState(of: before.map(\.state)), TechniqueState(of: after.map(\.state)))
    guard let kind = StateChanges.Kind(from: old, to: new) else { return nil }
    let fates: [(key: RuleKey, words: String)] =
      switch kind {
      case .wentBlind: before.filter { $0.state == .runs || $0.state == .partly }.map { lost($0, technique) }
      case .becamePartlyBlind: before.filter { $0.state == .runs }.map { lost($0, technique) }
      case .wokeUp: after.filter { $0.state == .runs || $0.state == .partly }.map { gained($0, technique) }
      case .seesAll: after.filter { $0.state == .runs }.map { gained($0, technique) }
      }
    return StateChanges.TechniqueChange(
      kind: kind, technique: technique, old: old, new: new, reason: RuleFates.text(of: fates.map(\.words)),
      rules: fates.map(\.key))
  }

  /// The first of these parts, as many as are read at a glance, and how many more rules there are.
  private static func text(of parts: [String]) -> String {
    var (shown, size) = (0, 0)
    while shown < min(3, parts.count), shown == 0 || size + parts[shown].utf8.count <= 240 {
      size += parts[shown].utf8.count
      shown += 1
    }
    let more = parts.count > shown ? ["and \(counted(parts.count - shown, "more rule"))"] : []
    return (parts.prefix(shown) + more).joined(separator: "; ")
  }

  private func lost(_ entry: CatalogSnapshot.Entry, _ technique: TechniqueID) -> (key: RuleKey, words: String) {
    guard let new = newByOld[entry.key] else { return (entry.key, "'\(entry.title)' was removed") }
    if !new.isCounted { return (new.key, "'\(new.title)' is no longer counted") }
    if !new.coveredTechniques.contains(technique) { return (new.key, "'\(new.title)' is no longer tagged with it") }
    return (new.key, "'\(new.title)': \(changes[new.key]?.reason ?? RuleFates.words(new.state))")
  }

  private static func words(_ state: KeptVisibility.State) -> String {
    switch state {
    case .runs: "it runs"
    case .partly: "it is partly blind"
    case .blind: "it is blind"
    case .unknown: "it has no known event"
    }
  }

  private func gained(_ entry: CatalogSnapshot.Entry, _ technique: TechniqueID) -> (key: RuleKey, words: String) {
    guard let old = oldByNew[entry.key] else { return (entry.key, "'\(entry.title)' was added") }
    if !old.isCounted { return (entry.key, "'\(entry.title)' is counted now") }
    if !old.coveredTechniques.contains(technique) { return (entry.key, "'\(entry.title)' is tagged with it now") }
    return (entry.key, "'\(entry.title)': \(changes[entry.key]?.reason ?? "it runs")")
  }
}
