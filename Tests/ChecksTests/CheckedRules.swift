import Analysis
import Attack
import Checks
import Diagnostics
import Events
import Reading
import RuleModel
import TestSupport

/// Rules and what is found in them, without ATT&CK.
struct CheckedRules {
  let index: CatalogIndex
  let findings: CatalogFindings

  init(
    _ rules: [Rule], events map: EventMap, fields: FieldMap, notes: NamedNotes = NamedNotes(), settings: CheckSettings
  ) async throws {
    let matrix = try AttackMatrix(parsing: emptyMatrix)
    index = await CatalogIndex(of: rules, attack: matrix, events: map, fields: fields, notes: notes)
    findings = CatalogFindings(in: index, events: map, fields: fields, settings: settings)
  }

  /// The rules of a folder.
  init(in folder: TemporaryFolder, events map: EventMap, fields: FieldMap, settings: CheckSettings) async throws {
    let collection = await readCatalog(CatalogRequest(roots: [CatalogRequest.Root(path: folder.path)], jobs: 1))
    try await self.init(collection.rules, events: map, fields: fields, settings: settings)
  }

  /// What is known of the events and fields that the program ships.
  static let shipped = Result {
    (
      events: try EventMap(parsing: embeddedFiles(below: "catalog/knowledge/events/")),
      fields: try FieldMap(parsing: embeddedFiles(below: "catalog/knowledge/fields.yml"))
    )
  }
}
