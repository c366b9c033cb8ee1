import Attack
import Diagnostics
import Documents
import Events

/// What rules are held against: a version of ATT&CK, the event map, the field map.
struct Knowledge: Sendable {
  var attack: AttackMatrix
  var events: EventMap
  var fields: FieldMap

  /// - Parameters:
  ///   - attack: a file made by `ruledex attack import`; nil for the version that we ship.
  ///   - events: event maps of the user's own, laid over ours; so are the field maps.
  /// - Throws: all that is wrong with the user's files.
  init(attack: String?, events userMaps: [String], fields userFields: [String]) throws(InputError) {
    self.attack = try Knowledge.matrix(from: attack)
    let maps = try Embedded.files(in: "catalog/knowledge/events/") + Knowledge.files(userMaps)
    let fieldMaps = try Embedded.files(in: "catalog/knowledge/fields.yml") + Knowledge.files(userFields)
    do throws(KnowledgeError) {
      events = try EventMap(parsing: maps)
      fields = try FieldMap(parsing: fieldMaps)
    } catch {
      throw InputError(error.diagnostics)
    }
  }

  private static func files(_ paths: [String]) throws(InputError) -> [(path: String, bytes: [UInt8])] {
    var files: [(path: String, bytes: [UInt8])] = []
    for path in paths { files.append((path, try InputFile.bytes(of: path))) }
    return files
  }

  private static func matrix(from path: String?) throws(InputError) -> AttackMatrix {
    let folder = "catalog/knowledge/attack/"
    let retired = folder + "retired.json"
    let shipped = folder + "enterprise-attack.json"
    func embedded(_ path: String) -> [UInt8] { Embedded.files(in: path).first?.bytes ?? [] }
    let bytes: [UInt8] = if let path { try InputFile.bytes(of: path) } else { embedded(shipped) }
    do throws(DocumentError) {
      return try AttackMatrix(parsing: bytes, retiredTactics: try parseRetiredTactics(embedded(retired)))
    } catch {
      throw InputError([error.diagnostic(in: path ?? shipped)])
    }
  }
}
