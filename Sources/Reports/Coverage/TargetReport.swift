import Attack
import RuleModel

// How the techniques of a target were included, in each format.

extension RecordWriter where Self: ~Copyable {
  /// `attack`: the matrix that rules are compared with.
  mutating func write(_ matrix: AttackMatrix) {
    record("attack") { record in
      record.text("domain", matrix.domain)
      record.text("version", matrix.version)
    }
  }

  /// `target`: what a review covers, and how many of its techniques were included in each way.
  mutating func write(_ target: AttackTarget?) {
    guard let target else { return }
    newLine()
    record("target") { record in
      record.text("title", target.title)
      record.number("techniques", target.origins.count)
      record.pairs("via", attributes: ("kind", "techniques")) {
        target.counts.map { ($0.kind.rawValue, .number($0.count)) }
      }
    }
  }

  /// `via` and `from`: how a technique was included.
  mutating func writeOrigin(of technique: TechniqueID, in target: AttackTarget?) {
    guard let origin = target?.origins[technique] else { return }
    element("via", attribute: "kind") { origin.kind.rawValue }
    texts(.plain("from", "from"), attribute: "name", origin.names)
  }
}

extension TextTable {
  /// The same table with a column that says how each row's technique was included.
  func with(origins target: AttackTarget?, of techniques: [TechniqueID]) -> TextTable {
    guard let target else { return self }
    var table = self
    table.head.append("came in")
    for index in table.rows.indices {
      table.rows[index].append(target.origins[techniques[index]]?.words ?? "")
    }
    return table
  }
}

extension AttackTarget {
  /// Appended to a layer's comment: `; by its software: Cobalt Strike (S0154)`.
  static func note(on technique: TechniqueID, in target: AttackTarget?) -> String {
    target?.origins[technique].map { "; \($0.words)" } ?? ""
  }

  /// Appended to a description: ` APT29 (G0016): 64 used by the threat itself.`
  static func description(of target: AttackTarget?) -> String {
    target.map { " \($0.title): \($0.words)." } ?? ""
  }
}
