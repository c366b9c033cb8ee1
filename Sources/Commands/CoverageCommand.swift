import Analysis
import ArgumentParser
import Attack
import Diagnostics
import Reports
import RuleModel

/// `ruledex coverage`: what the rules cover of ATT&CK.
struct CoverageCommand: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv, xml, navigator
  }

  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "Tells what the rules cover of ATT&CK.",
    discussion: """
      Deprecated and unsupported rules don't count, nor do correlations and filters. A technique is covered by its own rules and its \
      sub-techniques'. With --telemetry, techniques run or are blind, by the best of their rules. json, xml and navigator hold the whole review; table and csv list it by what --by says.

      Exit codes: 0 fine; 1 coverage below --fail-under; 2 wrong usage or unreadable input.
      """)

  @OptionGroup var input: CatalogOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var telemetry: TelemetryOptions

  @Option(help: "List by technique, tactic, event, logsource or dialect.")
  var by = CoverageDimension.tactic

  @Option(help: "The form of the result: table, json, csv, xml or navigator.")
  var format = Format.table

  @Option(
    name: .customLong("fail-under"),
    help: ArgumentHelp(
      "Fail if fewer than so many percent of the techniques are covered; with --telemetry, run.", valueName: "percent"))
  var failUnder: Double?

  func validate() throws {
    if let failUnder, !(0...100).contains(failUnder) {
      throw ValidationError("--fail-under takes a number from 0 to 100")
    }
  }

  func run() async throws { try await endingWithCode(review) }

  /// - Returns: the exit code.
  private func review(_ terminal: Terminal) async throws(InputError) -> Int32 {
    let catalog = try await LoadedCatalog.load(input, terminal: terminal)
    let matrix = catalog.knowledge.attack
    let scope = try target.scope(in: matrix, terminal)
    let collected = try await telemetry.view(catalog, jobs: input.threads, terminal)
    terminal.endProgress()
    let review = CoverageReview(
      of: catalog.index, attack: matrix, events: catalog.knowledge.events,
      strategies: catalog.knowledge.strategies, scope: scope?.techniques,
      telemetry: collected?.view)
    try write(review, catalog, target: scope, to: terminal)
    guard let failUnder else { return 0 }
    let totals = review.totals
    let isMet = Double(review.found) * 100 >= failUnder * Double(totals.techniques)
    let share =
      "\(review.found) of \(totals.techniques) techniques\(scope.map { " of \($0.title)" } ?? "") \(review.hasTelemetry ? "run" : "are covered") (\(percent(review.found, of: totals.techniques)))"
    if !isMet { terminal.note("coverage gate not met: \(share), and --fail-under asks for \(failUnder) %") }
    return isMet ? 0 : 1
  }

  private func write(
    _ review: CoverageReview, _ catalog: LoadedCatalog, target: AttackTarget?, to terminal: Terminal
  ) throws(InputError) {
    let (matrix, title) = (catalog.knowledge.attack, target?.title)
    func key(_ rule: Int) -> RuleKey { catalog.index.rules[rule].key }
    switch format {
    case .json: try terminal.result(coverageJSON(review, matrix: matrix, target: target, key: key))
    case .xml: try terminal.result(coverageXML(review, matrix: matrix, target: target, key: key))
    case .csv: try terminal.result(coverageTable(review, by: by, target: target).csv)
    case .navigator:
      try terminal.result(
        coverageLayer(
          review, matrix: matrix, target: target, title: title ?? catalog.configuration.title, generator: generator))
    case .table:
      let totals = review.totals
      try terminal.result(Terminal.harmlessLines(coverageTable(review, by: by, target: target).text))
      try terminal.result(
        """

        \(title.map { "\($0): " } ?? "")\(totals.covered) of \(totals.techniques) techniques of \(matrix.title) covered (\(percent(totals.covered, of: totals.techniques))) by \(totals.covering) of \(totals.rules) rules\(review.hasTelemetry ? "; \(totals.runs) run (\(percent(totals.runs, of: totals.techniques))), \(totals.blind) are blind" : "")
        """)
      if let target { try terminal.result("Of these techniques, \(target.words).") }
    }
  }
}

extension CoverageDimension: ExpressibleByArgument {}
