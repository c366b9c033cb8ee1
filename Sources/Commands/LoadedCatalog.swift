import Analysis
import Checks
import Diagnostics
import Files
import Reading
import RuleModel
import Text

/// A catalog that has been read and analyzed: the starting point of every command.
struct LoadedCatalog: Sendable {
  var configuration: Configuration
  var collection: RuleCollection
  var knowledge: Knowledge
  /// Problems in the knowledge files that don't prevent them from being used.
  var knowledgeWarnings: [Diagnostic]
  var index: CatalogIndex
  /// The findings in the rules.
  var checked: CatalogFindings

  /// Findings in files and rules, unsorted.
  var reported: [Diagnostic] { collection.diagnostics + checked.ofRules.all.joined() }

  /// The same, in order of location.
  var diagnostics: [Diagnostic] { reported.sortedOnce() }

  /// What was reported about the configuration, the knowledge, and sites among the rules while reading.
  var remarks: [Diagnostic] { configuration.warnings + knowledgeWarnings + collection.sites }

  /// The same, plus rules that duplicate others: everything that `lint` and the site report.
  var findings: [Diagnostic] { (reported + checked.duplicates.values).sortedOnce() }

  /// Adds what is wrong with rules given what is collected.
  mutating func add(_ visibility: VisibilityReview?) {
    guard let visibility, !visibility.deadExclusions.isEmpty else { return }
    checked = CatalogFindings(
      in: index, events: knowledge.events, fields: knowledge.fields, settings: configuration.checks, visibility)
  }

  /// - Throws: if the configuration, a path or the knowledge can't be read, or no rule is found.
  static func load(_ options: CatalogOptions, terminal: Terminal) async throws(InputError) -> LoadedCatalog {
    try await load(options.paths, options.reading, terminal: terminal)
  }

  /// - Parameter paths: if there are none, those of the configuration are used, or else the working folder.
  /// - Throws: as above.
  static func load(
    _ paths: [String], _ options: ReadingOptions, terminal: Terminal
  ) async throws(InputError) -> LoadedCatalog {
    var kept = KeptCatalog()
    return try await load(paths, options, keeping: &kept, terminal: terminal)
  }

  /// - Parameters:
  ///   - kept: what was read and computed last time; on return, this time.
  ///   - needsRules: whether finding no rule is an error even if diagnostics explain it.
  /// - Throws: as above.
  static func load(
    _ paths: [String], _ options: ReadingOptions, keeping kept: inout KeptCatalog, needsRules: Bool = true,
    terminal: Terminal
  ) async throws(InputError) -> LoadedCatalog {
    let configuration = try configuration(of: options)
    if configuration != kept.configuration { terminal.report(configuration.warnings) }
    kept.configuration = configuration
    let request = try request(paths, configuration, threads: options.threads)
    terminal.progress("Reading rules …")
    let known = kept.knowledge
    // The knowledge is read in parallel with the rules.
    async let reading = Result<KeptCatalog.KnownFiles, InputError>.of { () throws(InputError) in
      let files = try KnowledgeFiles(
        attack: options.attack ?? configuration.attack, events: configuration.events, fields: configuration.fields)
      if let known, known.files == files { return known }
      return try KeptCatalog.KnownFiles(files)
    }
    var collection = await readCatalog(request, keeping: &kept.readings)
    kept.folders = collection.folders
    let knowledge = try await reading.get()
    if known?.files != knowledge.files {
      terminal.report(configuration.checks.appliedExceptToErrors(in: knowledge.warnings))
    }
    collection.keep(configuration.statuses)
    guard !collection.rules.isEmpty || (!needsRules && !collection.diagnostics.isEmpty) else {
      let path = request.roots.map(\.path).joined(separator: ", ")
      let finding = Diagnostic(
        .fileUnreadable, at: SourceLocation(path: path),
        "no rule was found there; name a folder or a file of \(request.readers.names) rules")
      throw InputError(collection.diagnostics + collection.sites + [finding])
    }
    let notes = try notes(configuration, request, into: &collection)
    kept.folders = collection.folders
    collection.sites = configuration.checks.applied(to: collection.sites)
    // Reported here: on the pages, the notes would change with the site itself, which may be among the input.
    terminal.report(collection.sites.filter { !kept.sites.contains($0) })
    kept.sites = collection.sites
    terminal.progress("Analyzing \(counted(collection.rules.count, "rule")) …")
    return await kept.catalog(
      of: collection, knowledge, notes, configuration, in: pictureFolders(request, configuration), jobs: options.threads
    )
  }

