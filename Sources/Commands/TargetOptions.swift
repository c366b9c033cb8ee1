import ArgumentParser
import Attack
import Diagnostics
import Files
import RuleModel

/// The options that select the techniques for a review.
struct TargetOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only these techniques: a group, campaign or software by its id, name or alias, a tactic or technique by its id, a Navigator layer, or a file of ids. May be repeated.",
      valueName: "id or file"))
  var target: [String] = []

  @Option(
    name: .customLong("target-via"),
    help: ArgumentHelp(
      "What else counts for a group or campaign given to --target: the techniques of its campaigns, of software that it uses, or of both; comma-separated. (default: only what it uses itself)",
      valueName: "campaigns,software"))
  var targetVia: TargetRoutes?

  @Option(help: ArgumentHelp("Only techniques of this tactic, by id or name. May be repeated.", valueName: "tactic"))
  var tactic: [String] = []

  @Option(help: ArgumentHelp("Only techniques of this platform, such as Windows. May be repeated.", valueName: "name"))
  var platform: [String] = []

  /// The techniques that meet the options of every kind; several options of one kind add up.
  ///
  /// - Returns: nil if there are no such options.
  /// - Throws: if a value names no technique.
  func scope(in matrix: AttackMatrix, _ terminal: Terminal) throws(InputError) -> AttackTarget? {
    try selection(in: matrix, terminal)?.scope
  }

  /// The techniques that meet the options of every kind, and those of each `--target` among them.
  struct Selection {
    var scope: AttackTarget
    var targets: [AttackTarget]
  }

  func selection(in matrix: AttackMatrix, _ terminal: Terminal) throws(InputError) -> Selection? {
    var scopes: [AttackTarget] = []
    var targets: [AttackTarget] = []
    if target.isEmpty, targetVia != nil {
      throw InputError(.attackTarget, at: "--target-via", "it has no effect without --target; name a group or campaign")
    }
    if !target.isEmpty {
      for text in target { targets.append(try TargetOptions.target(text, targetVia?.routes ?? [], matrix, terminal)) }
      scopes.append(AttackTarget.union(targets))
    }
    if !tactic.isEmpty {
      var targets: [AttackTarget] = []
      for name in tactic { targets.append(try TargetOptions.tactic(name, matrix)) }
      scopes.append(AttackTarget.union(targets))
    }
    if !platform.isEmpty {
      var targets: [AttackTarget] = []
      for name in platform { targets.append(try TargetOptions.platform(name, matrix)) }
      scopes.append(AttackTarget.union(targets))
    }
    guard let first = scopes.first else { return nil }
    let techniques = scopes.dropFirst().reduce(first.techniques) { $0.intersection($1.techniques) }
    let title = scopes.map(\.title).joined(separator: "; ")
    guard !techniques.isEmpty else {
      throw InputError(.attackTarget, at: title, "together they leave no technique; use fewer restrictions")
    }
    // The origin of a technique is the one from --target, if given.
    return Selection(
      scope: AttackTarget(title: title, origins: first.origins.filter { techniques.contains($0.key) }),
      targets: targets.map { target in
        AttackTarget(title: target.title, origins: target.origins.filter { techniques.contains($0.key) })
      })
  }

  private static func target(
    _ text: String, _ routes: Set<AttackTarget.Route>, _ matrix: AttackMatrix, _ terminal: Terminal
  ) throws(InputError) -> AttackTarget {
    if let named = matrix.target(named: text, via: routes) {
      guard !named.origins.isEmpty else {
        throw InputError(
          .attackTarget, at: text,
          "\(matrix.title) names no technique that it uses"
            + (routes.count < 2 ? "; --target-via campaigns,software adds those of its campaigns and software" : ""))
      }
      return named
    }
    guard exists(text) else {
      let near = nearestName(to: text, in: matrix.targetNames).map { "did you mean '\($0)'?" }
      throw InputError(
        .attackTarget, at: text, "it is neither an id or name of \(matrix.title) nor a file; \(near ?? "check it")")
    }
    let (target, findings) = try matrix.target(inFile: text, via: routes)
    terminal.report(findings)
    return target
  }

  private static func tactic(_ name: String, _ matrix: AttackMatrix) throws(InputError) -> AttackTarget {
    let slug = name.lowercased().replacing(" ", with: "-").replacing("_", with: "-")
    guard let tactic = AttackObjectID(name).flatMap(matrix.tactic) ?? matrix.tactic(named: slug) else {
      let names = matrix.tactics.map(\.shortName)
      throw InputError(
        .attackTarget, at: "--tactic",
        "\(matrix.title) has no tactic '\(name)'; \(nearestName(to: slug, in: names).map { "did you mean '\($0)'?" } ?? "the tactics are \(names.joined(separator: ", "))")"
      )
    }
    return AttackTarget(title: tactic.name, listed: matrix.techniques(in: tactic.id).map(\.id))
  }

  private static func platform(_ name: String, _ matrix: AttackMatrix) throws(InputError) -> AttackTarget {
    let platforms = Set(matrix.techniques.flatMap(\.platforms)).sorted()
    guard let platform = platforms.first(where: { $0.lowercased() == name.lowercased() }) else {
      throw InputError(
        .attackTarget, at: "--platform",
        "\(matrix.title) has no platform '\(name)'; \(nearestName(to: name, in: platforms).map { "did you mean '\($0)'?" } ?? "they are \(platforms.joined(separator: ", "))")"
      )
    }
    let techniques = matrix.techniques.filter { $0.isActive && $0.platforms.contains(platform) }
    return AttackTarget(title: platform, listed: techniques.map(\.id))
  }
}

/// `--target-via campaigns,software`.
struct TargetRoutes: ExpressibleByArgument {
  var routes: Set<AttackTarget.Route>

  init?(argument: String) {
    let parts = argument.split(separator: ",").map { AttackTarget.Route(rawValue: $0.filter { $0 != " " }) }
    guard !parts.isEmpty, parts.allSatisfy({ $0 != nil }) else { return nil }
    routes = Set(parts.compactMap { $0 })
  }

  static var allValueStrings: [String] { ["campaigns", "software", "campaigns,software"] }
}
