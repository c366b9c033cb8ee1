import Analysis
import ArgumentParser
import Catalog
import Diagnostics
import Glibc
import Reports
import RuleModel
import Site
import Templates

/// `ruledex build`: from folders of rules to their site.
struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Makes the site of all rules below the given paths.",
    discussion: """
      Without a path, those of the configuration count, or else the working folder. The output folder must be new, empty, or made by \
      ruledex. Diagnostics go to standard error; a broken file costs its own rules only.

      Exit codes: 0 fine; 1 findings with --strict, or a site that is not current with --check; 2 wrong usage or unreadable input.
      """)

  @OptionGroup var input: CatalogOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder of the site. (default: site)", valueName: "folder"))
  var output: String?

  @Flag(help: "Write nothing; fail if the site differs from what would be made.")
  var check = false

  @Flag(help: "Fail if there are errors or warnings.")
  var strict = false

  @Option(help: ArgumentHelp("A folder whose files replace the templates of the same name.", valueName: "folder"))
  var templates: String?

  @Option(
    name: .customLong("base-url"), help: ArgumentHelp("The address at which the site will stand.", valueName: "url"))
  var baseURL: String?

  func run() async throws {
    let terminal = Terminal()
    let code: Int32
    do throws(InputError) {
      code = try await build(terminal)
    } catch {
      terminal.endProgress()
      terminal.report(error.diagnostics.sorted())
      code = 2
    }
    if code != 0 { throw ExitCode(code) }
  }
}

extension BuildCommand {
  /// - Returns: the exit code.
  private func build(_ terminal: Terminal) async throws(InputError) -> Int32 {
    let clock = ContinuousClock()
    let start = clock.now
    let givenURL = try checkedBaseURL()
    var catalog = try await LoadedCatalog.load(input, terminal: terminal)
    catalog.configuration.baseURL = givenURL ?? catalog.configuration.baseURL
    let builder = try siteBuilder(catalog)
    terminal.progress("Making pages …")
    let published = try await check ? compare(builder, catalog) : publish(builder, catalog)
    terminal.endProgress()
    let diagnostics = catalog.diagnostics
    // Notes stand on the rules' pages; here they would hide what must be mended.
    terminal.report(diagnostics.filter { $0.severity != .note })
    let summary = BuildSummary(catalog, diagnostics: diagnostics)
    terminal.result(summary.text)
    terminal.result(published.text)
    terminal.result("\(secondsText(clock.now - start))")
    return published.isCurrent && !(strict && summary.hasFindings) ? 0 : 1
  }

  private func siteBuilder(_ catalog: LoadedCatalog) throws(InputError) -> SiteBuilder {
    let index = catalog.index
    let content = SiteContent(
      index: index, attack: catalog.knowledge.attack, events: catalog.knowledge.events,
      fields: catalog.knowledge.fields, tally: catalog.collection.tally,
      diagnostics: catalog.collection.diagnostics, title: catalog.configuration.title, generator: generator,
      repository: catalog.configuration.repository, baseURL: catalog.configuration.baseURL,
      techniquePages: catalog.configuration.techniquePages)
    let files = try templateFiles(in: templates ?? catalog.configuration.templates)
    do throws(TemplateErrors) {
      return try SiteBuilder(content, templates: files) { rule in
        ruleXML(rule, of: index, page: SiteBuilder.page(of: index.rules[rule]))
      }
    } catch {
      throw InputError(error.diagnostics)
    }
  }

  private func checkedBaseURL() throws(InputError) -> String? {
    guard let baseURL else { return nil }
    guard let url = Configuration.checkedBaseURL(baseURL) else {
      throw InputError(
        .configuration, at: "--base-url",
        "'\(baseURL)' is no address of a site; write one that starts with https:// or http://")
    }
    return url
  }

  /// Our templates, those of the user's folder in the place of ours that have the same name, and his others beside them;
  /// and the licence under which names of ATT&CK stand on the pages.
  private func templateFiles(in folder: String?) throws(InputError) -> [TemplateFile] {
    let prefix = "templates/"
    var files = Embedded.files(in: prefix).map { file in
      TemplateFile(name: String(file.path.dropFirst(prefix.count)), path: file.path, bytes: file.bytes)
    }
    files += Embedded.files(in: "catalog/knowledge/attack/LICENSE.txt").map { file in
      TemplateFile(name: SiteBuilder.attackLicence, path: file.path, bytes: file.bytes)
    }
    guard let folder else { return files }
    for name in try InputFile.names(in: folder) where name != "README.md" {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      let file = TemplateFile(name: name, path: path, bytes: try InputFile.bytes(of: path))
      files.removeAll { $0.name == name }
      files.append(file)
    }
    return files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private func outputFolder(_ catalog: LoadedCatalog) -> String { output ?? catalog.configuration.output ?? "site" }

  private func publish(_ builder: SiteBuilder, _ catalog: LoadedCatalog) async throws(InputError) -> Published {
    let folder = outputFolder(catalog)
    do throws(PublishError) {
      let publisher = try Publisher(output: folder)
      let results = await makeSite(builder, catalog) { Result.of($0, publisher) }
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

  private func compare(_ builder: SiteBuilder, _ catalog: LoadedCatalog) async throws(InputError) -> Published {
    let folder = outputFolder(catalog)
    let comparison = SiteComparison(output: folder)
    let results = await makeSite(builder, catalog) { comparison.isCurrent($0) }
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

/// What the site says made it.
let generator = "ruledex \(version)"

/// Seconds with two decimals: `0.62 s`.
private func secondsText(_ duration: Duration) -> String {
  let hundredths =
    Int(duration.components.seconds) * 100 + Int(duration.components.attoseconds / 10_000_000_000_000_000)
  let rest = hundredths % 100
  return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s"
}
