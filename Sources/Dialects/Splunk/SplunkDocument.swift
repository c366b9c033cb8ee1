import DialectReading
import Documents
import RuleModel
import Text

/// What a file of Splunk's content holds.
enum SplunkDocument {
  /// Documents in YAML, as Splunk's security content has them.
  case content([Node])
  /// A configuration file of an app: `savedsearches.conf`, `macros.conf`, `transforms.conf`.
  case configuration(ConfigurationFile)

  /// Read once, for all that is asked of it.
  init(_ document: SourceDocument) {
    self = document.made { document in
      hasExtension(document.file.path, ["conf"])
        ? .configuration(ConfigurationFile(document.text)) : .content(document.nodes(as: .yaml))
    }
  }

  var hasRules: Bool {
    switch self {
    case .content(let documents): documents.contains(where: isRule)
    case .configuration(let file): !file.searches.isEmpty
    }
  }

  /// What rules refer to by name.
  var definitions: [Companion] {
    switch self {
    case .content(let documents): documents.compactMap(definition)
    case .configuration(let file): file.stanzas.flatMap(companions)
    }
  }
}

/// Whether a document is a detection, a hunt or a baseline: a search, and keys that come with one only here.
func isRule(_ document: Node) -> Bool {
  guard document.kind == .mapping, document["search"]?.kind == .scalar else { return false }
  return [
    "data_source", "how_to_implement", "known_false_positives", "rba", "mitre_attack_id", "drilldown_searches",
    "datamodel",
    "analytic_story", "security_domain",
  ].contains { document[$0] != nil } || document["tags"]?["analytic_story"] != nil
}

extension Companion.Kind {
  static let macro = Companion.Kind(.splunk, "macro")
  static let lookup = Companion.Kind(.splunk, "lookup")
  static let story = Companion.Kind(.splunk, "analytic story")
  /// How rules of a type are scheduled, and what they do.
  static let deployment = Companion.Kind(.splunk, "deployment")
  static let dataSource = Companion.Kind(.splunk, "data source")
}

extension Companion {
  /// A macro with parameters has another name for each number of them.
  static func name(ofMacro name: String, parameters: Int) -> String {
    parameters == 0 ? name : "\(name)(\(parameters))"
  }
}

private func definition(_ document: Node) -> Companion? {
  guard document.kind == .mapping, let name = document["name"]?.text, document["search"] == nil else { return nil }
  func texts(_ key: String) -> [String] {
    (document[key]?.itemsOrSelf ?? []).compactMap(\.text)
  }
  func has(_ keys: [String]) -> Bool { keys.contains { document[$0] != nil } }
  func companion(_ kind: Companion.Kind, _ name: String, _ keys: [String]) -> Companion {
    var values: [String: [String]] = [:]
    for key in keys where !texts(key).isEmpty { values[key] = texts(key) }
    return Companion(kind, name, values: values, at: document.position)
  }
  if document["definition"]?.kind == .scalar {
    let parameters = texts("arguments")
    return companion(
      .macro, Companion.name(ofMacro: name, parameters: parameters.count), ["definition", "arguments"])
  }
  if has(["narrative"]) { return companion(.story, name, ["category"]) }
  if has(["filename", "collection", "lookup_type", "match_type", "default_match"]) {
    return companion(.lookup, name, ["filename", "collection"])
  }
  if has(["sourcetype", "source"]), has(["supported_TA", "fields", "separator", "example_log"]) {
    return companion(.dataSource, name, ["source", "sourcetype"])
  }
  if has(["scheduling"]), has(["alert_action", "tags"]) { return companion(.deployment, name, []) }
  return nil
}

private func companions(_ stanza: ConfigurationFile.Stanza) -> [Companion] {
  let scheme = "analytic_story://"
  if stanza.name.hasPrefix(scheme) {
    let values = stanza["category"].map { ["category": [$0.text]] } ?? [:]
    return [Companion(.story, String(stanza.name.dropFirst(scheme.count)), values: values, at: stanza.position)]
  }
  if let definition = stanza["definition"] {
    // `name(2)`, whose parameters are listed apart.
    let name = String(stanza.name.prefix { $0 != "(" })
    let parameters = (stanza["args"]?.text ?? "").split(separator: ",").map { $0.trimmed() }
    var values = ["definition": [definition.text], "arguments": parameters]
    if stanza["iseval"].map({ isTrue($0.text) }) ?? false { values["iseval"] = ["true"] }
    return [
      Companion(
        .macro, Companion.name(ofMacro: name, parameters: parameters.count), values: values, at: stanza.position)
    ]
  }
  for key in ["filename", "collection", "external_cmd"] where stanza["search"] == nil {
    guard let value = stanza[key] else { continue }
    return [Companion(.lookup, stanza.name, values: [key: [value.text]], at: stanza.position)]
  }
  return []
}

/// A setting's truth, as Splunk's configuration files spell it.
func isTrue(_ text: String) -> Bool { ["1", "true", "t", "yes", "y", "enabled"].contains(text.lowercased()) }
