import FoundationEssentials
import Text

/// The parts of a STIX bundle that ATT&CK's data is made from (STIX 2.1, section 8; 2.0 has the same there).
struct STIXBundle: Decodable {
  var type: String?
  var objects: [STIXObject]?
}

/// An object of any type with the properties that we read, as ATT&CK's STIX specification names them.
struct STIXObject: Decodable {
  struct ExternalReference: Decodable {
    var sourceName: String?
    var externalID: String?

    enum CodingKeys: String, CodingKey {
      case sourceName = "source_name"
      case externalID = "external_id"
    }
  }

  struct KillChainPhase: Decodable {
    var name: String

    enum CodingKeys: String, CodingKey {
      case name = "phase_name"
    }
  }

  struct LogSourceReference: Decodable {
    var component: String
    var name: String?
    var channel: String?

    enum CodingKeys: String, CodingKey {
      case component = "x_mitre_data_component_ref"
      case name, channel
    }
  }

  struct Definition: Decodable {
    var statement: String?
  }

  var type: String
  var id: String
  var name: String?
  /// Markdown.
  var description: String?
  var modified: String?
  var revoked: Bool?
  var deprecated: Bool?
  var externalReferences: [ExternalReference]?
  /// Of a technique.
  var killChainPhases: [KillChainPhase]?
  var platforms: [String]?
  /// Of a tactic.
  var shortName: String?
  /// Of a group and a campaign, its own name among them.
  var aliases: [String]?
  /// Of software, likewise.
  var softwareAliases: [String]?
  /// Of the matrix, in its order.
  var tactics: [String]?
  /// Of a relationship.
  var relationshipType: String?
  var source: String?
  var target: String?
  /// Of a detection strategy, and of an analytic.
  var analytics: [String]?
  var logSources: [LogSourceReference]?
  /// Of the collection: ATT&CK's version.
  var version: String?
  /// Of a marking: the copyright statement.
  var definition: Definition?

  enum CodingKeys: String, CodingKey {
    case type, id, name, description, modified, revoked, definition, aliases
    case deprecated = "x_mitre_deprecated"
    case externalReferences = "external_references"
    case killChainPhases = "kill_chain_phases"
    case platforms = "x_mitre_platforms"
    case shortName = "x_mitre_shortname"
    case softwareAliases = "x_mitre_aliases"
    case tactics = "tactic_refs"
    case relationshipType = "relationship_type"
    case source = "source_ref"
    case target = "target_ref"
    case analytics = "x_mitre_analytic_refs"
    case logSources = "x_mitre_log_source_references"
    case version = "x_mitre_version"
  }
}

extension STIXObject {
  /// Whether it is neither revoked nor deprecated.
  var isActive: Bool { revoked != true && deprecated != true }

  /// Its id in ATT&CK: `T1059`. The source is `mitre-attack`, once also `mitre-mobile-attack` and `mitre-ics-attack`.
  var attackID: String? {
    externalReferences?.first {
      $0.externalID != nil && $0.sourceName?.hasPrefix("mitre-") == true && $0.sourceName?.hasSuffix("attack") == true
    }?.externalID
  }

  /// The first sentences of its description; empty if it isn't active, since others no longer hold.
  var summary: String { isActive ? firstSentences(of: description ?? "") : "" }

  /// The white space at some names' ends says nothing.
  var trimmedName: String { trimmed(name) }

  /// Its aliases without its own name, each once, in their order.
  var otherNames: [String] {
    ((aliases ?? []) + (softwareAliases ?? [])).map { trimmed($0) }.filter { !$0.isEmpty && $0 != trimmedName }
      .distinct()
  }
}

func trimmed(_ text: String?) -> String {
  let rest = (text ?? "").drop(while: \.isWhitespace)
  let last = rest.lastIndex { !$0.isWhitespace }
  return last.map { String(rest[...$0]) } ?? ""
}

extension STIXBundle {
  /// - Parameter json: UTF-8.
  init(parsing json: [UInt8]) throws(ImportError) {
    do {
      self = try JSONDecoder().decode(STIXBundle.self, from: Data(json))
    } catch let error as DecodingError {
      throw ImportError(error)
    } catch {
      throw ImportError("this can't be read (\(error)); give MITRE's bundle as it was downloaded")
    }
    guard type == "bundle", let objects, !objects.isEmpty else { throw .noBundle }
  }
}

extension ImportError {
  fileprivate static let noBundle = ImportError(
    "this is JSON, but not a STIX bundle with objects; give a bundle like enterprise-attack.json")

  fileprivate init(_ error: DecodingError) {
    switch error {
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      self.init("this isn't JSON, or it is incomplete; give MITRE's bundle as it was downloaded")
    case .keyNotFound(let key, let context):
      self.init("\(place(context.codingPath)) has no '\(key.stringValue)'; give MITRE's bundle as it was downloaded")
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      if context.codingPath.isEmpty {
        self = .noBundle
      } else {
        self.init("\(place(context.codingPath)) is of the wrong type; give MITRE's bundle as it was downloaded")
      }
    @unknown default: self.init("this can't be read (\(error)); give MITRE's bundle as it was downloaded")
    }
  }
}

/// A path as in JavaScript: `objects[0].id`.
private func place(_ path: [any CodingKey]) -> String {
  path.reduce("") { place, key in
    if let index = key.intValue { return place + "[\(index)]" }
    return place + (place.isEmpty ? "" : ".") + key.stringValue
  }
}
