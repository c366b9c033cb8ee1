/// Which fields a block's conditions are compared with in one event.
///
/// A type with several events (RegistryEvent) has one block for all. A condition refers to a field by its number in the
/// event that the block was written for; in an event with a different field at that number, it matches nothing
/// (rules.c, `MatchFilterGroup`: "Different events with same names are referencing different fields").
struct SysmonFields {
  private let own: [String]?
  private let written: [String]?

  /// - Parameter written: the fields of the event that the block was written for.
  init(of own: [String]?, written: [String]?) {
    self.own = own
    self.written = written
  }

  /// Whether the event that the block was written for has the field, as far as its fields are known.
  func knows(_ field: String) -> Bool { written?.contains(field) ?? true }

  /// The event's name for it; nil if the condition matches nothing.
  func name(of field: String) -> String? {
    guard let own, let written else { return field }
    guard let index = written.firstIndex(of: field),
      own.indices.contains(index), own[index] == written[index]
    else { return nil }
    return own[index]
  }
}
