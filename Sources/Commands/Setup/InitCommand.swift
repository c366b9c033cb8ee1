import ArgumentParser
import Checks
import Diagnostics
import Events
import Files
import Reading
import RuleModel
import Telemetry
import Text

/// `ruledex init`: searches a folder and writes the files that the other commands need.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes a commented ruledex.yml and telemetry.yml, and a pipeline on request.",
    discussion: """
      The rules are found by reading them. Folders that hold retired rules, tests or what builds make are left out, and named in \
      ruledex.yml. In telemetry.yml, files of collectors (Sysmon, event forwarding, auditd, auditpol, CSV) are named, and the log \
      sources that the rules ask for are listed. A pipeline publishes the site and compares requests with what they change; it belongs \
      in the repository's root. With --pipeline in a folder that has a ruledex.yml, only the pipeline is written.

      Exit codes: 0 fine; 2 wrong usage, no rules, or a file that is there already: nothing was written.
      """)

  @Argument(help: "The folder to look through, where the files are written.")
  var folder = "."

  @Option(help: ArgumentHelp("Write a pipeline for GitHub Actions or GitLab CI: github or gitlab.", valueName: "host"))
  var pipeline: SetupFiles.Pipeline?

  @Flag(help: "Replace files that are there.")
  var force = false

  func run() async { await endingWithCode(setUp) }
}

extension InitCommand {
  private func setUp(_ terminal: Terminal) async throws(InputError) -> Ending {
    let prefix = folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/"
    guard isFolder(folder) else {
      throw InputError(.fileUnreadable, at: folder, "there is no such folder; check the path")
    }
    if let pipeline {
      try checkRepositoryRoot()
      if exists(prefix + SetupFiles.configurationPath) { return try add(pipeline, in: prefix, terminal) }
    }
    terminal.progress("Reading rules …")
    let threads = CurrentProcess.processors
    let collection = await readCatalog(CatalogRequest(roots: [CatalogRequest.Root(path: folder)], jobs: threads))
    var files = try SetupFiles(of: collection, in: prefix, pipeline: pipeline)
    files.repository = await HostedRepository(of: prefix)
    terminal.endProgress()
    terminal.report(collection.sites)
    guard !files.folders.roots.isEmpty else {
      throw InputError(
        .fileUnreadable, at: folder,
        "no rule was found there; name the folder of your \(collection.readers.names) rules, or put the first into a folder "
          + "'rules'")
    }
    let texts = files.texts
    try checkFree(texts.map { prefix + $0.path })
    try write(texts, in: prefix)
    try terminal.result(Terminal.harmlessLines(summary(files, written: texts.map(\.path))))
    return Ending(0)
  }

  /// Adds a pipeline for an existing configuration, which isn't changed.
  private func add(
    _ pipeline: SetupFiles.Pipeline, in prefix: String, _ terminal: Terminal
  ) throws(InputError) -> Ending {
    try checkFree([prefix + pipeline.path])
    try write([(pipeline.path, pipeline.text)], in: prefix)
    try terminal.result("wrote \(pipeline.path)\n\nNext:\n  set RULEDEX_URL at the head of \(pipeline.path)")
    return Ending(0)
  }

  /// Writes all of them or none, except for what `--force` has replaced.
  private func write(_ texts: [(path: String, text: String)], in prefix: String) throws(InputError) {
    var new: [String] = []
    do throws(InputError) {
      for (path, text) in texts {
        let place = prefix + path
        if !exists(place) { new.append(place) }
        makeFolders(above: path, in: prefix)
        try OutputFile.write(Array(text.utf8), to: place)
      }
    } catch {
      for place in new { try? removeFile(SystemPath(place)) }
      throw error
    }
  }

  /// - Parameter paths: none of which may exist, unless they may be replaced.
  private func checkFree(_ paths: [String]) throws(InputError) {
    let taken = force ? [] : paths.filter { exists($0) }
    guard taken.isEmpty else {
      throw InputError(
        taken.map { path in
          Diagnostic(
            .output, at: SourceLocation(path: path),
            "the file is there already, and nothing was written; use --force to replace it")
        })
    }
  }

  /// Hosts look for pipelines only in the repository's root.
  private func checkRepositoryRoot() throws(InputError) {
    guard let root = try? realPath(of: SystemPath(folder)).text else { return }
    var above = root
    while !exists(above + "/.git") {
      guard let slash = above.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
      above = String(above[..<slash])
    }
    guard above != root else { return }
    throw InputError(
      .output, at: folder,
      "a pipeline belongs in the repository's root, '\(above)'; run 'ruledex init --pipeline' for that folder")
  }

  /// Creates folders such as `.github/workflows/`. A failure shows when the file is written.
  private func makeFolders(above path: String, in folder: String) {
    var made = folder
    for name in path.split(separator: "/").dropLast() {
      made += name
      try? makeFolder(SystemPath(made))
      made += "/"
    }
  }

  private func summary(_ files: SetupFiles, written: [String]) -> String {
    let folders = files.folders
    var lines = [
      "\(counted(folders.rules, "rule")) in \(folders.roots.map(\.path).joined(separator: ", "))"
    ]
    lines += folders.leftOut.map {
      "left out: \($0.path), \(counted($0.rules, "rule")), \($0.reason.rawValue)"
    }
    for kind in TelemetrySource.Kind.allCases {
      let count = files.collectors.usable.count { $0.kind == kind }
      if count > 0 {
        lines.append("\(counted(count, "file")) of \(kind.rawValue), named in telemetry.yml")
      }
    }
    lines += files.collectors.files.compactMap(\.fault).map { "not usable, and left out of telemetry.yml: \($0)" }
    let wanted = files.wanted.rows.count
    lines.append("\(counted(wanted, "log source")) of these rules, listed in telemetry.yml")
    lines.append("wrote \(written.joined(separator: ", "))")
    lines += ["", "Next:"]
    if folder != "." { lines.append("  cd \(folder)") }
    lines += [
      "  ruledex build      makes the site",
      "  ruledex coverage   shows what the rules cover of ATT&CK",
      "  ruledex gaps       shows what they miss; say in telemetry.yml what you collect to learn what is blind",
    ]
    if let pipeline { lines.append("  set RULEDEX_URL at the head of \(pipeline.path)") }
    return lines.joined(separator: "\n")
  }
}

extension SetupFiles {
  /// - Parameters:
  ///   - collection: all files of the folder.
  ///   - folder: with a trailing slash.
  init(of collection: RuleCollection, in folder: String, pipeline: Pipeline?) throws(InputError) {
    let (map, facts): (EventMap, CollectorFacts)
    do throws(KnowledgeError) {
      map = try EventMap(parsing: Embedded.files(in: "catalog/knowledge/events/"))
      facts = try CollectorFacts(parsing: Embedded.files(in: "catalog/knowledge/telemetry/"))
    } catch {
      throw InputError(error.diagnostics)
    }
    let folders = RuleFolders(of: collection)
    let kept = collection.rules.filter { folders.holds($0.source.path) }
    self.init(
      folders: folders,
      collectors: FoundCollectors(among: collection.files.map(\.path), in: folder, facts: facts, map: map),
      wanted: WantedLogSources(of: kept, map: map), pipeline: pipeline)
  }
}

extension SetupFiles.Pipeline: ExpressibleByArgument {}
