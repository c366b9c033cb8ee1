package import Diagnostics
package import RuleModel
import Text

extension AttackMatrix {
  /// What a definition of a scope means in this version of ATT&CK.
  ///
  /// A technique is in scope if it has one of the platforms, is among the techniques of the targets, and neither it, its technique nor
  /// all of its tactics are excluded. An accepted technique leaves the scope with its sub-techniques, of which each may have an entry
  /// of its own, until its date has passed.
  ///
  /// - Parameters:
  ///   - targets: what the targets of the definition are; nil if it has none.
  ///   - day: decides whether dates have passed; without it, none has.
  /// - Returns: the scope, and what is to be fixed in its definition. With an error among it, the scope can't be used.
  package func scope(
    _ definition: ScopeDefinition, targets: AttackTarget?, on day: CalendarDate?
  ) -> (scope: Scope, findings: [Diagnostic]) {
    var reader = ScopeReader(matrix: self, definition: definition)
    let platforms = reader.platforms()
    let excluded = reader.excluded()
    let accepted = reader.accepted(on: day)
    let entries = Dictionary(accepted.map { ($0.technique, $0) }, uniquingKeysWith: { first, _ in first })

    var exclusions: [TechniqueID: Scope.Exclusion] = [:]
    for technique in techniques where technique.isActive {
      let family = [technique.id] + (technique.id.parent.map { [$0] } ?? [])
      if let id = family.first(where: excluded.techniques.contains) {
        exclusions[technique.id] = .excluded([id.description])
      } else if technique.tactics.allSatisfy(excluded.tactics.contains) {
        exclusions[technique.id] = .excluded(technique.tactics.map(\.description))
      } else if let platforms, !technique.platforms.isEmpty, platforms.isDisjoint(with: technique.platforms) {
        exclusions[technique.id] = .platform(technique.platforms)
      } else if let targets, targets.origins[technique.id] == nil {
        exclusions[technique.id] = .target
      } else if let gap = family.lazy.compactMap({ entries[$0] }).first, gap.isOver != true {
        exclusions[technique.id] = .accepted(gap)
      }
    }
    if let first = definition.limits.first, !reader.findings.contains(where: { $0.severity == .error }),
      techniques.allSatisfy({ !$0.isActive || exclusions[$0.id].map { $0.acceptance == nil } ?? false })
    {
      reader.report(first, "the scope leaves no technique of \(title); use fewer restrictions")
    }
    let parts = [
      platforms.map { $0.sorted(by: inByteOrder).joined(separator: ", ") }, targets?.title,
      excluded.names.isEmpty ? nil : "without \(excluded.names.joined(separator: ", "))",
    ].compactMap { $0 }
    let scope = Scope(
      title: parts.isEmpty ? nil : parts.joined(separator: "; "), accepted: accepted, exclusions: exclusions)
    return (scope, reader.findings.sorted())
  }
}

extension ScopeDefinition {
  /// What it limits the scope to.
  fileprivate var limits: [Entry] { platforms + targets + exclude }
}

/// Compares the entries of a definition with a version of ATT&CK.
private struct ScopeReader {
  let matrix: AttackMatrix
  let definition: ScopeDefinition
  var findings: [Diagnostic] = []

  /// nil if the definition names none.
  mutating func platforms() -> Set<String>? {
    guard !definition.platforms.isEmpty else { return nil }
    let all = Set(matrix.techniques.lazy.filter(\.isActive).flatMap(\.platforms)).sorted(by: inByteOrder)
    var found: Set<String> = []
    for entry in definition.platforms {
      if let platform = all.first(where: { $0.lowercased() == entry.text.lowercased() }) {
        found.insert(platform)
      } else {
        report(
          entry, suggestion(for: entry.text, near: all) ?? "they are \(all.joined(separator: ", "))", "platform")
      }
    }
    return found
  }

  mutating func excluded() -> (tactics: Set<AttackObjectID>, techniques: Set<TechniqueID>, names: [String]) {
    var tactics: Set<AttackObjectID> = []
    var techniques: Set<TechniqueID> = []
    var names: [String] = []
    for entry in definition.exclude {
      if let tactic = tactic(entry.text) {
        tactics.insert(tactic.id)
        names.append("\(tactic.name) (\(tactic.id))")
      } else if let id = technique(entry, "tactic or technique") {
        techniques.insert(id)
        names.append(id.description)
      }
    }
    return (tactics, techniques, names)
  }

  mutating func accepted(on day: CalendarDate?) -> [AcceptedGap] {
    var known: Set<TechniqueID> = []
    var gaps: [AcceptedGap] = []
    for acceptance in definition.accepted {
      guard let id = technique(acceptance.technique, "technique") else { continue }
      guard known.insert(id).inserted else {
        report(acceptance.technique, "\(id) is accepted twice; keep one of the entries")
        continue
      }
      let location = definition.location(of: acceptance.technique)
      let gap = AcceptedGap(id, acceptance, at: location, on: day)
      gaps.append(gap)
      if gap.isOver == true, let until = gap.until {
        findings.append(
          Diagnostic(
            .acceptedGap, at: location,
            "the acceptance of \(id) \(matrix.technique(id)?.name ?? "")\(gap.owner.map { " by \(shortened($0))" } ?? "") ended on \(until), so that it counts again; close the gap, or set a new date"
          ))
      }
    }
    return gaps
  }

  /// By id or name, in any case.
  private func tactic(_ text: String) -> Tactic? {
    let name = text.lowercased().replacing(" ", with: "-").replacing("_", with: "-")
    return AttackObjectID(text.uppercased()).flatMap(matrix.tactic) ?? matrix.tactic(named: name)
      ?? matrix.tactics.first { $0.name.lowercased() == text.lowercased() }
  }

  /// An active technique by its id, or the one that replaced it.
  private mutating func technique(_ entry: ScopeDefinition.Entry, _ what: String) -> TechniqueID? {
    let written = TechniqueID(entry.text.uppercased())
    switch written.map({ matrix.resolve($0) }) {
    case .active(let id)?:
      if let written, written != id {
        add(.attackRevoked, entry, "\(written) was revoked; write \(id), which counts for it")
      }
      return id
    case .deprecated?:
      add(.attackDeprecated, entry, "\(entry.text) was deprecated without a replacement; remove it")
    case .unknown?, nil:
      let ids = matrix.techniques.lazy.filter(\.isActive).map(\.id.description)
      let tactics = what == "technique" ? [] : matrix.tactics.flatMap { [$0.id.description, $0.name] }
      report(entry, suggestion(for: entry.text, near: tactics + ids) ?? "write an id such as T1583", what)
    }
    return nil
  }

  private func suggestion(for text: String, near names: [String]) -> String? {
    nearestName(to: text, in: names).map { "did you mean '\($0)'?" }
  }

  private mutating func report(_ entry: ScopeDefinition.Entry, _ advice: String, _ what: String) {
    report(entry, "\(matrix.title) has no \(what) '\(shortened(entry.text))'; \(advice)")
  }

  mutating func report(_ entry: ScopeDefinition.Entry, _ message: String) { add(.attackScope, entry, message) }

  private mutating func add(_ id: CheckID, _ entry: ScopeDefinition.Entry, _ message: String) {
    findings.append(Diagnostic(id, at: definition.location(of: entry), message))
  }
}
