import Analysis
import ArgumentParser
import Reports

/// `ruledex badge`: a badge for a README that shows what the rules cover.
struct BadgeCommand: AsyncParsableCommand {
  /// What the figure counts.
  enum Metric: String, ExpressibleByArgument, CaseIterable {
    case techniques, rules
  }

  static let configuration = CommandConfiguration(
    commandName: "badge", abstract: "Draws an SVG badge of what the rules cover.",
    discussion: """
      For techniques, the figure is the share that 'ruledex coverage --fail-under' checks: those that are covered or, with --telemetry, \
      those that run; with a scope in the configuration, of those in scope. For rules, it is the number that coverage counts.

      Exit codes: 0 fine; 2 wrong usage or unreadable input.
      """)

  @OptionGroup var input: CatalogOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var telemetry: TelemetryOptions
  @OptionGroup var day: DateOptions

  @Option(help: "What the figure counts: techniques or rules.")
  var metric = Metric.techniques

  @Option(help: ArgumentHelp("The words on the left. (default: ATT&CK coverage, or rules)", valueName: "text"))
  var label: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
  var output: String?

  func run() async { await endingWithCode(draw) }

  private func draw(_ terminal: Terminal) async throws(InputError) -> Ending {
    let catalog = try await LoadedCatalog.load(input, terminal: terminal)
    let matrix = catalog.knowledge.attack
    let scope = try target.scope(in: matrix, terminal)
    let agreed = metric == .techniques ? try catalog.scope(on: day.dayOrToday(), terminal) : nil
    let collected = metric == .techniques ? try telemetry.read(catalog, terminal) : nil
    let review = await Review(
      of: catalog.index, catalog.knowledge, scope: scope?.techniques, agreed: agreed, telemetry: collected?.telemetry,
      jobs: input.threads
    ).coverage
    terminal.endProgress()
    let svg = badge(review, scope: scope?.title).svg
    if let output { try OutputFile.write(svg, to: output) } else { try terminal.result(svg) }
    return Ending(collected?.isWhole == false ? 2 : 0, holding: catalog)
  }

  /// - Parameter scope: what the review is limited to; nil for all of ATT&CK.
  private func badge(_ review: CoverageReview, scope: String?) -> Badge {
    let totals = review.totals
    switch metric {
    case .rules:
      let rules = scope == nil ? totals.counted : totals.covering
      return Badge(
        label: label ?? "rules", value: "\(rules)",
        title: "\(rules) rules\(scope.map { " for \($0)" } ?? ""), without deprecated and unsupported ones",
        tone: .plain)
    case .techniques:
      return Badge(
        label: label ?? "ATT&CK coverage",
        value: totals.techniques == 0 ? "none in scope" : percent(review.found, of: totals.techniques),
        title:
          "\(review.found) of \(totals.techniques) techniques\(review.agreed == nil ? "" : " in scope")\(scope.map { " of \($0)" } ?? "") \(review.hasTelemetry ? "run or are partly blind" : "are covered")\(review.allWords)",
        tone: Badge.Tone(part: review.found, of: totals.techniques))
    }
  }
}
