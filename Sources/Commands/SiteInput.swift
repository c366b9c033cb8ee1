import Files
import Reading
import Text

/// Something that a site is made from, besides what the binary carries.
enum SiteInput {
  /// It needn't be there.
  case file(String)
  /// The files of a folder, but not those further down.
  case files(in: String)
  /// Rules and the notes beside them, or a folder of notes.
  case rules(CatalogRequest)
  /// Rules of others, which are taken to stay as they are while a site is served.
  case baseline(CatalogRequest)
}

extension SiteInput {
  /// All of them.
  ///
  /// - Parameter collectors: the files and folders that the telemetry file names.
  static func all(_ options: SiteOptions, _ configuration: Configuration, collectors: [String]) -> [SiteInput] {
    let reading = options.input.reading
    func request(_ roots: [CatalogRequest.Root], _ include: [Glob] = [], _ exclude: [Glob] = []) -> CatalogRequest {
      CatalogRequest(roots: roots, include: include, exclude: exclude, jobs: 1)
    }
    let roots = LoadedCatalog.roots(options.input.paths, configuration)
    var inputs: [SiteInput] = [.file(reading.configurationPath)]
    inputs.append(.rules(request(roots, configuration.include, configuration.exclude)))
    for notes in [configuration.techniqueNotes, configuration.eventNotes].compactMap(\.self) {
      inputs.append(.rules(request([CatalogRequest.Root(path: notes)])))
    }
    inputs += (configuration.events + configuration.fields).map { .file($0) }
    if let attack = reading.attack ?? configuration.attack { inputs.append(.file(attack)) }
    if let templates = options.templates ?? configuration.templates { inputs.append(.files(in: templates)) }
    if let telemetry = configuration.telemetry { inputs.append(.file(telemetry)) }
    inputs += collectors.map { isFolder($0) ? .files(in: $0) : .file($0) }
    inputs += configuration.history.map { isFolder($0) ? .files(in: $0) : .file($0) }
    if !configuration.baseline.isEmpty {
      inputs.append(.baseline(request(configuration.baseline.map { CatalogRequest.Root(path: $0) })))
    }
    return inputs
  }

  /// Adds to a digest what making the site from it depends on.
  ///
  /// - Throws: where a folder can't be read.
  func add(to digest: inout StatusDigest) throws(InputError) {
    switch self {
    case .file(let path): digest.add(SystemPath(path))
    case .files(let folder):
      digest.add(folder)
      for name in try InputFile.names(in: folder) { digest.add(SystemPath("\(folder)/\(name)")) }
    case .rules(let request), .baseline(let request): request.add(to: &digest)
    }
  }

  /// Where to watch for changes of it.
  var places: [WatchedPlace] {
    switch self {
    case .file(let path): [.entry(path)]
    case .files(let folder): [.folder(folder), .entry(folder)]
    case .rules(let request):
      request.roots.flatMap { root in
        ([root.path] + [request.readers.noteFile(beside: root.path)].compactMap(\.self)).map { .entry($0) }
      }
    case .baseline: []
    }
  }
}

/// All that a site is made from, by what the system says of it without looking into it.
struct SiteFingerprint {
  let value: UInt64
  /// Whether each change from now on gives another fingerprint.
  let isSettled: Bool
  let configuration: Configuration

  /// - Throws: where the configuration, or what it names, can't be read.
  init(_ options: SiteOptions) throws(InputError) {
    let reading = options.input.reading
    configuration = try LoadedCatalog.configuration(of: reading)
    let telemetry = try configuration.telemetry.map { path throws(InputError) in try TelemetryFiles(reading: path) }
    var digest = StatusDigest()
    digest.add(generator)
    if let program = CurrentProcess.file { digest.add(program) }
    // The paths count from here.
    digest.add(workingFolder()?.text ?? "")
    for text in [reading.config, reading.attack, options.templates, options.baseURL] + options.input.paths {
      digest.add(text ?? "")
      digest.add(text == nil ? "no" : "yes")
    }
    for input in SiteInput.all(options, configuration, collectors: telemetry?.places ?? []) {
      try input.add(to: &digest)
    }
    (value, isSettled) = (digest.value, digest.isSettled)
  }
}
