import Foundation
import Testing

/// `catalog.json` as a program of somebody else's reads it.
struct CatalogFile: Decodable {
  struct Rule: Decodable {
    var key, dialect, slug, title, source, page: String
    var id, description, status, level, date, modified: String?
    var `class`: String
    var disabled: Bool?
    var tags, references, falsePositives, authors: [String]
    var logsource: [String: String]
    var logsources: [[String: String]]?
    var attack: Attack
    var events: [Event]
    var indicators, exclusions: [Indicator]
    var sameAction: [String]
    var neighbours: [Neighbour]
    var correlation: Correlation?
    var filter: Filter?

    /// Whether coverage counts it where the configuration says nothing else.
    var isCounted: Bool {
      `class` == "detection" && !["deprecated", "unsupported"].contains(status) && disabled != true
    }
  }
  struct Attack: Decodable {
    var tactics, techniques, groups, software, unknown: [String]
    var revoked: [String: String]
  }
  struct Event: Decodable, Hashable {
    var provider, event: String
    var operation: Bool
  }
  struct Indicator: Decodable {
    var field, canonical: String?
    var kind, value: String
    var modifiers: [String]
    var corpus: Int
    var corpusByDialect: [String: Int]
  }
  struct Neighbour: Decodable {
    var rule, relation: String
    var score: Double
  }
  struct Correlation: Decodable { var rules: [String] }
  struct Filter: Decodable { var rules: [String] }
  struct Finding: Decodable {
    var file, severity, id, message: String
    var line, column: Int?
  }

  var format: Int
  var generator: String
  var attack: [String: String]
  var rules: [Rule]
  var files: [String: Int]
  var diagnostics: [Finding]

  init(_ bytes: [UInt8]?) throws {
    self = try JSONDecoder().decode(CatalogFile.self, from: Data(try #require(bytes, "catalog.json is missing")))
  }

  func rule(_ key: String) throws -> Rule {
    try #require(rules.first { $0.key == key }, "catalog.json has no rule \(key)")
  }
}
