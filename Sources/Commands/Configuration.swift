import Diagnostics
import Documents
import Reading
import RuleModel
import Site
import Text

/// What `ruledex.yml` says. Paths in it count from the folder that it is in.
struct Configuration: Hashable, Sendable {
  var title = "Detection rules"
  var paths: [CatalogRequest.Root] = []
  var include: [Glob] = []
  var exclude: [Glob] = []
  /// The statuses that are published; nil for all. Rules without a status always are.
  var statuses: Set<Status>?
  /// The site's public address: absolute, with a slash at its end.
  var baseURL: String?
  /// Where a rule's file can be seen; `{file}` means its path from ``folder``, `{path}` its source.
  var repository: String?
  /// The folder of the configuration's file, with a slash at its end, or empty.
  var folder = ""
  var output: String?
  /// A folder whose files replace our templates of the same name.
  var templates: String?
  /// ATT&CK data made by `ruledex attack import`.
  var attack: String?
  /// Event maps of the user's own, laid over ours in this order.
  var events: [String] = []
  /// Field maps of the user's own, likewise.
  var fields: [String] = []
  /// What is collected: a `telemetry.yml`.
  var telemetry: String?
  /// Rules of others, in which the review looks for some that close gaps.
  var baseline: [String] = []
  /// States of the catalog that were kept: files that were its `catalog.json`, or folders of such.
  var history: [String] = []
  /// Which rules coverage counts.
  var counted = CountedRules()
  var techniquePages = SiteContent.TechniquePages.all
  /// Fields of rules that hold notes for their readers.
  var noteFields = ["note", "notes", "runbook"]
  /// A folder of notes on techniques.
  var techniqueNotes: String?
  /// A folder of notes on events and providers.
  var eventNotes: String?
  /// How large rules and notes may be, and how much work a file may take.
  var limits = ReadingLimits()
  /// What is wrong with the file and doesn't keep it from being used.
  var warnings: [Diagnostic] = []

  /// All that the file may say.
  static let keys = [
    "title", "paths", "include", "exclude", "statuses", "base-url", "repository", "output", "templates", "attack",
    "events", "fields", "telemetry", "baseline", "history", "counted", "counted-disabled", "pages", "notes", "limits",
  ]
}

/// Why a configuration can't be used: all that is wrong with it, an error at least.
struct ConfigurationError: Error {
  var diagnostics: [Diagnostic]
}

extension Configuration {
  /// - Parameter folder: of the file, with a slash at its end, or empty.
  /// - Throws: each unknown key with the nearest known one, each value of a wrong form, with its place.
  init(parsing bytes: [UInt8], path: String, folder: String) throws(ConfigurationError) {
    var reader = ConfigurationReader(path: path, folder: folder)
    do throws(DocumentError) {
      let text = try repairedText(bytes)
      let documents = try parseYAML(text.bytes, replaced: text.replaced)
      for fault in text.faults + parsingFaults(of: documents) { reader.diagnostics.append(fault.diagnostic(in: path)) }
      if let document = documents.first { reader.read(document) }
    } catch {
      throw ConfigurationError(diagnostics: [error.diagnostic(in: path)])
    }
    let findings = reader.diagnostics.sorted()
    if findings.contains(where: { $0.severity == .error }) { throw ConfigurationError(diagnostics: findings) }
    self = reader.configuration
    self.folder = folder
    warnings = findings
  }
}

private struct ConfigurationReader {
  let path: String
  let folder: String
  var configuration = Configuration()
  var diagnostics: [Diagnostic] = []

  mutating func read(_ document: Node) {
    guard document.kind == .mapping else {
      return report(document, "the configuration must be a map of keys; see the README")
    }
    for (key, value) in document.entries {
      switch key.text ?? "" {
      case "title": configuration.title = text(value, "title") ?? configuration.title
      case "paths": configuration.paths = list(value).compactMap { root($0) }
      case "include": configuration.include = texts(value, "include").map(Glob.init)
      case "exclude": configuration.exclude = texts(value, "exclude").map(Glob.init)
      case "statuses": configuration.statuses = Set(list(value).compactMap { named($0, "status", Status.allCases) })
      case "base-url": configuration.baseURL = baseURL(value)
      case "repository": configuration.repository = repository(value)
      case "output": configuration.output = text(value, "output").map(resolved)
      case "templates": configuration.templates = text(value, "templates").map(resolved)
      case "attack": configuration.attack = text(value, "attack").map(resolved)
      case "events": configuration.events = texts(value, "events").map(resolved)
      case "fields": configuration.fields = texts(value, "fields").map(resolved)
      case "telemetry": configuration.telemetry = text(value, "telemetry").map(resolved)
      case "baseline": configuration.baseline = texts(value, "baseline").map(resolved)
      case "history": configuration.history = texts(value, "history").map(resolved)
      case "counted":
        configuration.counted.classes = Set(
          list(value).compactMap { named($0, "class", [RuleClass.detection, .hunt]) })
      case "counted-disabled":
        configuration.counted.includesDisabled = flag(value, "counted-disabled") ?? false
      case "pages": readPages(value)
      case "notes": readNotes(value)
      case "limits": readLimits(value)
      default: reportUnknown(key, among: Configuration.keys)
      }
    }
  }

