/// Markup that a template of this engine has rendered, to be copied into many pages. No other text can become one.
@usableFromInline package struct Fragment: Hashable, Sendable {
  let bytes: [UInt8]
}
