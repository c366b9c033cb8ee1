import Attack
import Checks
import Diagnostics
import Documents
import Reading
import RuleModel
import Site
import Text

/// The contents of `ruledex.yml`. Paths in it are relative to its folder.
struct Configuration: Hashable, Sendable {
  var title = "Detection rules"
  var paths: [CatalogRequest.Root] = []
  var include: [Glob] = []
  var exclude: [Glob] = []
  /// The statuses that are published; nil for all. Rules without a status are always published.
  var statuses: Set<Status>?
  /// The site's public URL: absolute, with a trailing slash.
  var baseURL: String?
  /// The web address of a rule's file; `{file}` is replaced with its path from ``folder``, `{path}` with its source.
  var repository: String?
  /// The folder of the configuration file, with a trailing slash, or empty.
  var folder = ""
  var output: String?
  /// A folder whose files replace our templates with the same names.
  var templates: String?
  /// ATT&CK data made by `ruledex attack import`.
  var attack: String?
  /// The user's own event maps, which extend ours in this order.
  var events: [String] = []
  /// The user's own field maps, likewise.
  var fields: [String] = []
  /// The `telemetry.yml` that says what is collected.
  var telemetry: String?
  /// Other people's rules, in which the review looks for some that close gaps.
  var baseline: [String] = []
  /// Earlier states of the catalog: copies of its `catalog.json`, or folders of them.
  var history: [String] = []
  /// What coverage is measured by, and the gaps that are accepted.
  var scope = ScopeDefinition(path: "ruledex.yml")
  /// Which rules count for coverage.
  var counted = CountedRules()
  var techniquePages = SiteContent.TechniquePages.all
  /// Of groups and campaigns.
  var groupPages = SiteContent.ThreatPages.all
  /// There are five times as many pieces of software, few of which a reader looks for.
  var softwarePages = SiteContent.ThreatPages.covered
  /// Fields in rules that contain notes for readers.
  var noteFields = ["note", "notes", "runbook"]
  /// A folder of notes on techniques.
  var techniqueNotes: String?
  /// A folder of notes on events and providers.
  var eventNotes: String?
  /// The maximum size of rules and notes, and the maximum work for one file.
  var limits = ReadingLimits()
  /// Which checks report, and how severe what they find is.
  var checks = CheckSettings()
  /// Problems in the file that don't prevent it from being used.
  var warnings: [Diagnostic] = []

  /// All keys that the file may have.
  static let keys = [
    "title", "paths", "include", "exclude", "statuses", "base-url", "repository", "output", "templates", "attack",
    "events", "fields", "telemetry", "baseline", "history", "scope", "accepted", "counted", "counted-disabled", "pages",
    "notes", "limits", "checks",
  ]
}

/// Why a configuration can't be used: all problems in it, at least one of them an error.
struct ConfigurationError: Error {
  var diagnostics: [Diagnostic]
}

extension Configuration {
  /// - Parameter folder: the file's folder, with a trailing slash, or empty.
  /// - Throws: each unknown key with the nearest known one, and each invalid value, with locations.
  init(parsing bytes: [UInt8], path: String, folder: String) throws(ConfigurationError) {
    var reader = ConfigurationReader(path: path, folder: folder)
    reader.configuration.scope.path = path
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
    warnings = checks.applied(to: findings)
  }
}

