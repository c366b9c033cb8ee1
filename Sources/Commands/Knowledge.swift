import Analysis
import Attack
import Diagnostics
import Documents
import Events

extension Knowledge {
  /// - Parameter warnings: receives the problems in the user's files that don't prevent them from being used.
  /// - Throws: all other problems.
  init(_ files: KnowledgeFiles, warnings: inout [Diagnostic]) throws(InputError) {
    let attack = try Knowledge.matrix(from: files.attack)
    let maps = Embedded.files(in: "catalog/knowledge/events/") + files.events.map { ($0.path, $0.bytes) }
    let fieldMaps = Embedded.files(in: "catalog/knowledge/fields.yml") + files.fields.map { ($0.path, $0.bytes) }
    do throws(KnowledgeError) {
      self.init(
        attack: attack, events: try EventMap(parsing: maps, warnings: &warnings),
        fields: try FieldMap(parsing: fieldMaps, warnings: &warnings))
    } catch {
      throw InputError(error.diagnostics)
    }
  }

  /// The version of ATT&CK to which states of a catalog are converted for comparison: the loaded one, or the built-in
  /// one if a state has a newer version than the loaded one and the built-in one is newer, too.
  ///
  /// - Throws: never, if the binary is intact.
  static func matrix(
    for releases: [AttackVersion?], loaded: AttackMatrix
  ) throws(InputError) -> AttackMatrix {
    guard releases.contains(where: { $0.map { $0.domain == loaded.domain && loaded.release < $0 } ?? false }) else {
      return loaded
    }
    let shipped = try matrix(from: nil)
    return shipped.domain == loaded.domain && loaded.release < shipped.release ? shipped : loaded
  }

  static func matrix(from file: KnowledgeFiles.File?) throws(InputError) -> AttackMatrix {
    let folder = "catalog/knowledge/attack/"
    let retired = folder + "retired.json"
    let shipped = folder + "enterprise-attack.json"
    func embedded(_ path: String) -> [UInt8] { Embedded.files(in: path).first?.bytes ?? [] }
    do throws(DocumentError) {
      return try AttackMatrix(
        parsing: file?.bytes ?? embedded(shipped), retiredTactics: try parseRetiredTactics(embedded(retired)))
    } catch {
      throw InputError([error.diagnostic(in: file?.path ?? shipped)])
    }
  }
}
