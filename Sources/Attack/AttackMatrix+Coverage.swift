package import Diagnostics
package import RuleModel
import Text

extension AttackMatrix {
  /// What a rule's tags mean in this version of ATT&CK.
  ///
  /// - Parameter file: the rule's, for the findings.
  package func coverage(of tags: [AttackTag], in file: SourceFile) -> AttackCoverage {
    var tally = Tally()
    for tag in tags {
      switch meaning(of: tag.target) {
      case .technique(let id):
        tally.take(id, as: resolve(id))
        if case .active(let active) = resolve(id) {
          tally.techniques[active, default: []].formUnion(active == id ? [] : [id])
        }
      case .object(let id):
        tally.take(id, as: resolve(id))
        if case .active(let active) = resolve(id) { tally.objects.insert(active) }
      case .tacticName(let name):
        if let tactic = tactic(named: name) {
          tally.objects.insert(tactic.id)
        } else {
          tally.unknown.insert(tag.written)
        }
      case .name: tally.unknown.insert(tag.written)
      }
    }
    var coverage = AttackCoverage()
    coverage.tactics = tactics.map(\.id).filter(tally.objects.contains)
    coverage.techniques = tally.techniques.keys.sorted()
    let objects = tally.objects.sorted()
    coverage.groups = objects.filter { $0.kind == .group }
    coverage.campaigns = objects.filter { $0.kind == .campaign }
    coverage.software = objects.filter { $0.kind == .software }
    coverage.revoked = tally.revoked.map { .init(written: $0, active: $1) }.sorted { $0.written < $1.written }
    coverage.deprecated = tally.deprecated.sorted()
    coverage.unknown = tally.unknown.sorted(by: inByteOrder)
    coverage.rows = rows(tagged: coverage.tactics, tally.techniques)
    coverage.findings = tags.compactMap { finding(on: $0, in: file, techniques: coverage.techniques) }.sorted()
    return coverage
  }

  /// A technique is under the tagged tactics that it belongs to; with none of them, under all of its own.
  private func rows(
    tagged: [AttackObjectID], _ techniques: [TechniqueID: Set<TechniqueID>]
  ) -> [AttackCoverage.Row] {
    var entries: [AttackObjectID: [AttackCoverage.Row.Entry]] = [:]
    for (id, revoked) in techniques {
      let own = technique(id)?.tactics ?? []
      let shared = own.filter(tagged.contains)
      for tactic in shared.isEmpty ? own : shared {
        entries[tactic, default: []].append(.init(technique: id, revoked: revoked.sorted()))
      }
    }
    return tactics.compactMap { tactic in
      guard tagged.contains(tactic.id) || entries[tactic.id] != nil else { return nil }
      return .init(
        tactic: tactic.id, techniques: entries[tactic.id, default: []].sorted { $0.technique < $1.technique })
    }
  }
}

/// What the tags of a rule came to so far.
private struct Tally {
  /// Active ones, with the revoked ids that count as them.
  var techniques: [TechniqueID: Set<TechniqueID>] = [:]
  var objects: Set<AttackObjectID> = []
  var revoked: [String: String] = [:]
  var deprecated: Set<String> = []
  var unknown: Set<String> = []

  mutating func take<ID>(_ id: ID, as resolution: AttackResolution<ID>) {
    switch resolution {
    case .active(let active): if active != id { revoked["\(id)"] = "\(active)" }
    case .deprecated: deprecated.insert("\(id)")
    case .unknown: unknown.insert("\(id)")
    }
  }
}
