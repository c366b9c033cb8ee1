/// What a query asks that can't be answered for an event, by the byte where it is.
struct QueryDoubts {
  enum Kind: Hashable {
    /// No event has an element or attribute of that name there.
    case element(String, in: EventElement)
    /// The event has no data of that name.
    case data(String)
    /// Nothing is known of the event's data, whatever they are called.
    case unknownData(String)
    case provider(String)
    /// In words: "the level of an event".
    case unknown(String)
  }

  private(set) var kinds: [Int: Kind] = [:]
  /// The places of what could be answered.
  private(set) var answered: Set<Int> = []

  mutating func add(_ kind: Kind, at offset: Int) {
    // That an event surely lacks the data says more than that nothing is known of another's.
    if case .unknownData = kind, kinds[offset] != nil { return }
    kinds[offset] = kind
  }

  mutating func answer(at offset: Int) { answered.insert(offset) }
}
