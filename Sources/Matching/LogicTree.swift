/// A rule's logic for one event in contiguous memory, for comparison with thousands of filter clauses.
package struct LogicTree: Sendable {
  private enum Kind: UInt8 {
    case all, any, test, opaque
  }

  private struct Node {
    var kind: Kind
    /// The fields of the tests in it; fields whose numbers are equal modulo 64 share a bit.
    var fields: UInt64
    /// The index of the test in ``tests``, or of the node after this node's parts.
    var end: Int32
  }

  /// A node is followed by its parts.
  private var nodes: [Node] = []
  /// In the order of the rule.
  package private(set) var tests: [FieldTest] = []

  package init(_ logic: EventLogic) { append(logic) }

  private mutating func append(_ logic: EventLogic) {
    let index = nodes.count
    switch logic {
    case .opaque: nodes.append(Node(kind: .opaque, fields: 0, end: 0))
    case .test(let test):
      nodes.append(Node(kind: .test, fields: LogicTree.bit(of: test.field), end: Int32(tests.count)))
      tests.append(test)
    case .all(let parts), .any(let parts):
      var kind = Kind.any
      if case .all = logic { kind = .all }
      nodes.append(Node(kind: kind, fields: 0, end: 0))
      for part in parts {
        let at = nodes.count
        append(part)
        nodes[index].fields |= nodes[at].fields
      }
      nodes[index].end = Int32(nodes.count)
    }
  }

  static func bit(of field: Int32) -> UInt64 { 1 << UInt64(field & 63) }

  /// The fields that it tests, as a bit set.
  package var fields: UInt64 { nodes[0].fields }

  private func next(after node: Int) -> Int {
    nodes[node].kind == .all || nodes[node].kind == .any ? Int(nodes[node].end) : node + 1
  }

  /// Whether an event could meet this logic and all of these tests; also true if that isn't known.
  ///
  /// Alternatives are considered separately, and the tests are compared within each. Parts joined by `and` are compared
  /// with the tests one by one.
  ///
  /// - Parameters:
  ///   - range: the range of tests to use.
  ///   - fields: the tests' fields as a bit set.
  func mayHold(with others: [FieldTest], _ range: Range<Int>, fields: UInt64, in pool: PatternPool) -> Bool {
    mayHold(0, with: others, range, fields: fields, in: pool)
  }

  private func mayHold(
    _ index: Int, with others: [FieldTest], _ range: Range<Int>, fields: UInt64, in pool: PatternPool
  ) -> Bool {
    let node = nodes[index]
    switch node.kind {
    case .opaque: return true
    case .test:
      if node.fields & fields == 0 { return true }
      let own = tests[Int(node.end)]
      for index in range where others[index].field == own.field && own.excludes(others[index], in: pool) {
        return false
      }
      return true
    case .all:
      if node.fields & fields == 0, node.fields != 0 { return true }
      var part = index + 1
      while part < node.end {
        if !mayHold(part, with: others, range, fields: fields, in: pool) { return false }
        part = next(after: part)
      }
      return true
    case .any:
      if node.fields & fields == 0, node.fields != 0 { return true }
      var part = index + 1
      while part < node.end {
        if mayHold(part, with: others, range, fields: fields, in: pool) { return true }
        part = next(after: part)
      }
      return false
    }
  }

  /// Whether no event can meet this logic if none meets the given tests.
  package func isImpossible(without isRuledOut: (FieldTest) -> Bool) -> Bool { isImpossible(0, isRuledOut) }

  private func isImpossible(_ index: Int, _ isRuledOut: (FieldTest) -> Bool) -> Bool {
    switch nodes[index].kind {
    case .opaque: false
    case .test: isRuledOut(tests[Int(nodes[index].end)])
    case .all: parts(of: index).contains { isImpossible($0, isRuledOut) }
    case .any: parts(of: index).allSatisfy { isImpossible($0, isRuledOut) }
    }
  }

  /// The tests that decide something if no event meets the given ones: those in alternatives that remain possible.
  package func decidingTests(without isRuledOut: (FieldTest) -> Bool) -> [FieldTest] {
    var result: [FieldTest] = []
    func add(_ index: Int) {
      guard !isImpossible(index, isRuledOut) else { return }
      switch nodes[index].kind {
      case .opaque: break
      case .test: result.append(tests[Int(nodes[index].end)])
      case .all, .any: for part in parts(of: index) { add(part) }
      }
    }
    add(0)
    return result
  }

  /// Whether every event that meets this logic meets a clause; also false if that isn't known.
  package func implies(_ clause: EventLogic, in pool: PatternPool) -> Bool { implies(clause, by: [0], in: pool) }

  /// - Parameter all: nodes that hold at the same time.
  private func implies(_ clause: EventLogic, by all: [Int], in pool: PatternPool) -> Bool {
    switch clause {
    case .opaque: false
    case .all(let parts): parts.allSatisfy { implies($0, by: all, in: pool) }
    case .any(let parts):
      parts.contains { implies($0, by: all, in: pool) }
        || all.contains { node in
          // Different alternatives of the rule may meet different alternatives of the clause.
          nodes[node].kind == .any && node + 1 < nodes[node].end
            && self.parts(of: node).allSatisfy { implies(clause, by: [$0], in: pool) }
            || nodes[node].kind == .all && self.parts(of: node).contains { implies(clause, by: [$0], in: pool) }
        }
    case .test(let test): all.contains { implies(test, by: $0, in: pool) }
    }
  }

  private func implies(_ other: FieldTest, by index: Int, in pool: PatternPool) -> Bool {
    let node = nodes[index]
    guard node.fields & LogicTree.bit(of: other.field) != 0 || node.kind == .any else { return false }
    switch node.kind {
    case .opaque: return false
    case .test:
      let own = tests[Int(node.end)]
      return own.field == other.field && own.implies(other, in: pool)
    case .all: return parts(of: index).contains { implies(other, by: $0, in: pool) }
    case .any: return parts(of: index).allSatisfy { implies(other, by: $0, in: pool) }
    }
  }

  private func parts(of index: Int) -> [Int] {
    var result: [Int] = []
    var part = index + 1
    while part < nodes[index].end {
      result.append(part)
      part = next(after: part)
    }
    return result
  }

  /// Whether every event that meets this logic meets one of the clauses that a filter keeps.
  package func isKept(by keeps: KeptClauses, in pool: PatternPool) -> Bool {
    isKept(0, beside: [], by: keeps, in: pool)
  }

  /// - Parameter context: nodes that hold at the same time.
  private func isKept(_ index: Int, beside context: [Int], by keeps: KeptClauses, in pool: PatternPool) -> Bool {
    switch nodes[index].kind {
    case .opaque: return false
    case .any: return parts(of: index).allSatisfy { isKept($0, beside: context, by: keeps, in: pool) }
    case .all:
      let parts = parts(of: index)
      return parts.contains { isKept($0, beside: context + parts, by: keeps, in: pool) }
    case .test:
      let own = tests[Int(nodes[index].end)]
      for kept in keeps.single[own.field] ?? [] where own.implies(kept.test, in: pool) { return true }
      // A clause of several tests must be met by this test together with those that hold at the same time.
      for joined in keeps.joined[own.field] ?? [] where own.implies(joined.test, in: pool) {
        if implies(keeps.clauses[joined.clause], by: context + [index], in: pool) { return true }
      }
      return false
    }
  }
}