struct ConfigurationReader {
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
      case "scope": readScope(value)
      case "accepted": readAccepted(value)
      case "counted":
        configuration.counted.classes = Set(
          list(value).compactMap { named($0, "class", [RuleClass.detection, .hunt]) })
      case "counted-disabled":
        configuration.counted.includesDisabled = flag(value, "counted-disabled") ?? false
      case "pages": readPages(value)
      case "notes": readNotes(value)
      case "limits": readLimits(value)
      case "checks": readChecks(value)
      default: reportUnknown(key, among: Configuration.keys)
      }
    }
  }

  private mutating func readPages(_ node: Node) {
    guard node.kind == .mapping else { return report(node, "'pages' must be a map, such as {techniques: covered}") }
    for (key, value) in node.entries {
      switch key.text ?? "" {
      case "techniques":
        configuration.techniquePages = named(value, "choice", SiteContent.TechniquePages.allCases) ?? .all
      case "groups": configuration.groupPages = named(value, "choice", SiteContent.ThreatPages.allCases) ?? .all
      case "software":
        configuration.softwarePages = named(value, "choice", SiteContent.ThreatPages.allCases) ?? .covered
      default: reportUnknown(key, among: ["techniques", "groups", "software"])
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

  private mutating func readChecks(_ node: Node) {
    guard node.kind == .mapping else { return report(node, "'checks' must be a map, such as {rule-id-missing: off}") }
    for (key, value) in node.entries {
      let name = key.text ?? ""
      guard let check = CheckID(named: name) else {
        report(key, unknownCheck(name))
        continue
      }
      guard let setting = CheckSettings.Setting(named: value.text ?? "") else {
        report(value, "a check is set to one of \(CheckSettings.Setting.names.joined(separator: ", "))")
        continue
      }
      configuration.checks[check] = setting
    }
  }

  /// Numbers of at least 1; the depth is limited by the program's own stack.
  private mutating func readLimits(_ node: Node) {
    guard node.kind == .mapping else { return report(node, "'limits' must be a map, such as {file-bytes: 8388608}") }
    let limits: [(key: String, path: WritableKeyPath<ReadingLimits, Int>, largest: Int)] = [
      ("file-bytes", \.fileBytes, 1 << 30), ("nesting", \.nesting, 256), ("alias-bytes", \.aliasBytes, 1 << 30),
      ("tests", \.tests, 1_000_000), ("note-bytes", \.noteBytes, 1 << 30),
      ("picture-bytes", \.pictureBytes, 1 << 30), ("work", \.work, 1_000_000),
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

  /// A path, or a mapping with a path and a name.
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

  mutating func text(_ node: Node, _ key: String) -> String? {
    guard let text = node.text, !node.isNull, !text.isEmpty else {
      report(node, "'\(key)' must be a text")
      return nil
    }
    return text
  }

  func list(_ node: Node) -> [Node] { node.kind == .sequence ? node.items : [node] }

  private mutating func flag(_ node: Node, _ key: String) -> Bool? {
    switch node.text {
    case "true": return true
    case "false": return false
    default:
      report(node, "'\(key)' must be true or false")
      return nil
    }
  }

  mutating func texts(_ node: Node, _ key: String) -> [String] { list(node).compactMap { text($0, key) } }

  private mutating func named<Name: RawRepresentable<String>>(_ node: Node, _ what: String, _ names: [Name]) -> Name? {
    if let name = names.first(where: { $0.rawValue == node.text }) { return name }
    let near = nearestName(to: node.text ?? "", in: names.map(\.rawValue)).map { "did you mean '\($0)'?" }
    report(
      node,
      "unknown \(what) '\(shortened(node.text ?? ""))'; \(near ?? "write one of \(names.map(\.rawValue).joined(separator: ", "))")"
    )
    return nil
  }

  mutating func reportUnknown(_ key: Node, among known: [String]) {
    let near = nearestName(to: key.text ?? "", in: known).map { "did you mean '\($0)'?" }
    report(
      key, "unknown key '\(shortened(key.text ?? ""))'; \(near ?? "the keys are \(known.joined(separator: ", "))")")
  }

  mutating func report(_ node: Node, _ message: String) {
    diagnostics.append(Diagnostic(.configuration, at: SourceLocation(SourceFile(path: path), at: node.span), message))
  }
}

extension Configuration {
  /// An http or https URL with a host; with a trailing slash.
  static func checkedBaseURL(_ text: String) -> String? {
    guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }),
      text.utf8.count > scheme.utf8.count,
      text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F && $0 != "\"" && $0 != "<" && $0 != ">" })
    else { return nil }
    return text.hasSuffix("/") ? text : text + "/"
  }
}
