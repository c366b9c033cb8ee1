import Analysis
import Attack
import Diagnostics
import Documents
import Files
import Reports
import RuleModel
import Site
import Text

/// The input of the site's review: what is collected, other people's rules, earlier states of the catalog. It keeps
/// what was read, so that reading again costs no more than what changed.
struct ReviewSource: Sendable {
  private struct KeptFile: Equatable, Sendable {
    var name: String
    var path: String
    var bytes: [UInt8]
  }

  /// Earlier states of the catalog.
  private struct KeptStates: Sendable {
    var files: [KeptFile]
    var kept: [SiteReview.Kept]
    var last: CatalogSnapshot
    /// The version of ATT&CK in which they are compared.
    var matrix: AttackMatrix
  }

  private var telemetry: (files: TelemetryFiles, collected: CollectedTelemetry)?
  private var baseline: Baseline?
  /// What the baseline's rules would see of the collected events; nil without telemetry.
  private var baselineStates: RuleColumn<RuleState>?
  /// The files that the telemetry file named when it was last read, whether or not they could be understood.
  private(set) var collectorFiles: [String] = []
  private var history: KeptStates?
  private var scope: (scope: Scope?, findings: [Diagnostic]) = (nil, [])
  /// Which findings are reported.
  private var checks = CheckSettings()
  /// A number that changes when a reading finds something different from the previous one.
  private(set) var version = 0

  /// Reads what the configuration names. Other people's rules are read only once, as a checkout of them is assumed not
  /// to change.
  ///
  /// - Parameter day: decides whether the dates of accepted gaps have passed; without it, none has.
  /// - Throws: if something can't be read, or is invalid.
  mutating func read(
    _ configuration: Configuration, _ knowledge: Knowledge, on day: CalendarDate? = nil, jobs: Int, terminal: Terminal
  ) async throws(InputError) {
    checks = configuration.checks
    let defined = try ScopeSource(configuration, knowledge.attack, on: day)
    if defined.scope != scope.scope || defined.findings != scope.findings {
      version += 1
      scope = (defined.scope, defined.findings)
      terminal.report(defined.findings)
    }
    let files = try configuration.telemetry.map { path throws(InputError) in try TelemetryFiles(reading: path) }
    collectorFiles = files?.places ?? []
    if files != telemetry?.files {
      version += 1
      baselineStates = nil
      telemetry = try files.map { files throws(InputError) in
        let collected = try files.collected(map: knowledge.events)
        collected.applying(configuration.checks).report(on: terminal)
        return (files, collected)
      }
    }
    if configuration.baseline != baseline?.paths ?? [] {
      version += 1
      baselineStates = nil
      baseline =
        configuration.baseline.isEmpty ? nil : try await Baseline(configuration.baseline, knowledge, jobs: jobs)
      terminal.report(checks.applied(to: baseline?.notes ?? []))
    }
    if baselineStates == nil, let telemetry = telemetry?.collected.telemetry, let baseline = baseline?.index {
      baselineStates = await TelemetryView(telemetry, baseline, knowledge, jobs: jobs).collected.states
    }
    let kept = try ReviewSource.keptFiles(configuration.history)
    if kept != history?.files ?? [] {
      version += 1
      history = try ReviewSource.history(of: kept, knowledge.attack)
    }
  }

  /// Errors that prevent a part of the telemetry files from being read.
  var errors: [Diagnostic] { telemetry?.collected.errors ?? [] }

  /// Discards everything that depends on the knowledge, which has changed.
  mutating func forgetWhatDependsOnKnowledge() { (telemetry, baseline, baselineStates, history) = (nil, nil, nil, nil) }

  /// What was reported about the scope, the telemetry and other people's rules while reading.
  var remarks: [Diagnostic] {
    scope.findings + (telemetry?.collected.applying(checks).findings ?? [])
      + checks.applied(to: baseline?.notes ?? [])
  }

