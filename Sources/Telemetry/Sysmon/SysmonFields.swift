/// Which fields a block's conditions compare in one event.
///
/// A type of several events (RegistryEvent) has one block for all. A condition names a field by its number in the event
/// that the block was made for; where another event has another field at that number, it matches nothing (rules.c,
/// `MatchFilterGroup`: "Different events with same names are referencing different fields").
struct SysmonFields {
  private let own: [String]?
  private let written: [String]?

  /// - Parameter written: of the event that the block was made for.
  init(of own: [String]?, written: [String]?) {
    self.own = own
    self.written = written
  }

  /// Whether the event that the block was made for has the field, as far as its fields are known.
  func knows(_ field: String) -> Bool { written?.contains(field) ?? true }

  /// As the event has it; nil where the condition matches nothing.
  func name(of field: String) -> String? {
    guard let own, let written else { return field }
    guard let index = written.firstIndex(of: field),
      own.indices.contains(index), own[index] == written[index]
    else { return nil }
    return own[index]
  }
}
