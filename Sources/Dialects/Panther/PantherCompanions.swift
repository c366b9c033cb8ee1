import Diagnostics
import DialectReading
import Documents
import QueryLanguages
import RuleModel

/// What rules refer to by name: helper modules, data models, queries, packs, lookup tables.
enum PantherCompanions {
  static let helper = Companion.Kind(.panther, "helper module")
  /// By the type of log; several models may serve one.
  static let dataModel = Companion.Kind(.panther, "data model", hasUniqueNames: false)
  static let query = Companion.Kind(.panther, "query")
  /// By the id of what is in it.
  static let pack = Companion.Kind(.panther, "pack", hasUniqueNames: false)
  static let lookupTable = Companion.Kind(.panther, "lookup table")

  static let reader = CompanionReader(
    definitions: { document in document.nodes(as: .yaml).flatMap(definitions) },
    definesNothing: { text, _ in definesNothing(text) })

  private static func definitions(in document: Node) -> [Companion] {
    guard let type = AnalysisType(of: document) else { return [] }
    switch type {
    case .global: return named(helper, "GlobalID", in: document, ["file": texts("Filename", in: document)])
    case .dataModel: return dataModels(in: document)
    case .scheduledQuery, .savedQuery:
      return named(query, "QueryName", in: document, ["query": texts(queryKeys, in: document)])
    case .pack:
      let title = texts(["DisplayName", "PackID"], in: document).first ?? "pack"
      let values = ["title": [title], "id": texts("PackID", in: document)]
      return (document["PackDefinition"]?["IDs"]?.items ?? []).compactMap { node in
        node.text.map { Companion(pack, $0, values: values, at: node.position) }
      }
    case .lookupTable: return named(lookupTable, "LookupName", in: document, [:])
    case .rule, .policy, .scheduledRule, .correlationRule: return []
    }
  }

  /// The keys under which a query may be, in the order in which they are preferred.
  static let queryKeys = ["Query", "SnowflakeQuery", "AthenaQuery", "DatabricksQuery"]

  private static func named(
    _ kind: Companion.Kind, _ key: String, in document: Node, _ values: [String: [String]]
  ) -> [Companion] {
    guard let node = document[key], let name = node.text, !name.isEmpty else { return [] }
    return [Companion(kind, name, values: values, at: node.position)]
  }

  /// The mappings of a data model, as lists of the same length: a name has a path or a method.
  private static func dataModels(in document: Node) -> [Companion] {
    guard document["Enabled"]?.boolean != false else { return [] }
    var values: [String: [String]] = ["file": texts("Filename", in: document)]
    for mapping in document["Mappings"]?.items ?? [] {
      guard let name = mapping["Name"]?.text else { continue }
      values["names", default: []].append(name)
      values["paths", default: []].append(mapping["Path"]?.text ?? "")
      values["methods", default: []].append(mapping["Method"]?.text ?? "")
    }
    return (document["LogTypes"]?.items ?? []).compactMap { node in
      node.text.map { Companion(dataModel, $0, values: values, at: node.position) }
    }
  }

  private static func texts(_ key: String, in document: Node) -> [String] { texts([key], in: document) }

  private static func texts(_ keys: [String], in document: Node) -> [String] {
    keys.compactMap { document[$0]?.text }.filter { !$0.isEmpty }
  }

  /// Whether each document of a file says at the start of a line that it is a rule.
  private static func definesNothing(_ text: [UInt8]) -> Bool {
    let key = Array("AnalysisType:".utf8)
    var hasRule = false
    var start = 0
    while start < text.count {
      if text[start...].starts(with: key) {
        guard isRule(text[(start + key.count)...]) else { return false }
        hasRule = true
      }
      guard let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) else { break }
      start = end + 1
    }
    return hasRule
  }

  /// Whether a text begins with a type whose documents define nothing.
  private static func isRule(_ text: ArraySlice<UInt8>) -> Bool {
    let rest = text.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    let word = rest.prefix { $0 == UInt8(ascii: "_") || ByteSet.letters.contains($0) }
    guard let type = AnalysisType(rawValue: String(decoding: word, as: UTF8.self).lowercased()) else { return false }
    return type.isRule && !type.isQuery
  }
}
