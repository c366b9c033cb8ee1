import RuleModel

/// Numbers the logic of rules, so that two rules have the same number when their logic is the same but for the order and the
/// repetition of parts, for groups in groups of the same kind or of one part, and for a double `not`.
struct PredicateForms {
  private var interner = ByteInterner()

  /// What a node of the tree is, by a byte before its parts.
  private enum Mark: UInt8 {
    case all, any, not, test, opaque, loop, rule
  }

  /// Nodes with the numbers of their parts, before they are numbered themselves: parts of a group may go up into another.
  private enum Form {
    case all(Set<Int>)
    case any(Set<Int>)
    case not(Int)
  }

  private var forms: [Int: Form] = [:]

  /// - Parameter entries: the rule's own, which tell the names that its fields are compared by.
  mutating func number(of rule: Rule, _ entries: [IndicatorTable.Entry]) -> Int {
    var names: [String: String] = [:]
    for entry in entries { if let field = entry.test.field, let name = entry.canonical { names[field] = name } }
    var stages = [Int?](repeating: nil, count: rule.stages.count)
    let condition = rule.stages.isEmpty ? number(.loop, []) : stage(0, of: rule.stages, names, &stages)
    var bytes = bytes(of: [condition])
    for text in [rule.aggregation ?? "", rule.timeWindow ?? ""] + rule.groupBy {
      bytes += text.utf8
      bytes.append(0xFF)
    }
    return number(.rule, bytes)
  }

  private mutating func stage(
    _ index: Int, of stages: [Stage], _ names: [String: String], _ known: inout [Int?]
  ) -> Int {
    if let number = known[index] { return number }
    // A stage that names itself ends here.
    known[index] = number(.loop, [])
    let number = number(of: stages[index].predicate, stages, names, &known)
    known[index] = number
    return number
  }

  private mutating func number(
    of predicate: Predicate, _ stages: [Stage], _ names: [String: String], _ known: inout [Int?]
  ) -> Int {
    switch predicate {
    case .all(let parts): return group(parts.map { number(of: $0, stages, names, &known) }, .all)
    case .any(let parts): return group(parts.map { number(of: $0, stages, names, &known) }, .any)
    case .not(let part):
      let inner = number(of: part, stages, names, &known)
      if case .not(let doubled)? = forms[inner] { return doubled }
      let number = number(.not, bytes(of: [inner]))
      forms[number] = .not(inner)
      return number
    case .test(let test):
      var bytes: [UInt8] = []
      test.appendIdentity(field: test.field.map { names[$0] ?? $0 }, to: &bytes)
      return number(.test, bytes)
    case .stage(let index): return stage(index, of: stages, names, &known)
    case .opaque(let text): return number(.opaque, Array(text.utf8))
    }
  }

  private mutating func group(_ parts: [Int], _ mark: Mark) -> Int {
    var all: Set<Int> = []
    for part in parts {
      switch (forms[part], mark) {
      case (.all(let inner)?, .all), (.any(let inner)?, .any): all.formUnion(inner)
      default: all.insert(part)
      }
    }
    if all.count == 1, let only = all.first { return only }
    let number = number(mark, bytes(of: all.sorted()))
    forms[number] = mark == .all ? .all(all) : .any(all)
    return number
  }

  private mutating func number(_ mark: Mark, _ bytes: [UInt8]) -> Int { interner.intern([mark.rawValue] + bytes) }

  private func bytes(of numbers: [Int]) -> [UInt8] {
    numbers.flatMap { number in withUnsafeBytes(of: UInt32(number).littleEndian) { Array($0) } }
  }
}
