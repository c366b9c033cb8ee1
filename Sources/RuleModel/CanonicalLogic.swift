import Text

/// Logic in a form that is the same for all ways to write it.
///
/// What is the same: the order and the repetition of parts, groups in groups of the same kind or of one part, `not` wherever it stands
/// (`not (a or b)` is `not a and not b`), the names of stages and those that the condition doesn't use, the case of values that are
/// compared without case. All else is another form: a field's name as written, a value, its kind and modifiers, `and` and `or`.
struct CanonicalLogic {
  private struct Form {
    var digest: UInt64
    /// Of a group: its parts, ascending, each once.
    var parts: [UInt64]?
    var isAll = false
  }

  private enum Mark: UInt8 {
    case all, any, test, opaque, loop
  }

  private let stages: [Stage]
  /// By stage, first plain, then negated.
  private var known: [Form?]
  /// So many parts may still go up into a group around theirs; those of a rule that is made to be long stay where they are.
  private var budget = 100_000
  private var value: [UInt8] = []

  private init(_ stages: [Stage]) {
    self.stages = stages
    known = Array(repeating: nil, count: stages.count * 2)
  }

  /// The digest of what a rule's first stage says; that of nothing where there is none.
  static func digest(of stages: [Stage]) -> UInt64 {
    guard !stages.isEmpty else { return StableDigest().value }
    var logic = CanonicalLogic(stages)
    let condition = logic.stage(0, negated: false).digest
    // Of a condition that can't be read: what it names.
    let unread = stages.indices.filter { logic.known[2 * $0] == nil && logic.known[2 * $0 + 1] == nil }
    if unread.isEmpty { return condition }
    var digest = StableDigest()
    digest.add(condition)
    for index in unread {
      digest.add(stages[index].name)
      digest.add(logic.stage(index, negated: false).digest)
    }
    return digest.value
  }

  /// The digest of logic that refers to stages.
  static func digest(of predicate: Predicate, over stages: [Stage]) -> UInt64 {
    var logic = CanonicalLogic(stages)
    return logic.form(of: predicate, negated: false).digest
  }

  private mutating func stage(_ index: Int, negated: Bool) -> Form {
    let place = index * 2 + (negated ? 1 : 0)
    if let form = known[place] { return form }
    // A stage that names itself ends here.
    var loop = StableDigest()
    loop.add(byte: Mark.loop.rawValue)
    known[place] = Form(digest: loop.value)
    let form = form(of: stages[index].predicate, negated: negated)
    known[place] = form
    return form
  }

  /// As deep as the logic is nested, which the readers bound.
  private mutating func form(of predicate: Predicate, negated: Bool) -> Form {
    switch predicate {
    case .all(let parts): return group(parts, isAll: !negated, negated: negated)
    case .any(let parts): return group(parts, isAll: negated, negated: negated)
    case .not(let part): return form(of: part, negated: !negated)
    case .test(let test): return Form(digest: digest(of: test, negated: negated))
    case .stage(let index): return stage(index, negated: negated)
    case .opaque(let text):
      var digest = StableDigest()
      digest.add(byte: Mark.opaque.rawValue)
      digest.add(byte: negated ? 1 : 0)
      digest.add(text)
      return Form(digest: digest.value)
    }
  }

  private mutating func group(_ members: [Predicate], isAll: Bool, negated: Bool) -> Form {
    var groups: Set<UInt64> = []
    var parts: [UInt64] = []
    var last: Form?
    for member in members {
      let form = form(of: member, negated: negated)
      if let inner = form.parts, form.isAll == isAll, inner.count <= budget {
        guard groups.insert(form.digest).inserted else { continue }
        budget -= inner.count
        parts += inner
      } else {
        parts.append(form.digest)
        last = form
      }
    }
    parts.sort()
    var distinct: [UInt64] = []
    for part in parts where distinct.last != part { distinct.append(part) }
    // A group has no part or several, so that a single one comes from no other group.
    if distinct.count == 1, let last { return last }
    var digest = StableDigest()
    digest.add(byte: isAll ? Mark.all.rawValue : Mark.any.rawValue)
    for part in distinct { digest.add(part) }
    return Form(digest: digest.value, parts: distinct, isAll: isAll)
  }

  private mutating func digest(of test: Test, negated: Bool) -> UInt64 {
    var digest = StableDigest()
    digest.add(byte: Mark.test.rawValue)
    digest.add(byte: negated ? 1 : 0)
    digest.add(byte: test.field == nil ? 0 : 1)
    digest.add(test.field ?? "")
    digest.add(test.kind.rawValue)
    digest.add(test.modifiers.isEmpty ? [] : test.modifiers.names)
    if test.isCaseSensitive {
      digest.add(test.value)
    } else {
      value.removeAll(keepingCapacity: true)
      test.value.appendLowercased(to: &value)
      for byte in value { digest.add(byte: byte) }
    }
    return digest.value
  }
}
