import Diagnostics
import Matching
import RuleModel
import Text

/// One way in which a rule can match, as far as it chooses events. Fields go by their numbers in the ``FieldTable``.
struct Alternative: Hashable {
  /// What fields must hold.
  var choices: [Int: Choice] = [:]
  /// Values that fields must not have.
  var excluded: Set<FieldValue> = []
  /// What else their values must pass.
  var limits: Set<Limit> = []
  /// The fields that must be there.
  var needs: Set<Int> = []

  /// Whether it asks for nothing.
  var isFree: Bool { choices.isEmpty && excluded.isEmpty && limits.isEmpty && needs.isEmpty }

  struct FieldValue: Hashable {
    var field: Int
    /// In lower case.
    var value: String

    init(field: Int, value: String) {
      self.field = field
      self.value = lowercasedASCII(value)
    }
  }

  struct Limit: Hashable {
    var field: Int
    var test: ValueTest
    var isNegated: Bool
  }

  /// A value that a field must have, or a pattern that it must match.
  struct Choice: Hashable {
    /// With `*` for any text where it isn't exact.
    var text: String
    var isExact: Bool
    /// Whether it's all that is asked of the field.
    var isSole = true
    /// Whether the field may have another value beside it.
    var isOneOfSeveral = false

    /// Patterns without a star in front first, then by their bytes.
    fileprivate func precedes(_ other: Choice) -> Bool {
      let (isOpen, otherIsOpen) = (text.hasPrefix("*"), other.text.hasPrefix("*"))
      return isOpen != otherIsOpen ? otherIsOpen : inByteOrder(text, other.text)
    }
  }

  /// Both at once; nil where no event can have all that is asked of a field.
  func and(_ other: Alternative) -> Alternative? {
    var result = self
    return result.add(other) ? result : nil
  }

  /// Asks for what another one asks for as well.
  ///
  /// - Returns: false where no event can have all that is asked of a field.
  mutating func add(_ other: Alternative) -> Bool {
    needs.formUnion(other.needs)
    excluded.formUnion(other.excluded)
    limits.formUnion(other.limits)
    for (field, choice) in other.choices { if !choose(choice, in: field) { return false } }
    return choices.allSatisfy { field, choice in
      // Earlier answers belong to the earlier choice.
      !choice.isExact || (other.choices[field] == nil ? other : self).allows([choice.text], in: field)
    }
  }

  private mutating func choose(_ choice: Choice, in field: Int) -> Bool {
    guard let present = choices[field] else {
      choices[field] = choice
      return true
    }
    switch (present.isExact, choice.isExact) {
    case (true, true):
      // Of several values, the first asked for chooses the event.
      return choice.isOneOfSeveral || lowercasedASCII(present.text) == lowercasedASCII(choice.text)
    case (false, true): choices[field] = choice
    case (true, false): break
    case (false, false):
      guard choice != present else { break }
      // Both hold; the one that tells how the value begins says most of the provider.
      var first = choice.precedes(present) ? choice : present
      first.isSole = false
      choices[field] = first
    }
    return true
  }

  /// Whether something may be a field's value.
  ///
  /// - Parameters:
  ///   - names: all that the value may be called.
  ///   - onlyNegated: whether only what is excluded counts.
  func allows(_ names: [String], in field: Int, onlyNegated: Bool = false) -> Bool {
    if names.contains(where: { excluded.contains(FieldValue(field: field, value: $0)) }) { return false }
    return limits.allSatisfy { limit in
      if limit.field != field || onlyNegated && !limit.isNegated { return true }
      return names.contains(where: limit.test.matches) != limit.isNegated
    }
  }

  /// Whether it lets all pass that another one does, and may let more.
  func isWeaker(than other: Alternative) -> Bool {
    self != other && choices == other.choices && needs.isSubset(of: other.needs)
      && excluded.isSubset(of: other.excluded) && limits.isSubset(of: other.limits)
  }
}
