import Attack
import RuleModel
import XML

// How the techniques of a target came in, in each format.

extension JSONWriter {
  /// `target`: what a review is about, and how many of its techniques came in each way.
  mutating func target(_ target: AttackTarget?) {
    guard let target else { return }
    newLine()
    object("target") { json in
      json.string("title", target.title)
      json.number("techniques", target.origins.count)
      json.object("via") { json in for (kind, count) in target.counts { json.number(kind.rawValue, count) } }
    }
  }

  /// `via` and `from`: how a technique came in.
  mutating func origin(of technique: TechniqueID, in target: AttackTarget?) {
    guard let origin = target?.origins[technique] else { return }
    string("via", origin.kind.rawValue)
    strings("from", origin.names)
  }
}

extension XMLWriter {
  mutating func target(_ target: AttackTarget?) {
    guard let target else { return }
    start("target")
    attribute("title", target.title)
    attribute("techniques", "\(target.origins.count)")
    for (kind, count) in target.counts { element("via", ["kind": kind.rawValue, "techniques": "\(count)"]) }
    end()
  }

  mutating func origin(of technique: TechniqueID, in target: AttackTarget?) {
    guard let origin = target?.origins[technique] else { return }
    element("via", ["kind": origin.kind.rawValue])
    for name in origin.names { element("from", ["name": name]) }
  }
}

extension TextTable {
  /// The same with a column that says how each row's technique came in.
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
  /// Behind a comment of a layer: `; by its software: Cobalt Strike (S0154)`.
  static func note(on technique: TechniqueID, in target: AttackTarget?) -> String {
    target?.origins[technique].map { "; \($0.words)" } ?? ""
  }

  /// Behind a description: ` APT29 (G0016): 64 used by the threat itself.`
  static func description(of target: AttackTarget?) -> String {
    target.map { " \($0.title): \($0.words)." } ?? ""
  }
}
