package import Diagnostics

/// One comparison that a rule makes: a field, how it is compared, and with what.
///
/// Kinds are canonical: the same comparison has the same kind and value in every dialect and spelling.
@usableFromInline package struct Test: Sendable {
  /// As written; nil for a search of the whole event.
  package var field: String?
  package var kind: TestKind
  /// The text with the dialect's escapes undone; empty for `is_null`, and `true` or `false` for `exists`.
  package var value: String
  /// Modifiers that change what matches.
  package var modifiers: TestModifiers
  /// Where the value is in the rule's file.
  package var position: SourcePosition

  package init(
    field: String?, kind: TestKind, value: String, modifiers: TestModifiers = [],
    position: SourcePosition = SourcePosition(line: 1, column: 1)
  ) {
    self.field = field
    self.kind = kind
    self.value = value
    self.modifiers = modifiers
    self.position = position
  }
}

extension Test: Hashable {
  /// Compares the bytes of field and value, never by Swift's canonical equivalence; positions don't count.
  @usableFromInline package static func == (left: Test, right: Test) -> Bool {
    left.kind == right.kind && left.modifiers == right.modifiers && left.value.utf8.elementsEqual(right.value.utf8)
      && (left.field == nil) == (right.field == nil)
      && (left.field ?? "").utf8.elementsEqual((right.field ?? "").utf8)
  }

  @usableFromInline package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(modifiers.rawValue)
    for byte in value.utf8 { hasher.combine(byte) }
  }
}