  private mutating func readPages(_ node: Node) {
    guard node.kind == .mapping else { return report(node, "'pages' must be a map, such as {techniques: covered}") }
    for (key, value) in node.entries {
      if key.text == "techniques" {
        configuration.techniquePages = named(value, "choice", SiteContent.TechniquePages.allCases) ?? .all
      } else {
        reportUnknown(key, among: ["techniques"])
      }
    }
  }

  private mutating func readNotes(_ node: Node) {
    guard node.kind == .mapping else { return report(node, "'notes' must be a map, such as {fields: [runbook]}") }
    for (key, value) in node.entries {
      switch key.text ?? "" {
      case "fields": configuration.noteFields = texts(value, "fields")
      case "techniques": configuration.techniqueNotes = text(value, "techniques").map(resolved)
      case "events": configuration.eventNotes = text(value, "events").map(resolved)
      default: reportUnknown(key, among: ["fields", "techniques", "events"])
      }
    }
  }

  /// Numbers of at least 1; how deep is bounded by the program's own stack.
  private mutating func readLimits(_ node: Node) {
    guard node.kind == .mapping else { return report(node, "'limits' must be a map, such as {file-bytes: 8388608}") }
    let limits: [(key: String, path: WritableKeyPath<ReadingLimits, Int>, largest: Int)] = [
      ("file-bytes", \.fileBytes, 1 << 30), ("nesting", \.nesting, 256), ("alias-bytes", \.aliasBytes, 1 << 30),
      ("tests", \.tests, 1_000_000), ("note-bytes", \.noteBytes, 1 << 30), ("work", \.work, 1_000_000),
    ]
    for (key, value) in node.entries {
      guard let limit = limits.first(where: { $0.key == key.text }) else {
        reportUnknown(key, among: limits.map(\.key))
        continue
      }
      guard let number = value.text.flatMap({ Int($0) }), (1...limit.largest).contains(number) else {
        report(value, "'\(limit.key)' must be a number from 1 to \(limit.largest)")
        continue
      }
      configuration.limits[keyPath: limit.path] = number
    }
  }

  /// A path, or a map with a path and a name.
  private mutating func root(_ node: Node) -> CatalogRequest.Root? {
    if node.kind != .mapping { return text(node, "path").map { CatalogRequest.Root(path: resolved($0)) } }
    for (key, _) in node.entries where !["path", "name"].contains(key.text) {
      reportUnknown(key, among: ["path", "name"])
    }
    guard let path = node["path"] else {
      report(node, "an entry of 'paths' needs a 'path'; add it")
      return nil
    }
    let name = node["name"].flatMap { text($0, "name") }
    return text(path, "path").map { CatalogRequest.Root(path: resolved($0), name: name) }
  }

  private mutating func baseURL(_ node: Node) -> String? {
    guard let text = text(node, "base-url") else { return nil }
    guard let url = Configuration.checkedBaseURL(text) else {
      report(node, "'\(shortened(text))' isn't the address of a site; write one that starts with https:// or http://")
      return nil
    }
    return url
  }

  private mutating func repository(_ node: Node) -> String? {
    guard let text = text(node, "repository") else { return nil }
    guard Configuration.checkedBaseURL(text) != nil, text.contains("{path}") || text.contains("{file}") else {
      report(node, "'repository' must be an http or https address with {file} or {path} where a rule's path belongs")
      return nil
    }
    return text
  }

  private func resolved(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }

  // MARK: Values

  private mutating func text(_ node: Node, _ key: String) -> String? {
    guard let text = node.text, !node.isNull, !text.isEmpty else {
      report(node, "'\(key)' must be a text")
      return nil
    }
    return text
  }

  private func list(_ node: Node) -> [Node] { node.kind == .sequence ? node.items : [node] }

  private mutating func flag(_ node: Node, _ key: String) -> Bool? {
    switch node.text {
    case "true": return true
    case "false": return false
    default:
      report(node, "'\(key)' must be true or false")
      return nil
    }
  }

  private mutating func texts(_ node: Node, _ key: String) -> [String] { list(node).compactMap { text($0, key) } }

  private mutating func named<Name: RawRepresentable<String>>(_ node: Node, _ what: String, _ names: [Name]) -> Name? {
    if let name = names.first(where: { $0.rawValue == node.text }) { return name }
    let near = nearestName(to: node.text ?? "", in: names.map(\.rawValue)).map { "did you mean '\($0)'?" }
    report(
      node,
      "unknown \(what) '\(shortened(node.text ?? ""))'; \(near ?? "write one of \(names.map(\.rawValue).joined(separator: ", "))")"
    )
    return nil
  }

  private mutating func reportUnknown(_ key: Node, among known: [String]) {
    let near = nearestName(to: key.text ?? "", in: known).map { "did you mean '\($0)'?" }
    report(
      key, "unknown key '\(shortened(key.text ?? ""))'; \(near ?? "the keys are \(known.joined(separator: ", "))")")
  }

  private mutating func report(_ node: Node, _ message: String) {
    diagnostics.append(Diagnostic(.configuration, at: SourceLocation(SourceFile(path: path), at: node.span), message))
  }
}

extension Configuration {
  /// An http or https address with a host; with a slash at its end.
  static func checkedBaseURL(_ text: String) -> String? {
    guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }),
      text.utf8.count > scheme.utf8.count,
      text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F && $0 != "\"" && $0 != "<" && $0 != ">" })
    else { return nil }
    return text.hasSuffix("/") ? text : text + "/"
  }
}
