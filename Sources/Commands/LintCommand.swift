import Analysis
import ArgumentParser
import Checks
import Diagnostics
import Reports
import Templates
import Text

/// `ruledex lint`: reports findings in the rules, for people, pipelines and other programs.
struct LintCommand: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, junit, github
  }

  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Reports what is wrong with the rules, and what to do about it.",
    discussion: """
      Findings go to standard output, or to the file that --output names; their number goes to standard error. An error means that \
      part of a rule is lost or wrong; a warning, that somebody should look at it; a note, that nothing is wrong. Paths are relative to \
      the working folder.

      With telemetry, exclusions on fields that the collected events come without are reported as well.

      --fix updates tags of revoked ids and retired tactics to the loaded version of ATT&CK, in the rules' own files, without changing \
      anything else; then it reports what is left. If a tactic has several successors, the rule's techniques decide, or the tag stays.

      Accepted gaps in the configuration whose date has passed are among the findings.

      --baseline names a file of findings that are accepted, so that only new ones are reported; --update-baseline accepts all that there \
      are today. A comment in a rule, '# ruledex: ignore ID — REASON', silences a check for that rule, and 'checks' in ruledex.yml \
      turns checks off or gives them another severity. --explain says what a check means, with examples.

      Exit codes: 0 fine; 1 a finding at or above the severity of --fail-on; 2 wrong usage or unreadable input.
      """)

  @OptionGroup var input: CatalogOptions
  @OptionGroup var telemetry: TelemetryOptions
  @OptionGroup var day: DateOptions

  @Option(help: "The form of the result: text, json, sarif, junit or github.")
  var format = Format.text

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp("Fail if a finding is at or above this severity: error, warning or note.", valueName: "severity")
  )
  var failOn = Diagnostic.Severity.error

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
  var output: String?

  @Flag(help: "Update tags that ATT&CK no longer has.")
  var fix = false

  @Flag(name: .customLong("dry-run"), help: "With --fix: write nothing; show the changes as a unified diff.")
  var dryRun = false

  @Option(help: ArgumentHelp("A file of findings to accept: only others are reported.", valueName: "file"))
  var baseline: String?

  @Flag(name: .customLong("update-baseline"), help: "With --baseline: write the file, and accept what is found today.")
  var updateBaseline = false

  @Option(help: ArgumentHelp("Say what a check means, with examples; 'all' for all of them.", valueName: "check"))
  var explain: String?

  func validate() throws {
    if dryRun, !fix { throw ValidationError("--dry-run needs --fix") }
    if updateBaseline, baseline == nil { throw ValidationError("--update-baseline needs --baseline") }
    if updateBaseline, output != nil {
      throw ValidationError("--update-baseline writes no result; leave one of --update-baseline and --output out")
    }
    if updateBaseline, dryRun { throw ValidationError("--update-baseline can't be used with --dry-run") }
  }

  func run() async {
    if let explain {
      await endingWithCode { terminal throws(InputError) in
        try terminal.result(LintCommand.documentation(of: explain))
        return Ending(0)
      }
    }
    await endingWithCode(lint)
  }

  /// What is documented about a check, or about all.
  private static func documentation(of name: String) throws(InputError) -> [UInt8] {
    if name == "all" { return Array(checkDocumentation(of: allChecks, isWhole: true).utf8) }
    guard let check = CheckID(named: name) else {
      throw InputError(.configuration, at: "--explain", unknownCheck(name, otherwise: "try 'all'"))
    }
    return Array(checkDocumentation(of: [check], isWhole: false).utf8)
  }

  private func lint(_ terminal: Terminal) async throws(InputError) -> Ending {
    var kept = KeptCatalog()
    var catalog = try await load(&kept, terminal)
    var diff: [UInt8]?
    if fix {
      let fixing = TagFixing(catalog, isDry: dryRun, spelled: .seenFromHere)
      if dryRun { diff = fixing.diff } else { catalog = try await load(&kept, terminal) }
      terminal.report(
        catalog.configuration.checks.appliedExceptToErrors(in: fixing.left), spelled: .seenFromHere)
      terminal.note(fixing.summary(isDry: dryRun))
    }
    let isWhole = try await addExclusions(to: &catalog, terminal)
    let scope = try ScopeSource(catalog.configuration, catalog.knowledge.attack, on: day.dayOrToday())
    // Every rule's findings are needed, and each rule's are found by themselves.
    await catalog.checked.ofRules.workOut(jobs: input.threads)
    var findings = catalog.findings + scope.findings
    if let baseline = baseline.map(LintBaseline.init) {
      if updateBaseline {
        terminal.note(try baseline.update(with: findings, in: catalog))
        return Ending(isWhole ? 0 : 2, holding: kept)
      }
      let rest = try baseline.rest(of: findings, in: catalog)
      findings = rest.findings
      terminal.note(rest.note)
    }
    let content = FindingsContent(findings, of: catalog, failing: failOn)
    let bytes = diff ?? bytes(of: content)
    if let output {
      try OutputFile.write(bytes, to: output)
    } else if diff != nil, terminal.outputWidth != nil {
      // A diff contains the rules' own lines, unchanged for other programs but made safe for a terminal.
      try terminal.result(Terminal.harmlessLines(String(decoding: bytes, as: UTF8.self)))
    } else {
      try terminal.result(bytes)
    }
    terminal.note(summary(of: content))
    let failures = content.failures
    if let line = gateLine(failOn.rawValue, failures.map { $0.location.description(spelled: content.spelling) }) {
      terminal.note(line)
    }
    return Ending(isWhole ? failures.isEmpty ? 0 : 1 : 2, holding: kept)
  }

  private func load(_ kept: inout KeptCatalog, _ terminal: Terminal) async throws(InputError) -> LoadedCatalog {
    let catalog = try await LoadedCatalog.load(
      input.paths, input.reading, keeping: &kept, needsRules: false, terminal: terminal)
    terminal.endProgress()
    return catalog
  }

  /// Adds the exclusions that can't work with what is collected.
  ///
  /// - Returns: whether all that says so could be read.
  private func addExclusions(to catalog: inout LoadedCatalog, _ terminal: Terminal) async throws(InputError) -> Bool {
    guard let collected = try telemetry.read(catalog, terminal) else { return true }
    // Only fields that are missing make a difference.
    if collected.telemetry.isMissingFields {
      let view = await TelemetryView(
        collected.telemetry, catalog.index, catalog.knowledge, jobs: input.threads)
      catalog.add(view.visibility)
    }
    return collected.isWhole
  }

  private func bytes(of content: FindingsContent) -> [UInt8] {
    switch format {
    case .text:
      Array(content.findings.map { Terminal.harmless($0.description(spelled: content.spelling)) + "\n" }.joined().utf8)
    case .json: findingsJSON(content)
    case .sarif: findingsSARIF(content)
    case .junit: findingsJUnit(content)
    case .github: Array(findingsGitHub(content).utf8)
    }
  }

  private func summary(of content: FindingsContent) -> String {
    let counts = Diagnostic.Severity.allCases.map { counted(content.count($0), $0.rawValue) }
    return "\(counts.joined(separator: ", ")) in \(counted(content.files.count, "file")) of rules"
  }
}

extension Diagnostic.Severity: ExpressibleByArgument {}

extension FindingsContent {
  /// - Parameter findings: what is reported of everything that reading the rules and comparing them with each other found.
  init(_ findings: [Diagnostic], of catalog: LoadedCatalog, failing: Diagnostic.Severity) {
    self.init(
      findings: findings, files: catalog.index.rules.map(\.source.file), spelling: .seenFromHere,
      matrix: catalog.knowledge.attack, version: Commands.version, failing: failing,
      address: { path in
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        return (isAbsolute ? "file:///" : "") + Link(relative: path).address
      })
  }
}
