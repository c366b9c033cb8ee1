import Files
import Reading
import Text

/// An input of a site, other than what is embedded in the binary.
enum SiteInput {
  /// A file that may be missing.
  case file(String)
  /// The files directly inside a folder.
  case files(in: String)
  /// Rules and the notes next to them, or a folder of notes.
  case rules(CatalogRequest)
  /// Other people's rules, which are assumed not to change while a site is served.
  case baseline(CatalogRequest)
}

extension SiteInput {
  /// All inputs.
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
    inputs += ScopeSource.files(of: configuration).map { .file($0) }
    if let telemetry = configuration.telemetry { inputs.append(.file(telemetry)) }
    inputs += collectors.map { isFolder($0) ? .files(in: $0) : .file($0) }
    inputs += configuration.history.map { isFolder($0) ? .files(in: $0) : .file($0) }
    if !configuration.baseline.isEmpty {
      inputs.append(.baseline(request(configuration.baseline.map { CatalogRequest.Root(path: $0) })))
    }
    return inputs
  }

  /// Adds everything to a digest that a site made from this input depends on.
  ///
  /// - Throws: if a folder can't be read.
  func add(to digest: inout StatusDigest) throws(InputError) {
    switch self {
    case .file(let path): digest.add(SystemPath(path))
    case .files(let folder):
      digest.add(folder)
      for name in try InputFile.names(in: folder) { digest.add(SystemPath("\(folder)/\(name)")) }
    case .rules(let request), .baseline(let request): request.add(to: &digest)
    }
  }

  /// The places to watch for changes.
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

/// A fingerprint of all inputs of a site, from file status alone, without reading contents.
struct SiteFingerprint {
  let value: UInt64
  /// Whether every later change is certain to change the fingerprint.
  let isSettled: Bool
  let configuration: Configuration

  /// - Throws: if the configuration, or what it names, can't be read.
  init(_ options: SiteOptions) throws(InputError) {
    let reading = options.input.reading
    configuration = try LoadedCatalog.configuration(of: reading)
    let telemetry = try configuration.telemetry.map { path throws(InputError) in try TelemetryFiles(reading: path) }
    var digest = StatusDigest()
    digest.add(generator)
    if let program = CurrentProcess.file { digest.add(program) }
    // Paths are relative to this folder.
    digest.add(workingFolder()?.text ?? "")
    let day = try options.day.day()?.description
    for text in [reading.config, reading.attack, options.templates, options.baseURL, day] + options.input.paths {
      digest.add(text ?? "")
      digest.add(text == nil ? "no" : "yes")
    }
    for input in SiteInput.all(options, configuration, collectors: telemetry?.places ?? []) {
      try input.add(to: &digest)
    }
    (value, isSettled) = (digest.value, digest.isSettled)
  }
}
