import Analysis
import Diagnostics
import RuleModel

/// The fields that a rule tests, each once as written, and where first.
func testedFields(of rule: RuleID, in index: CatalogIndex) -> [(name: String, place: SourcePosition)] {
  var result: [(name: String, place: SourcePosition)] = []
  for table in [index.indicators, index.exclusions] {
    for entry in table.entries[rule] {
      guard let field = entry.test.field else { continue }
      // Entries with the same field are adjacent.
      if let last = result.last, last.name == field {
        result[result.count - 1].place = min(last.place, entry.test.position)
      } else if let known = result.firstIndex(where: { $0.name == field }) {
        result[known].place = min(result[known].place, entry.test.position)
      } else {
        result.append((field, entry.test.position))
      }
    }
  }
  return result
}
