import Attack
import Events
import RuleModel
import TestSupport

@testable import Analysis

/// An index of rules without ATT&CK and names of fields.
func catalogIndex(of rules: [Rule], events map: EventMap? = nil) async throws -> CatalogIndex {
  await CatalogIndex(
    of: rules, attack: try AttackMatrix(parsing: emptyMatrix), events: try map ?? EventMap(parsing: []),
    fields: try FieldMap(parsing: []))
}
