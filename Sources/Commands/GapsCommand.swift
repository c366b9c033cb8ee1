import Analysis
import ArgumentParser
import Attack
import Diagnostics
import Reports

/// `ruledex gaps`: what the rules miss, why, and what would close the gaps.
struct GapsCommand: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv, xml, navigator, markdown, html
  }

  /// What a pipeline can forbid.
  enum Gate: String, ExpressibleByArgument, CaseIterable {
    case gap
    case noRule = "no-rule"
    case noTelemetry = "no-telemetry"
    case blindRule = "blind-rule"
    case untappedEvent = "untapped-event"
  }

  static let configuration = CommandConfiguration(
    commandName: "gaps",
    abstract: "Lists uncovered techniques, why they are uncovered, and which rules would cover them.",
    discussion: """
      Without --telemetry, a gap is a technique without a rule. With it, rules whose events aren't collected are blind, and techniques \
      that have no other rules are gaps too. --baseline names other people's rules, such as a checkout of SigmaHQ, to search \
      for rules that close the gaps.

      With a scope in the configuration, gaps and thin techniques are those in scope; what is out of scope or accepted is listed separately. \
      An accepted gap whose date has passed is a gap again.

      --target, --tactic and --platform restrict everything that is listed: gaps, blind and partly blind rules, what to turn on, and untapped \
      events. The figures of a technique, a rule or an event remain those of the entire catalog, without what is outside the target.

      --compare shows what several targets have in common: --target G0016 --target G0032 --compare.

      Exit codes: 0 fine; 1 something that --fail-on names; 2 wrong usage or unreadable input.
      """)

  @OptionGroup var input: CatalogOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var telemetry: TelemetryOptions
  @OptionGroup var day: DateOptions

  @Flag(help: "Compare what --target names, given several times: a table of techniques by target, with their states.")
  var compare = false

  @Option(help: ArgumentHelp("Other people's rules that may close gaps. May be repeated.", valueName: "path"))
  var baseline: [String] = []

  @Option(
    help:
      "The form of the result: table, json, csv, xml, navigator, markdown, or html: the site's review page as one file, to be sent by mail."
  )
  var format = Format.table

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "What table and csv list: gaps, wake, blind, partly-blind, untapped, untested, exclusions, thin, unread-sources, "
        + "accepted or out-of-scope. (default: everything for table, gaps for csv)")
  )
  var list: GapsPart?

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp(
      "Fail if there is one of these: gap, no-rule, no-telemetry, blind-rule, untapped-event; comma-separated.",
      valueName: "names"))
  var failOn: GateList<Gate>?

  func validate() throws {
    if list != nil, !compare, format != .table, format != .csv {
      throw ValidationError("--list has no effect with --format \(format.rawValue); leave one of them out")
    }
    guard compare else { return }
    if target.target.count < 2 {
      throw ValidationError("--compare compares what --target names; give --target at least twice")
    }
    if format == .html {
      throw ValidationError(
        "--compare has no page of its own; use --format markdown, or attack/compare.html of the site")
    }
    if list != nil { throw ValidationError("--list has no effect with --compare; leave one of them out") }
    if !baseline.isEmpty { throw ValidationError("--baseline has no effect with --compare; leave one of them out") }
  }

  func run() async { await endingWithCode(review) }

  private func review(_ terminal: Terminal) async throws(InputError) -> Ending {
    let catalog = try await LoadedCatalog.load(input, terminal: terminal)
    let knowledge = catalog.knowledge
    let selection = try target.selection(in: knowledge.attack, terminal)
    let scope = selection?.scope
    let baseline =
      baseline.isEmpty ? nil : try await Baseline(baseline, knowledge, jobs: input.threads)
    let agreed = try catalog.scope(on: day.dayOrToday(), terminal)
    let collected = try telemetry.read(catalog, terminal)
    let review = await Review(
      of: catalog.index, knowledge, scope: scope?.techniques, agreed: agreed,
      telemetry: collected?.telemetry, baseline: baseline?.index, jobs: input.threads)
    terminal.endProgress()
    terminal.report(catalog.configuration.checks.applied(to: baseline?.notes ?? []))
    let content = GapsContent(review, matrix: knowledge.attack, target: scope, generator: generator)
    let result: [UInt8] =
      if compare {
        result(TargetComparison(selection?.targets ?? [], review.coverage), of: knowledge.attack)
      } else if format == .html {
        try await page(content, catalog, baseline: baseline)
      } else {
        result(content)
      }
    if let output { try OutputFile.write(result, to: output) } else { try terminal.result(result) }
    let broken = (failOn?.gates ?? []).compactMap { line(for: $0, content) }
    for line in broken { terminal.note(line) }
    return Ending(collected?.isWhole == false ? 2 : broken.isEmpty ? 0 : 1, holding: catalog)
  }

  private func result(_ content: GapsContent) -> [UInt8] {
    switch format {
    case .json: gapsReport(content, as: .json)
    case .xml: gapsReport(content, as: .xml)
    case .csv: gapsTable(list ?? .gaps, content).csv
    case .navigator: gapsLayer(content)
    case .markdown: gapsMarkdown(content)
    case .html, .table: Array(tables(content).utf8)
    }
  }

  private func tables(_ content: GapsContent) -> String {
    var text = ""
    for part in list.map({ [$0] }) ?? GapsPart.all(of: content) {
      let table = gapsTable(part, content, atMost: list == nil ? 20 : .max, events: list == nil ? 3 : .max)
      guard !table.rows.isEmpty else { continue }
      text += "\(part.title)\n\n\(Terminal.harmlessLines(table.text))\n\n"
    }
    return text + content.summary + "\n" + (content.review.coverage.scopeWords.map { $0 + "\n" } ?? "")
  }

  /// The line with a gate's findings and their locations; nil if the gate passes.
  private func line(for gate: Gate, _ content: GapsContent) -> String? {
    let gaps = content.gaps.gaps
    func techniques(_ gaps: [GapReview.Gap]) -> [String] { gaps.map { "\($0.row.technique.id)" } }
    let found: [String] =
      switch gate {
      case .gap: techniques(gaps)
      case .noRule: techniques(gaps.filter { $0.reason != .noTelemetry })
      case .noTelemetry: techniques(gaps.filter { $0.reason == .noTelemetry })
      case .blindRule: content.gaps.blindRules.map { content.review.rules[$0.rule].source.path }
      case .untappedEvent: content.gaps.untapped.map { "\($0.provider) \($0.name)" }
      }
    return gateLine(gate.rawValue, found)
  }
}

extension GapsPart: ExpressibleByArgument {}
