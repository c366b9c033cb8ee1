/// Markup rendered by a template of this engine, to be copied into many pages. It can't be made from any other text.
@usableFromInline package struct Fragment: Hashable, Sendable {
  let bytes: [UInt8]

  @usableFromInline var isEmpty: Bool { bytes.isEmpty }
}
