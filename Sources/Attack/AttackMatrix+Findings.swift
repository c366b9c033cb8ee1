import Diagnostics
import RuleModel
import Text

extension AttackMatrix {
  /// What to tell of a tag that names nothing active; nil for the others.
  ///
  /// - Parameter techniques: the rule's, which tell what its author may have meant.
  func finding(on tag: AttackTag, in file: SourceFile, techniques: [TechniqueID]) -> Diagnostic? {
    let place = SourceLocation(file, at: tag.span)
    let target = meaning(of: tag.target)
    switch target {
    case .technique(let id):
      let parent = id.parent.flatMap { technique($0) }.flatMap { $0.isActive ? $0 : nil }
      if technique(id) == nil, let other = OtherDomain(of: id), other.rawValue != domain {
        return Diagnostic(
          .attackUnknown, at: place,
          "\(id) is a technique of ATT&CK for \(other.name), which \(title) doesn't have; remove it, or write the technique of this matrix that fits"
        )
      }
      let advice = parent.map { "correct it, or write \($0.id) (\($0.name))" } ?? "correct it"
      // A name was written for the id.
      let subject = if case .name(let name) = tag.target { "'\(shortened(name))' (\(id))" } else { "\(id)" }
      return finding(on: id, subject, resolve(id), at: place, advice: advice) { technique($0)?.name }
    case .object(let id):
      if let word = id.kind.uncounted {
        let message =
          "\(id) is \(word), which isn't looked up and covers no technique; remove it, or name the technique"
        return Diagnostic(.attackUnknown, at: place, severity: .note, message)
      }
      return finding(on: id, "\(id)", resolve(id), at: place, advice: "correct it") { object($0)?.name }
    case .tacticName(let name):
      guard tactic(named: name) == nil else { return nil }
      return Diagnostic(.attackUnknown, at: place, message(onUnknown: name, in: TacticSpelling(of: tag), techniques))
    case .name(let name): return Diagnostic(.attackUnknown, at: place, message(onUnknownName: name))
    }
  }

  private func message(onUnknownName name: String) -> String {
    let ids = names.value.techniques(named: name)
    guard ids.isEmpty else {
      return "'\(shortened(name))' is the name of \(listed(ids.map(\.description), "and")); write the id"
    }
    let near = nearestName(to: name, in: tactics.map(\.name) + techniques.filter(\.isActive).map(\.name))
    return "'\(shortened(name))' is neither a tactic nor a technique of \(title); "
      + (near.map { "did you mean '\($0)'?" } ?? "correct it, or write an id")
  }

  private func finding<ID>(
    on id: ID, _ subject: String, _ resolution: AttackResolution<ID>, at place: SourceLocation, advice: String,
    name: (ID) -> String?
  ) -> Diagnostic? {
    switch resolution {
    case .active(id): nil
    case .active(let active):
      Diagnostic(
        .attackRevoked, at: place, "\(subject) is revoked in \(title); write \(active) (\(name(active) ?? ""))")
    case .deprecated:
      Diagnostic(
        .attackDeprecated, at: place,
        "\(id) (\(name(id) ?? "")) is deprecated in \(title) without a replacement; choose another")
    case .unknown: Diagnostic(.attackUnknown, at: place, "\(id) is not in \(title); \(advice)")
    }
  }

  private func message(onUnknown name: String, in spelling: TacticSpelling, _ techniques: [TechniqueID]) -> String {
    if let retired = retiredTactic(named: name) {
      return "the tactic '\(spelling.name(retired.name, name))' ended with ATT&CK \(retired.endedIn); "
        + advice(on: retired, in: spelling, techniques)
    }
    let start = "'\(shortened(name))' is neither a tactic nor an id of \(title); "
    if let id = techniqueMeant(by: name) { return start + "write '\(id.description.lowercased())'" }
    if name.contains(",") { return start + "write each tag as a separate entry" }
    guard let nearest = nearestName(to: name, in: tactics.map(\.shortName) + retiredTactics.map(\.shortName)) else {
      return start + "correct it"
    }
    guard let retired = retiredTactic(named: nearest) else { return start + "write '\(nearest)'" }
    return start + "if you mean '\(nearest)', which ended with ATT&CK \(retired.endedIn), "
      + advice(on: retired, in: spelling, techniques)
  }

  private func advice(
    on retired: RetiredTactic, in spelling: TacticSpelling, _ techniques: [TechniqueID]
  ) -> String {
    func list(_ tactics: [Tactic], _ conjunction: String) -> String {
      listed(tactics.map { "'\(spelling.name($0.name, $0.shortName))'" }, conjunction)
    }
    let successors = successors(of: retired)
    let meant = self.successors(of: retired, meantBy: techniques)
    if !meant.isEmpty { return "write \(list(meant, "and")), where the rule's techniques are now" }
    return successors.isEmpty ? "remove it" : "write \(list(successors, "or")), whichever fits"
  }

  /// The technique whose id was written in another form: without its `t`, with another mark before the sub-technique's number or too few
  /// digits in it, with a space.
  private func techniqueMeant(by name: String) -> TechniqueID? {
    var digits = name.utf8.filter { $0 > UInt8(ascii: " ") }.drop { $0 == UInt8(ascii: ".") }
    if let first = digits.first, first | 0x20 == UInt8(ascii: "t") { digits.removeFirst() }
    let parts = digits.split(omittingEmptySubsequences: false) { "./-_,".utf8.contains($0) }
    guard parts.count <= 2, digits.count <= 8, parts[0].count == 4 else { return nil }
    var text = "T" + String(decoding: parts[0], as: UTF8.self)
    if parts.count == 2 {
      guard (1...3).contains(parts[1].count) else { return nil }
      text += "." + String(repeating: "0", count: 3 - parts[1].count) + String(decoding: parts[1], as: UTF8.self)
    }
    return TechniqueID(text).flatMap { technique($0)?.id }
  }
}

/// How a tag spells the names of tactics, which advice on it follows.
private enum TacticSpelling {
  /// `defense-impairment`
  case short
  /// `Defense Impairment`
  case whole
  /// `DefenseImpairment`
  case joined

  init(of tag: AttackTag) {
    if case .name = tag.target {
      self = .whole
    } else {
      self =
        tag.written.contains(where: \.isUppercase) && !tag.written.contains(where: { "-_".contains($0) })
        ? .joined : .short
    }
  }

  func name(_ whole: String, _ short: String) -> String {
    switch self {
    case .short: short
    case .whole: whole
    case .joined: whole.filter { $0 != " " }
    }
  }
}

extension AttackObjectID.Kind {
  /// What it is called, where Sigma's tags may name it and coverage has no use for it.
  fileprivate var uncounted: String? {
    switch self {
    case .tactic, .group, .software, .campaign: nil
    case .mitigation: "a mitigation"
    case .asset: "an asset"
    case .dataSource: "a data source"
    case .dataComponent: "a data component"
    case .detectionStrategy: "a detection strategy"
    case .analytic: "an analytic"
    }
  }
}
