import Analysis
import Catalog
import Diagnostics
import RuleModel

/// A catalogue that is read and worked out: what every command starts from.
struct LoadedCatalog: Sendable {
  var configuration: Configuration
  var collection: RuleCollection
  var knowledge: Knowledge
  var index: CatalogIndex

  /// Findings on files and on rules, in the order of places.
  var diagnostics: [Diagnostic] { (collection.diagnostics + index.findings.joined()).sortedOnce() }

  /// - Throws: where the configuration, a path or the knowledge can't be read, or no rule is found.
  static func load(_ options: CatalogOptions, terminal: Terminal) async throws(InputError) -> LoadedCatalog {
    try await load(options.paths, options.reading, terminal: terminal)
  }

  /// - Parameter paths: where none is given, those of the configuration count, or else the working folder.
  /// - Throws: as above.
  static func load(
    _ paths: [String], _ options: ReadingOptions, terminal: Terminal
  ) async throws(InputError) -> LoadedCatalog {
    let configuration = try configuration(of: options)
    let request = try request(paths, configuration, threads: options.threads)
    terminal.progress("Reading rules …")
    // The knowledge is read while the rules are.
    async let knowledge = Result<Knowledge, InputError>.of { () throws(InputError) in
      try Knowledge(
        attack: options.attack ?? configuration.attack, events: configuration.events, fields: configuration.fields)
    }
    var collection = await readCatalog(request)
    let known = try await knowledge.get()
    if let statuses = configuration.statuses {
      collection.rules.removeAll { rule in rule.status.map { !statuses.contains($0) } ?? false }
    }
    guard !collection.rules.isEmpty else {
      let path = request.roots.map(\.path).joined(separator: ", ")
      let finding = Diagnostic(
        .fileUnreadable, at: SourceLocation(path: path),
        "no rule was found there; name a folder or a file of Sigma rules")
      throw InputError(collection.diagnostics + [finding])
    }
    terminal.progress("Working out \(collection.rules.count) rules …")
    let index = CatalogIndex(of: collection.rules, attack: known.attack, events: known.events, fields: known.fields)
    return LoadedCatalog(configuration: configuration, collection: collection, knowledge: known, index: index)
  }

  private static func configuration(of options: ReadingOptions) throws(InputError) -> Configuration {
    let usual = "ruledex.yml"
    guard let path = options.config ?? (InputFile.exists(usual) ? usual : nil) else { return Configuration() }
    let bytes = try InputFile.bytes(of: path)
    do throws(ConfigurationError) {
      return try Configuration(parsing: bytes, path: path, folder: InputFile.folder(of: path))
    } catch {
      throw InputError(error.diagnostics)
    }
  }

  private static func request(
    _ paths: [String], _ configuration: Configuration, threads: Int
  ) throws(InputError) -> CatalogRequest {
    var roots = paths.map { CatalogRequest.Root(path: $0) }
    if roots.isEmpty { roots = configuration.paths }
    if roots.isEmpty { roots = [CatalogRequest.Root(path: ".")] }
    let missing = roots.filter { !InputFile.exists($0.path) }
    guard missing.isEmpty else {
      throw InputError(
        missing.map {
          Diagnostic(
            .fileUnreadable, at: SourceLocation(path: $0.path), "there is no such file or folder; check the path")
        })
    }
    return CatalogRequest(
      roots: roots, include: configuration.include, exclude: configuration.exclude, jobs: threads)
  }
}

extension Result where Failure == InputError {
  fileprivate static func of(_ body: () throws(InputError) -> Success) -> Result {
    do throws(InputError) { return .success(try body()) } catch { return .failure(error) }
  }
}
