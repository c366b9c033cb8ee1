import Text

/// Logic in a form that is the same however it is written.
///
/// These make no difference: the order and repetition of parts, a group nested in one of the same kind, a group with a
/// single part, where `not` is applied (`not (a or b)` is `not a and not b`), the names of stages, stages that the
/// condition doesn't use, and the case of values that are compared case-insensitively. Everything else does: a field's
/// name, a value, its kind and modifiers, `and` and `or`.
struct CanonicalLogic {
  private struct Form {
    var digest: UInt64
    /// The parts of a group, ascending and unique.
    var parts: [UInt64]?
    var isAll = false
  }

  private enum Mark: UInt8 {
    case all, any, test, opaque, loop, noTest
  }

  private let stages: [Stage]
  private var fold: LogicFold<Form>
  private var forms: Forms

  /// - Parameter fieldName: maps a field's name as written to the name to use for it.
  init(over stages: [Stage], fieldName: @escaping (String) -> String = { $0 }) {
    self.stages = stages
    fold = LogicFold(over: stages)
    forms = Forms(fieldName: fieldName)
  }

  /// The digest of a rule's first stage; the digest of nothing if there are no stages.
  mutating func digest() -> UInt64 {
    guard !stages.isEmpty else { return StableDigest().value }
    let condition = digest(of: .stage(0))
    // Stages that the condition doesn't reach, as when it can't be read.
    let unread = stages.indices.filter { !fold.knows($0) }
    if unread.isEmpty { return condition }
    var digest = StableDigest()
    digest.add(condition)
    for index in unread {
      digest.add(stages[index].name)
      digest.add(self.digest(of: .stage(index)))
    }
    return digest.value
  }

  /// The digest of logic that may refer to stages.
  mutating func digest(of predicate: Predicate) -> UInt64 {
    fold.value(
      of: predicate, test: { forms.form(of: $0, negated: $1) }, text: { forms.form(of: $0, negated: $1) },
      group: { forms.group($0, isAll: $1) }, loop: { Forms.loop }
    ).digest
  }

  /// Computes the forms of the parts of logic.
  private struct Forms {
    let fieldName: (String) -> String
    /// How many more parts may be merged into an enclosing group; this limits the work for rules made to be excessively
    /// long.
    private var budget = 100_000
    private var value: [UInt8] = []

    init(fieldName: @escaping (String) -> String) { self.fieldName = fieldName }

    static var loop: Form {
      var digest = StableDigest()
      digest.add(byte: Mark.loop.rawValue)
      return Form(digest: digest.value)
    }

    func form(of text: LogicText, negated: Bool) -> Form {
      var digest = StableDigest()
      let mark: Mark = text.meaning == .opaque ? .opaque : .noTest
      digest.add(byte: mark.rawValue)
      digest.add(byte: negated ? 1 : 0)
      digest.add(text.text)
      return Form(digest: digest.value)
    }

    mutating func group(_ members: [Form], isAll: Bool) -> Form {
      var groups: Set<UInt64> = []
      var parts: [UInt64] = []
      var last: Form?
      for form in members {
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
      // A group has either no parts or several, so a single part can't come from a merged group.
      if distinct.count == 1, let last { return last }
      var digest = StableDigest()
      digest.add(byte: isAll ? Mark.all.rawValue : Mark.any.rawValue)
      for part in distinct { digest.add(part) }
      return Form(digest: digest.value, parts: distinct, isAll: isAll)
    }

    mutating func form(of test: Test, negated: Bool) -> Form {
      var digest = StableDigest()
      digest.add(byte: Mark.test.rawValue)
      digest.add(byte: negated ? 1 : 0)
      digest.add(byte: test.field == nil ? 0 : 1)
      digest.add(test.field.map(fieldName) ?? "")
      digest.add(test.kind.rawValue)
      digest.add(test.modifiers.isEmpty ? [] : test.modifiers.names)
      if test.isCaseSensitive {
        digest.add(test.value)
      } else {
        value.removeAll(keepingCapacity: true)
        test.value.appendLowercased(to: &value)
        for byte in value { digest.add(byte: byte) }
      }
      return Form(digest: digest.value)
    }
  }
}
