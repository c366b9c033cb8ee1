import Text

/// Logic in a form that is the same for all ways to write it.
///
/// What is the same: the order and the repetition of parts, groups in groups of the same kind or of one part, `not` wherever it stands
/// (`not (a or b)` is `not a and not b`), the names of stages and those that the condition doesn't use, the case of values that are
/// compared without case. All else is another form: a field's name, a value, its kind and modifiers, `and` and `or`.
struct CanonicalLogic {
  private struct Form {
    var digest: UInt64
    /// Of a group: its parts, ascending, each once.
    var parts: [UInt64]?
    var isAll = false
  }

  private enum Mark: UInt8 {
    case all, any, test, opaque, loop, noTest
  }

  private let stages: [Stage]
  private var fold: LogicFold<Form>
  private var forms: Forms

  /// - Parameter fieldName: what a field is called, by its name as written.
  init(over stages: [Stage], fieldName: @escaping (String) -> String = { $0 }) {
    self.stages = stages
    fold = LogicFold(over: stages)
    forms = Forms(fieldName: fieldName)
  }

  /// The digest of what a rule's first stage says; that of nothing where there is none.
  mutating func digest() -> UInt64 {
    guard !stages.isEmpty else { return StableDigest().value }
    let condition = digest(of: .stage(0))
    // Of a condition that can't be read: what it names.
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

  /// The digest of logic that refers to stages.
  mutating func digest(of predicate: Predicate) -> UInt64 {
    fold.value(
      of: predicate, test: { forms.form(of: $0, negated: $1) }, text: { forms.form(of: $0, negated: $1) },
      group: { forms.group($0, isAll: $1) }, loop: { Forms.loop }
    ).digest
  }

  /// What the parts of logic come to.
  private struct Forms {
    let fieldName: (String) -> String
    /// So many parts may still go up into a group around theirs; those of a rule that is made to be long stay where they are.
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
      // A group has no part or several, so that a single one comes from no other group.
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