  /// Reads the folders of notes that the configuration names.
  private static func notes(
    _ configuration: Configuration, _ request: CatalogRequest, into collection: inout RuleCollection
  ) throws(InputError) -> NamedNotes {
    let places: [(notes: WritableKeyPath<NamedNotes, [String: Note]>, path: String?)] = [
      (\.techniques, configuration.techniqueNotes), (\.events, configuration.eventNotes),
    ]
    let given = places.compactMap { place in place.path.map { (place.notes, $0) } }
    if let (_, path) = given.first(where: { !exists($0.1) }) {
      throw InputError(.fileUnreadable, at: path, "there is no such folder; check 'notes' in the configuration")
    }
    var named = NamedNotes()
    for ((notes, _), folder) in zip(given, NoteFolder.reading(given.map(\.1), beside: request)) {
      collection.add(folder)
      named[keyPath: notes] = folder.notes
    }
    return named
  }

  /// The rules that a configuration selects, with the knowledge of the configuration that the options name. There may
  /// be no rules.
  ///
  /// - Throws: if a configuration, a path or the knowledge can't be read.
  static func load(
    selectedBy selection: Configuration, _ options: ReadingOptions, terminal: Terminal
  ) async throws(InputError) -> LoadedCatalog {
    let now = try configuration(of: options)
    let files = try KnowledgeFiles(attack: options.attack ?? now.attack, events: now.events, fields: now.fields)
    let known = try KeptCatalog.KnownFiles(files)
    var selection = selection
    if selection.paths.isEmpty {
      selection.paths = [CatalogRequest.Root(path: selection.folder.isEmpty ? "." : selection.folder)]
    }
    terminal.progress("Reading rules …")
    let request = try request([], selection, threads: options.threads)
    var collection = await readCatalog(request)
    collection.keep(selection.statuses)
    let notes = try notes(selection, request, into: &collection)
    var kept = KeptCatalog()
    return await kept.catalog(
      of: collection, known, notes, selection, in: pictureFolders(request, selection), jobs: options.threads)
  }

  /// The folders from which pictures of notes are read.
  private static func pictureFolders(_ request: CatalogRequest, _ configuration: Configuration) -> [PictureFolder] {
    let notes = [configuration.techniqueNotes, configuration.eventNotes].compactMap(\.self)
    return request.roots.map { PictureFolder(given: $0.path, exclude: request.exclude) }
      + notes.map { PictureFolder(given: $0) }
  }

  static func configuration(of options: ReadingOptions) throws(InputError) -> Configuration {
    let path = options.configurationPath
    guard options.config != nil || exists(path) else { return Configuration() }
    return try configuration(at: path)
  }

  /// - Parameter folder: the folder that its paths are relative to; nil for its own.
  static func configuration(at path: String, folder: String? = nil) throws(InputError) -> Configuration {
    let bytes = try InputFile.bytes(of: path)
    do throws(ConfigurationError) {
      return try Configuration(parsing: bytes, path: path, folder: folder ?? Text.folder(of: path))
    } catch {
      throw InputError(error.diagnostics)
    }
  }

  private static func request(
    _ paths: [String], _ configuration: Configuration, threads: Int
  ) throws(InputError) -> CatalogRequest {
    let roots = roots(paths, configuration)
    let missing = roots.filter { !exists($0.path) }
    guard missing.isEmpty else {
      throw InputError(
        missing.map {
          Diagnostic(
            .fileUnreadable, at: SourceLocation(path: $0.path), "there is no such file or folder; check the path")
        })
    }
    return CatalogRequest(
      roots: roots, include: configuration.include, exclude: configuration.exclude,
      noteFields: configuration.noteFields, limits: configuration.limits, jobs: threads)
  }

  /// What to read: the given paths, or else those of the configuration, or else the working folder.
  static func roots(_ paths: [String], _ configuration: Configuration) -> [CatalogRequest.Root] {
    if !paths.isEmpty { return paths.map { CatalogRequest.Root(path: $0) } }
    return configuration.paths.isEmpty ? [CatalogRequest.Root(path: ".")] : configuration.paths
  }
}

extension RuleCollection {
  /// Removes rules with other statuses; nil keeps all. Rules without a status are always kept.
  fileprivate mutating func keep(_ statuses: Set<Status>?) {
    guard let statuses else { return }
    rules.removeAll { rule in rule.status.map { !statuses.contains($0) } ?? false }
  }
}
