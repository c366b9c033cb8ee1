import ArgumentParser
import Diagnostics
import Site

/// `ruledex build`: from folders of rules to their site.
struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Makes the site of all rules below the given paths.",
    discussion: """
      Without a path, those of the configuration count, or else the working folder. The output folder must be new, empty, or made by \
      ruledex. Diagnostics go to standard error; a broken file costs its own rules only.

      Exit codes: 0 fine; 1 findings with --strict, or a site that is not current with --check; 2 wrong usage or unreadable input.
      """)

  @OptionGroup var site: SiteOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder of the site. (default: site)", valueName: "folder"))
  var output: String?

  @Flag(help: "Write nothing; fail if the site differs from what would be made.")
  var check = false

  @Flag(help: "Fail if there are errors or warnings.")
  var strict = false

  func run() async throws { try await endingWithCode(build) }
}

extension BuildCommand {
  /// - Returns: the exit code.
  private func build(_ terminal: Terminal) async throws(InputError) -> Int32 {
    let clock = ContinuousClock()
    let start = clock.now
    var source = try SiteSource(site)
    let prepared = try await source.site(terminal: terminal)
    let catalog = prepared.catalog
    terminal.progress("Making pages …")
    let published = try await check ? compare(prepared) : publish(prepared)
    terminal.endProgress()
    let diagnostics = catalog.diagnostics
    // Notes stand on the rules' pages; here they would hide what must be mended.
    terminal.report(diagnostics.filter { $0.severity != .note })
    let summary = BuildSummary(catalog)
    try terminal.result(summary.text)
    try terminal.result(published.text)
    try terminal.result("\(secondsText(clock.now - start))")
    if !source.errors.isEmpty { return 2 }
    return published.isCurrent && !(strict && summary.hasFindings) ? 0 : 1
  }

  private func outputFolder(_ catalog: LoadedCatalog) -> String { output ?? catalog.configuration.output ?? "site" }

  private func publish(_ prepared: PreparedSite) async throws(InputError) -> Published {
    let folder = outputFolder(prepared.catalog)
    do throws(PublishError) {
      let publisher = try Publisher(output: folder)
      let results = await prepared.make(jobs: site.input.threads) { Result.of($0, publisher) }
      do throws(PublishError) {
        var files: [(path: String, outcome: Publisher.Outcome)] = []
        for result in results { files.append((result.path, try result.result.get())) }
        try publisher.commit(files)
        let written = files.count { $0.outcome == .written }
        return Published(
          isCurrent: true,
          text:
            "\(files.count) files in \(folder): \(written) written, \(files.count - written) unchanged; open \(folder)/index.html"
        )
      } catch {
        publisher.cancel()
        throw error
      }
    } catch {
      throw InputError([error.diagnostic])
    }
  }

  private func compare(_ prepared: PreparedSite) async throws(InputError) -> Published {
    let folder = outputFolder(prepared.catalog)
    let comparison = SiteComparison(output: folder)
    let results = await prepared.make(jobs: site.input.threads) { comparison.isCurrent($0) }
    let differing = results.filter { !$0.result }.map(\.path)
    let leftovers = comparison.leftovers(besides: results.map(\.path))
    if differing.isEmpty, leftovers.isEmpty {
      return Published(isCurrent: true, text: "\(folder) is current: \(results.count) files")
    }
    let lines = differing.map { "  \($0) differs or is missing" } + leftovers.map { "  \($0) is no longer made" }
    let shown = lines.sorted().prefix(20) + (lines.count > 20 ? ["  and \(lines.count - 20) more"] : [])
    return Published(
      isCurrent: false, text: (["\(folder) is not current; build it again:"] + shown).joined(separator: "\n"))
  }
}

/// What became of the site.
private struct Published {
  var isCurrent: Bool
  var text: String
}

extension Result where Success == Publisher.Outcome, Failure == PublishError {
  fileprivate static func of(_ file: SiteFile, _ publisher: Publisher) -> Result {
    do throws(PublishError) { return .success(try publisher.add(file)) } catch { return .failure(error) }
  }
}
