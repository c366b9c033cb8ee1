package import RuleModel

/// Two events that report the same activity, and how far.
package struct Equivalent: Hashable, Sendable {
  package enum Quality: String, Hashable, Sendable, CaseIterable {
    /// The same happening.
    case same
    /// The same happening, under conditions or with fewer fields.
    case partial
    /// A hint of it.
    case weak
    /// Nothing else tells of the first event.
    case none
  }

  /// Fields that hold the same; several where one event holds the value in parts.
  package struct FieldPair: Hashable, Sendable {
    package var first: [String]
    package var second: [String]
  }

  package var first: Event
  /// nil where ``quality`` is `none`.
  package var second: Event?
  package var quality: Quality
  /// Fields that correspond, in the order of the file.
  package var fields: [FieldPair] = []
  package var firstOnly: [String] = []
  package var secondOnly: [String] = []
  package var note: String?

  /// The same, seen from the other event; nil where there is none.
  package var reversed: Equivalent? {
    guard let second else { return nil }
    var result = self
    (result.first, result.second) = (second, first)
    (result.firstOnly, result.secondOnly) = (secondOnly, firstOnly)
    result.fields = fields.map { FieldPair(first: $0.second, second: $0.first) }
    return result
  }
}