  /// What is collected, and what a catalog's rules see of it; nil if that isn't known.
  func telemetryView(of catalog: LoadedCatalog, jobs: Int) async -> TelemetryView? {
    guard let telemetry else { return nil }
    return await TelemetryView(telemetry.collected.telemetry, catalog.index, catalog.knowledge, jobs: jobs)
  }

  /// The content from which pages are made; the review itself is computed on demand.
  ///
  /// - Parameter catalog: receives what is wrong with its rules given what is collected.
  func siteContent(of catalog: inout LoadedCatalog, jobs: Int) async -> SiteContent {
    let view = await telemetryView(of: catalog, jobs: jobs)
    catalog.add(view?.visibility)
    let collected = view.flatMap { view in
      telemetry.map { SiteReview.Collected(view, name: lastPart(of: $0.files.path)) }
    }
    let review = OnDemand { [baseline, baselineStates, history, scope, catalog] in
      SiteReview(
        Review(
          of: catalog.index, catalog.knowledge, agreed: scope.scope, view: view, baseline: baseline?.index,
          states: baselineStates),
        collected: collected, baselineNames: baseline?.paths.map { lastPart(of: $0) } ?? [],
        history: history.map { history in
          let now = catalog.snapshot(view?.visibility)
          return SiteReview.History(
            kept: history.kept, now: CatalogTotals(now),
            changes: CatalogChanges(from: history.last, to: now, attack: history.matrix))
        })
    }
    return catalog.siteContent(collected, review)
  }

  // MARK: History

  /// The files at the given paths; for a folder, its `.json` files by name, so that files named by date are in order.
  private static func keptFiles(_ paths: [String]) throws(InputError) -> [KeptFile] {
    var files: [KeptFile] = []
    for path in paths {
      guard exists(path) else {
        throw InputError(
          .fileUnreadable, at: path, "there is no such file or folder; check 'history' in the configuration")
      }
      let isFile = path.hasSuffix(".json")
      guard isFile || isFolder(path) else {
        throw InputError(
          .fileUnreadable, at: path,
          "it is neither a folder nor a '.json' file; name a kept catalog.json, or a folder of them")
      }
      let names =
        isFile ? [path] : try InputFile.names(in: path).filter { $0.hasSuffix(".json") }.map { "\(path)/\($0)" }
      for place in names {
        files.append(
          KeptFile(name: String(lastPart(of: place).dropLast(5)), path: place, bytes: try InputFile.bytes(of: place)))
      }
    }
    return files
  }

  /// - Parameter loaded: the version of ATT&CK that the rules are compared with.
  private static func history(of files: [KeptFile], _ loaded: AttackMatrix) throws(InputError) -> KeptStates? {
    var snapshots: [CatalogSnapshot] = []
    for file in files { snapshots.append(try CatalogSnapshot(readingJSON: file.bytes, path: file.path)) }
    guard let last = snapshots.last else { return nil }
    let matrix = try Knowledge.matrix(for: snapshots.map(\.attack), loaded: loaded)
    // Figures for different versions of ATT&CK aren't comparable.
    let kept = zip(files, snapshots).map { file, snapshot in
      SiteReview.Kept(
        name: file.name,
        totals: CatalogTotals(snapshot.attack == loaded.release ? snapshot : snapshot.carried(to: matrix)))
    }
    return KeptStates(files: files, kept: kept, last: last, matrix: matrix)
  }
}

extension CatalogSnapshot {
  /// - Throws: if the bytes aren't a `catalog.json`.
  init(readingJSON bytes: [UInt8], path: String) throws(InputError) {
    do throws(DocumentError) {
      try self.init(parsingJSON: bytes)
    } catch {
      throw InputError([error.diagnostic(in: path)])
    }
  }
}

extension LoadedCatalog {
  /// The catalog in the form used for comparisons.
  ///
  /// - Parameter visibility: what the rules see of what is collected; nil if that isn't known.
  func snapshot(_ visibility: VisibilityReview?) -> CatalogSnapshot {
    CatalogSnapshot(
      index, diagnostics: reported, attack: knowledge.attack.release,
      collections: collection.collectionNames, visibility: visibility)
  }
}
