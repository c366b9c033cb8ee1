import Diagnostics
import Matching
import RuleModel
import Text

/// One way in which a rule can match, as far as it selects events. Fields are identified by their numbers in the
/// ``FieldTable``.
struct Alternative: Hashable {
  /// The values that fields must have.
  var choices: [Int: Choice] = [:]
  /// Values that fields must not have.
  var excluded: Set<FieldValue> = []
  /// Further conditions on the values.
  var limits: Set<Limit> = []
  /// The fields that an event must have.
  var needs: Set<Int> = []

  /// Whether it has no conditions.
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
    /// If it isn't exact, `*` matches any text.
    var text: String
    var isExact: Bool
    /// Whether it is the only condition on the field.
    var isSole = true
    /// Whether the field may have other values as well.
    var isOneOfSeveral = false

    /// Patterns without a leading star come first, then in byte order.
    fileprivate func precedes(_ other: Choice) -> Bool {
      let (isOpen, otherIsOpen) = (text.hasPrefix("*"), other.text.hasPrefix("*"))
      return isOpen != otherIsOpen ? otherIsOpen : inByteOrder(text, other.text)
    }
  }

  /// Both combined; nil if no event can meet the combined conditions on a field.
  func and(_ other: Alternative) -> Alternative? {
    var result = self
    return result.add(other) ? result : nil
  }

  /// Adds the conditions of another alternative.
  ///
  /// - Returns: false if no event can meet the combined conditions on a field.
  mutating func add(_ other: Alternative) -> Bool {
    needs.formUnion(other.needs)
    excluded.formUnion(other.excluded)
    limits.formUnion(other.limits)
    for (field, choice) in other.choices { if !choose(choice, in: field) { return false } }
    return choices.allSatisfy { field, choice in
      // Earlier limits apply to the earlier choice.
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
      // Of several values, the first one selects the event.
      return choice.isOneOfSeveral || lowercasedASCII(present.text) == lowercasedASCII(choice.text)
    case (false, true): choices[field] = choice
    case (true, false): break
    case (false, false):
      guard choice != present else { break }
      // Both apply; the one that fixes the start of the value says most about the provider.
      var first = choice.precedes(present) ? choice : present
      first.isSole = false
      choices[field] = first
    }
    return true
  }

  /// Whether a field may have a value.
  ///
  /// - Parameters:
  ///   - names: all names of the value.
  ///   - onlyNegated: whether to check only exclusions.
  func allows(_ names: [String], in field: Int, onlyNegated: Bool = false) -> Bool {
    if names.contains(where: { excluded.contains(FieldValue(field: field, value: $0)) }) { return false }
    return limits.allSatisfy { limit in
      if limit.field != field || onlyNegated && !limit.isNegated { return true }
      return names.contains(where: limit.test.matches) != limit.isNegated
    }
  }

  /// Whether it accepts everything that another alternative accepts, and possibly more.
  func isWeaker(than other: Alternative) -> Bool {
    self != other && choices == other.choices && needs.isSubset(of: other.needs)
      && excluded.isSubset(of: other.excluded) && limits.isSubset(of: other.limits)
  }
}
