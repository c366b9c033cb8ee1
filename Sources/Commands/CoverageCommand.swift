import Analysis
import ArgumentParser
import Attack
import Diagnostics
import Reports
import RuleModel

/// `ruledex coverage`: how much of ATT&CK the rules cover.
struct CoverageCommand: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv, xml, navigator
  }

  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "Shows what the rules cover of ATT&CK.",
    discussion: """
      Deprecated and unsupported rules don't count, nor do correlations and filters. A technique is covered by its own rules and its \
      sub-techniques'. With --telemetry, techniques run, are partly blind or blind, by the best of their rules. json, xml and navigator \
      contain the complete review; table and csv list it by what --by says.

      With a scope in the configuration, totals, tactics and techniques are those in scope, and --fail-under checks these; beside them is the \
      share of all. --by scope lists what is left out, and why. An accepted gap whose date has passed counts again.

      --target, --tactic and --platform restrict everything that is listed. The figures of a technique, an event or a log source remain \
      those of the entire catalog.

      Exit codes: 0 fine; 1 coverage below --fail-under, or nothing in scope to measure; 2 wrong usage or unreadable input.
      """)

  @OptionGroup var input: CatalogOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var telemetry: TelemetryOptions
  @OptionGroup var day: DateOptions

  @Option(help: "List by technique, tactic, event, logsource, dialect or scope.")
  var by = CoverageDimension.tactic

  @Option(help: "The form of the result: table, json, csv, xml or navigator.")
  var format = Format.table

  @Option(
    name: .customLong("fail-under"),
    help: ArgumentHelp(
      "Fail if less than this percentage of the techniques in scope is covered or, with --telemetry, runs, even if partly blind. A number from 0 to 100.",
      valueName: "percent"))
  var failUnder: CoverageThreshold?

  func run() async { await endingWithCode(review) }

  private func review(_ terminal: Terminal) async throws(InputError) -> Ending {
    let catalog = try await LoadedCatalog.load(input, terminal: terminal)
    let matrix = catalog.knowledge.attack
    let scope = try target.scope(in: matrix, terminal)
    let agreed = try catalog.scope(on: day.dayOrToday(), terminal)
    let collected = try telemetry.read(catalog, terminal)
    let whole = await Review(
      of: catalog.index, catalog.knowledge, scope: scope?.techniques, agreed: agreed, telemetry: collected?.telemetry,
      jobs: input.threads)
    let review = whole.coverage
    terminal.endProgress()
    try write(review, whole.depth, catalog, target: scope, to: terminal)
    let code: Int32 = collected?.isWhole == false ? 2 : 0
    guard let failUnder else { return Ending(code, holding: catalog) }
    let totals = review.totals
    if totals.techniques == 0 {
      terminal.note(
        "coverage gate not met: no technique\(scope.map { " of \($0.title)" } ?? "") is in scope, so --fail-under has nothing to measure"
      )
      return Ending(max(code, 1), holding: catalog)
    }
    if failUnder.isMet(by: review.found, of: totals.techniques) { return Ending(code, holding: catalog) }
    let partly = totals.partly > 0 ? ", \(totals.partly) of them partly blind" : ""
    terminal.note(
      "coverage gate not met: \(review.found) of \(totals.techniques) techniques\(agreed == nil ? "" : " in scope")\(scope.map { " of \($0.title)" } ?? "") \(review.hasTelemetry ? "run\(partly)" : "are covered") (\(failUnder.shortfall(review.found, of: totals.techniques))), and --fail-under asks for \(failUnder.text) %"
    )
    return Ending(max(code, 1), holding: catalog)
  }

  private func write(
    _ review: CoverageReview, _ depth: DepthReview, _ catalog: LoadedCatalog, target: AttackTarget?,
    to terminal: Terminal
  ) throws(InputError) {
    let (matrix, title) = (catalog.knowledge.attack, target?.title)
    func key(_ rule: RuleID) -> RuleKey { catalog.index.rules[rule].key }
    switch format {
    case .json: try terminal.result(coverageReport(review, depth, matrix: matrix, target: target, key: key, as: .json))
    case .xml: try terminal.result(coverageReport(review, depth, matrix: matrix, target: target, key: key, as: .xml))
    case .csv: try terminal.result(coverageTable(review, by: by, target: target).csv)
    case .navigator:
      try terminal.result(
        coverageLayer(
          review, matrix: matrix, target: target, title: title ?? catalog.configuration.title, generator: generator))
    case .table:
      try terminal.result(Terminal.harmlessLines(coverageTable(review, by: by, target: target).text))
      if by == .dialect, review.dialects.count > 1 {
        for row in review.dialects where !row.onlyHere.isEmpty {
          try terminal.result("\nOnly \(row.dialect.label): \(row.onlyHere.map(\.description).joined(separator: ", "))")
        }
      }
      try terminal.result("\n" + (title.map { "\($0): " } ?? "") + summary(of: review, matrix))
      if let words = review.scopeWords { try terminal.result(words) }
      if let target { try terminal.result("Of these techniques, \(target.words).") }
    }
  }

  private func summary(of review: CoverageReview, _ matrix: AttackMatrix) -> String {
    let totals = review.totals
    func share(_ count: Int) -> String {
      totals.techniques == 0 ? "" : " (\(percent(count, of: totals.techniques)))"
    }
    var summary =
      "\(totals.covered) of \(totals.techniques) techniques\(review.agreed == nil ? "" : " in scope") of \(matrix.title) covered\(share(totals.covered)) by \(totals.covering) of \(totals.rules) rules"
    guard review.hasTelemetry else { return summary + review.allWords }
    func are(_ count: Int, _ word: String) -> String { ", \(count) \(count == 1 ? "is" : "are") \(word)" }
    summary += "; \(totals.runs) \(totals.runs == 1 ? "runs" : "run")\(share(totals.runs))"
    if totals.partly > 0 { summary += are(totals.partly, "partly blind") }
    return summary + are(totals.blind, "blind") + review.allWords
  }
}

extension CoverageDimension: ExpressibleByArgument {}
