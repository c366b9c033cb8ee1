package import RuleModel

/// Two events that report the same activity, and how closely they correspond.
package struct Equivalent: Hashable, Sendable {
  package enum Quality: String, Hashable, Sendable, CaseIterable {
    /// The same activity.
    case same
    /// The same activity, under some conditions or with fewer fields.
    case partial
    /// Only an indication of it.
    case weak
    /// No other event reports the activity of the first.
    case none
  }

  /// Fields with the same content; several if one event splits the value.
  package struct FieldPair: Hashable, Sendable {
    package var first: [String]
    package var second: [String]
  }

  package var first: Event
  /// nil if ``quality`` is `none`.
  package var second: Event?
  package var quality: Quality
  /// Corresponding fields, in file order.
  package var fields: [FieldPair] = []
  package var firstOnly: [String] = []
  package var secondOnly: [String] = []
  package var note: String?

  /// The same pair with the events swapped; nil if there is no second event.
  package var reversed: Equivalent? {
    guard let second else { return nil }
    var result = self
    (result.first, result.second) = (second, first)
    (result.firstOnly, result.secondOnly) = (secondOnly, firstOnly)
    result.fields = fields.map { FieldPair(first: $0.second, second: $0.first) }
    return result
  }
}
