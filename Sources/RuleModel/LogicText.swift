package import Diagnostics

/// A part of a rule's logic that isn't a test, as written.
@usableFromInline package struct LogicText: Sendable {
  package enum Meaning: Hashable, Sendable {
    /// The reader understands it, but it doesn't compare a field with a value: a time window, a threshold, a join, a
    /// comparison of a function's result.
    case noTest
    /// The reader can't parse it.
    case opaque
  }

  package var meaning: Meaning
  package var text: String
  /// Where it starts in the rule's file.
  package var position: SourcePosition

  package init(_ meaning: Meaning, _ text: String, at position: SourcePosition = SourcePosition(line: 1, column: 1)) {
    self.meaning = meaning
    self.text = text
    self.position = position
  }
}

extension LogicText: Hashable {
  /// Compares meaning and bytes; positions don't count.
  @usableFromInline package static func == (left: LogicText, right: LogicText) -> Bool {
    left.meaning == right.meaning && left.text.utf8.elementsEqual(right.text.utf8)
  }

  @usableFromInline package func hash(into hasher: inout Hasher) {
    hasher.combine(meaning)
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

extension Predicate {
  package static func opaque(
    _ text: String, at position: SourcePosition = SourcePosition(line: 1, column: 1)
  ) -> Predicate { .text(LogicText(.opaque, text, at: position)) }

  package static func noTest(
    _ text: String, at position: SourcePosition = SourcePosition(line: 1, column: 1)
  ) -> Predicate { .text(LogicText(.noTest, text, at: position)) }
}
