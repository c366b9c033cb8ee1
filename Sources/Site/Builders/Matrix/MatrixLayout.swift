import Attack
import RuleModel

/// The position of each technique in the matrix, by index.
struct MatrixLayout: Sendable {
  /// A technique and its sub-techniques of the same tactic, by id.
  struct Cell: Sendable {
    var technique: TechniqueIndex
    var subtechniques: [TechniqueIndex]
  }

  /// In the order of the matrix's tactics; the cells of each are sorted by name, as in MITRE's layout.
  let columns: [[Cell]]

  init(_ matrix: AttackMatrix) {
    let names = matrix.techniques.mapValues { Array($0.name.lowercased().utf8) }
    columns = matrix.tactics.map { tactic in
      var subtechniques: [TechniqueIndex: [TechniqueIndex]] = [:]
      for technique in matrix.techniques(in: tactic.id).compactMap({ matrix.index(of: $0.id) }) {
        let id = matrix.techniques[technique].id
        if let parent = id.parent.flatMap(matrix.index) {
          subtechniques[parent, default: []].append(technique)
        } else {
          subtechniques[technique, default: []] += []
        }
      }
      let byName = subtechniques.keys.sorted { left, right in
        names[left] == names[right] ? left < right : names[left].lexicographicallyPrecedes(names[right])
      }
      return byName.map {
        Cell(technique: $0, subtechniques: subtechniques[$0, default: []])
      }
    }
  }
}
