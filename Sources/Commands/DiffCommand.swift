import Analysis
import ArgumentParser
import Attack
import Diagnostics
import Reading
import Reports
import RuleModel

/// `ruledex diff`: what changed between two states of a catalog.
struct DiffCommand: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, markdown
  }

  /// What a pipeline can forbid.
  enum Gate: String, ExpressibleByArgument, CaseIterable {
    case lostTechnique = "lost-technique"
    case lostEvent = "lost-event"
    case removedRule = "removed-rule"
    case newFinding = "new-finding"
    case newError = "new-error"
    case blindTechnique = "blind-technique"
    case blindRule = "blind-rule"
  }

  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Shows what changed between two states of the rules.",
    discussion: """
      OLD and NEW are folders or files of rules, a ruledex.yml for the rules that it names, a catalog.json that 'ruledex build' made, or \
      git:REV, git:REV:path. Without a path, git:REV is the folder or file of the other side as it was then: 'ruledex diff git:main \
      ruledex.yml' compares the rules that the configuration named on main with those that it names now. Rules are the same if their ids are, \
      wherever they have moved. If the two sides use different versions of ATT&CK, revoked ids on both sides count as those that \
      replaced them.

      With telemetry, it also shows which rules and techniques went blind, woke up or became partly blind, and why. A catalog.json keeps what was \
      collected when it was made; for rules, --telemetry or the key 'telemetry' of a configuration says so.

      Exit codes: 0 fine, whether anything changed or not; 1 something that --fail-on names; 2 wrong usage or unreadable input.
      """)

  @Argument(help: ArgumentHelp("The state before.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The state after.", valueName: "new"))
  var new: String

  @OptionGroup var options: ReadingOptions
  @OptionGroup var telemetry: TelemetryOptions

  @Option(help: "The form of the result: table, json or markdown.")
  var format = Format.table

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp(
      "Fail if there is one of these: lost-technique, lost-event, removed-rule, new-finding, new-error, blind-technique, blind-rule (the last two: gone blind); comma-separated.",
      valueName: "names"))
  var failOn: GateList<Gate>?

  func run() async { await endingWithCode(compare) }

  private func compare(_ terminal: Terminal) async throws(InputError) -> Ending {
    // Both at once: either one alone sometimes leaves a core idle.
    async let reading = Result.of { () async throws(InputError) in try await state(old, besides: new, terminal) }
    let result = await Result.of { () async throws(InputError) in try await state(new, besides: old, terminal) }
    let before = try await reading.get()
    let after = try result.get()
    terminal.endProgress()
    before.collected?.report(on: terminal)
    // Both sides usually have the same files.
    if let collected = after.collected, collected.findings != before.collected?.findings {
      collected.report(on: terminal)
    }
    let changes = CatalogChanges(
      from: before.snapshot, to: after.snapshot, attack: try matrix(before, after))
    switch format {
    case .json: try terminal.result(changesJSON(changes))
    case .markdown: try terminal.result(changesMarkdown(changes))
    case .table: try terminal.result(Terminal.harmlessLines(changesText(changes)))
    }
    let gates = failOn?.gates ?? []
    let broken = gates.compactMap { line(for: $0, changes) }
    for line in broken { terminal.note(line) }
    let isDecided = changes.states != nil || !gates.contains { $0 == .blindRule || $0 == .blindTechnique }
    if !isDecided {
      terminal.note(
        "what went blind can't be decided: \(changes.telemetryRemark ?? "neither state says what is collected; name a telemetry file")"
      )
    }
    let isWhole = before.isTelemetryWhole && after.isTelemetryWhole && isDecided
    return Ending(isWhole ? broken.isEmpty ? 0 : 1 : 2, holding: (before, after))
  }

  private struct State {
    var snapshot: CatalogSnapshot
    /// The version of ATT&CK to compare the rules with; nil for a kept file.
    var matrix: AttackMatrix?
    /// What is collected; nil if that isn't known.
    var collected: CollectedTelemetry?

    /// Whether all of its telemetry files could be read.
    var isTelemetryWhole: Bool { collected?.isWhole ?? true }

    init(_ snapshot: CatalogSnapshot) { self.snapshot = snapshot }

    init(_ catalog: LoadedCatalog, _ visibility: VisibilityReview?) {
      snapshot = catalog.snapshot(visibility)
      matrix = catalog.knowledge.attack
    }
  }

  private func state(
    _ argument: String, besides other: String, _ terminal: Terminal
  ) async throws(InputError) -> State {
    guard GitRevision.isNamed(by: argument) else { return try await state(ofFiles: argument, terminal) }
    terminal.progress("Asking Git for \(argument) …")
    let besides = GitRevision.isNamed(by: other) ? nil : other
    if let path = GitRevision.path(namedBy: argument) ?? besides, configurations.isNamed(by: path) {
      let revision = try await GitRevision.checkedOut(argument, besides: besides, isWhole: true)
      return try await state(
        of: try await configurations.catalog(at: revision, or: besides ?? options.configurationPath, terminal))
    }
    let revision = try await GitRevision.checkedOut(argument, besides: besides)
    return try await state(ofFiles: revision.path, terminal)
  }

  /// Sides that are configurations are read with the knowledge of the current one, or if there is none, of the default
  /// configuration.
  private var configurations: ComparedConfiguration {
    var options = options
    let plain = [new, old].first {
      !GitRevision.isNamed(by: $0) && ComparedConfiguration(options: options).isNamed(by: $0)
    }
    if options.config == nil { options.config = plain }
    return ComparedConfiguration(options: options)
  }

  private func state(ofFiles path: String, _ terminal: Terminal) async throws(InputError) -> State {
    if path.hasSuffix(".json") {
      return State(try CatalogSnapshot(readingJSON: try InputFile.bytes(of: path), path: path))
    }
    if configurations.isNamed(by: path) {
      return try await state(of: try await configurations.catalog(of: path, terminal))
    }
    return try await state(of: try await LoadedCatalog.load([path], options, terminal: terminal))
  }

  private func state(of catalog: LoadedCatalog) async throws(InputError) -> State {
    guard let collected = try telemetry.read(catalog) else { return State(catalog, nil) }
    let view = await TelemetryView(collected.telemetry, catalog.index, catalog.knowledge, jobs: options.threads)
    var catalog = catalog
    catalog.add(view.visibility)
    var state = State(catalog, view.visibility)
    state.collected = collected
    return state
  }

  /// The version of ATT&CK in which both sides are compared.
  private func matrix(_ old: State, _ new: State) throws(InputError) -> AttackMatrix {
    let releases = [old.snapshot.attack, new.snapshot.attack]
    if let loaded = new.matrix ?? old.matrix { return try Knowledge.matrix(for: releases, loaded: loaded) }
    let configured = try LoadedCatalog.configuration(of: options).attack
    let files = try KnowledgeFiles(attack: options.attack ?? configured, events: [], fields: [])
    return try Knowledge.matrix(for: releases, loaded: try Knowledge.matrix(from: files.attack))
  }

  /// The line with a gate's findings and their locations; nil if the gate passes.
  private func line(for gate: Gate, _ changes: CatalogChanges) -> String? {
    let found: [String] =
      switch gate {
      case .lostTechnique: changes.techniques.lost.map(\.description)
      case .lostEvent: changes.events.lost.map { "\($0.provider) \($0.name)" }
      case .removedRule: changes.removed.map(\.source)
      case .newFinding: changes.newFindings.filter { $0.severity != .note }.map { $0.description(spelled: .published) }
      case .blindTechnique:
        changes.states?.techniques.filter { $0.kind == .wentBlind }.map { "\($0.technique) (\($0.reason))" } ?? []
      case .blindRule:
        changes.states?.rules.filter { $0.kind == .wentBlind }.map { "\($0.new.source) (\($0.reason))" } ?? []
      case .newError: changes.newFindings.filter { $0.severity == .error }.map { $0.description(spelled: .published) }
      }
    return gateLine(gate.rawValue, found)
  }
}
