/// The meaning of `-F arch=`: which programs' calls a rule applies to, and which table defines their names.
struct AuditArchitecture {
  static let both: [CallMask.Interface] = [.native, .compat]

  var interfaces: [CallMask.Interface]
  var table: CallMask.Interface
  /// Whether the numbers of its calls are known.
  var hasNumbers: Bool

  /// `b64`, `b32`, a machine's name, or the number used in records; nil if it isn't known.
  init?(_ field: AuditRule.Field, _ facts: AuditdFacts) {
    let value = field.value.lowercased()
    let isWide: Bool
    if value == "b64" || value == "b32" {
      (isWide, hasNumbers) = (value == "b64", true)
    } else {
      let bare = value.hasPrefix("0x") ? String(value.dropFirst(2)) : value
      guard let known = facts.architectures[value] ?? facts.architectures.values.first(where: { $0.record == bare })
      else {
        return nil
      }
      (isWide, hasNumbers) = (known.isWide, known.hasNumbers)
    }
    table = isWide ? .native : .compat
    interfaces = isWide == (field.comparison == "=") ? [.native] : [.compat]
  }
}
