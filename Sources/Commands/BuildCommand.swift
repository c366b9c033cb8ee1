import ArgumentParser
import Diagnostics
import Files
import Site

/// `ruledex build`: builds the site for folders of rules.
struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Builds the site from all rules below the given paths.",
    discussion: """
      Without a path, the paths in the configuration are used, or else the working folder. The output folder must be new, empty, or made \
      by ruledex. Diagnostics go to standard error; a broken file loses only its own rules.

      The pages list accepted gaps with their dates; whether one has passed, only --date or SOURCE_DATE_EPOCH decides, so that a site doesn't \
      change overnight.

      Exit codes: 0 fine; 1 findings with --strict, or a site that is not current with --check; 2 wrong usage or unreadable input.
      """)

  @OptionGroup var site: SiteOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder of the site. (default: site)", valueName: "folder"))
  var output: String?

  @Flag(help: "Write nothing; fail if the site isn't current.")
  var check = false

  @Flag(help: "Fail if there are errors or warnings.")
  var strict = false

  func run() async { await endingWithCode(build) }
}

extension BuildCommand {
  private func build(_ terminal: Terminal) async throws(InputError) -> Ending {
    let clock = ContinuousClock()
    let start = clock.now
    // Taken before anything is read, so that changes in the meantime are noticed.
    let inputs = check ? nil : try? SiteFingerprint(site)
    var source = try SiteSource(site)
    let result: Built
    if let unchanged = unchangedBuild(since: inputs, terminal) {
      result = unchanged
    } else {
      result = try await fullBuild(of: &source, inputs, terminal)
    }
    try terminal.result(result.summary)
    try terminal.result(result.published.text)
    try terminal.result("\(secondsText(clock.now - start))")
    let isFine = result.published.isCurrent && !(strict && result.hasFindings)
    return Ending(!result.isWhole ? 2 : isFine ? 0 : 1, holding: source)
  }

  /// nil if anything may have changed since the recorded build, or none is recorded.
  private func unchangedBuild(since inputs: SiteFingerprint?, _ terminal: Terminal) -> Built? {
    guard let inputs else { return nil }
    let folder = outputFolder(inputs.configuration)
    guard let site = PublishedSite(at: folder), let record = BuildRecord(of: site), record.inputs == inputs.value,
      record.site == site.digest, record.picturesStatus == BuildRecord.status(of: record.pictures).value
    else { return nil }
    terminal.report(record.diagnostics)
    return Built(
      summary: record.summary, hasFindings: record.hasFindings, isWhole: true,
      published: Published(files: site.files, written: 0, folder: folder, identity: site.identity))
  }

  private func fullBuild(
    of source: inout SiteSource, _ inputs: SiteFingerprint?, _ terminal: Terminal
  ) async throws(InputError) -> Built {
    let prepared = try await source.site(terminal: terminal)
    let catalog = prepared.catalog
    terminal.progress("Building pages …")
    let published = try await check ? compare(prepared) : publish(prepared)
    terminal.endProgress()
    // Notes appear on the rules' pages; here they would hide problems that need fixing.
    let diagnostics = catalog.diagnostics.filter { $0.severity != .note }
    terminal.report(diagnostics)
    let summary = BuildSummary(catalog, source.remarks)
    if let inputs, inputs.isSettled, source.errors.isEmpty, inputs.value == (try? SiteFingerprint(site))?.value {
      StatusDigest.waitUntilSettled()
      let pictures = source.pictures
      let status = BuildRecord.status(of: pictures.places)
      // If another build has replaced the site in the meantime, nothing is known about it here.
      if let site = PublishedSite(at: outputFolder(catalog.configuration)), site.identity == published.identity,
        status.isSettled, pictures.areCurrent
      {
        BuildRecord(
          inputs: inputs.value, site: site.digest, pictures: pictures.places, picturesStatus: status.value,
          hasFindings: summary.hasFindings, summary: summary.text,
          diagnostics: source.remarks + diagnostics
        ).write(of: site)
      }
    }
    return Built(
      summary: summary.text, hasFindings: summary.hasFindings, isWhole: source.errors.isEmpty, published: published)
  }

  private func outputFolder(_ configuration: Configuration) -> String { output ?? configuration.output ?? "site" }

  private func publish(_ prepared: PreparedSite) async throws(InputError) -> Published {
    let folder = outputFolder(prepared.catalog.configuration)
    do throws(PublishError) {
      let publisher = try Publisher(output: folder)
      let results = await prepared.make(jobs: site.input.threads) { Result.of($0, publisher) }
      do throws(PublishError) {
        var files: [(path: String, outcome: Publisher.Outcome)] = []
        for result in results { files.append((result.path, try result.result.get())) }
        let identity = try publisher.commit(files)
        let written = files.count { $0.outcome == .written }
        return Published(files: files.count, written: written, folder: folder, identity: identity)
      } catch {
        publisher.cancel()
        throw error
      }
    } catch {
      throw InputError([error.diagnostic])
    }
  }

  private func compare(_ prepared: PreparedSite) async throws(InputError) -> Published {
    let folder = outputFolder(prepared.catalog.configuration)
    let comparison = SiteComparison(output: folder)
    let results = await prepared.make(jobs: site.input.threads) { comparison.isCurrent($0) }
    let differing = results.filter { !$0.result }.map(\.path)
    let leftovers = comparison.leftovers(besides: results.map(\.path))
    if differing.isEmpty, leftovers.isEmpty {
      return Published(isCurrent: true, text: "\(folder) is current: \(results.count) files")
    }
    let lines = differing.map { "  \($0) differs or is missing" } + leftovers.map { "  \($0) is no longer part of it" }
    let shown = lines.sorted().prefix(20) + (lines.count > 20 ? ["  and \(lines.count - 20) more"] : [])
    return Published(
      isCurrent: false, text: (["\(folder) is not current; build it again:"] + shown).joined(separator: "\n"))
  }
}

/// The result of a build.
private struct Built {
  var summary: String
  var hasFindings: Bool
  /// Whether all of its input could be read.
  var isWhole: Bool
  var published: Published
}

/// The result of publishing the site.
private struct Published {
  var isCurrent: Bool
  var text: String
  /// The folder that was put in place, or kept.
  var identity: FileStatus.Identity?
}

extension Published {
  init(files: Int, written: Int, folder: String, identity: FileStatus.Identity) {
    isCurrent = true
    self.identity = identity
    text =
      "\(files) files in \(folder): \(written) written, \(files - written) unchanged; open \(folder)/index.html"
  }
}

extension Result where Success == Publisher.Outcome, Failure == PublishError {
  fileprivate static func of(_ file: SiteFile, _ publisher: Publisher) -> Result {
    do throws(PublishError) { return .success(try publisher.add(file)) } catch { return .failure(error) }
  }
}
