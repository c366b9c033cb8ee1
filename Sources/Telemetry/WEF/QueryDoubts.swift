/// What a query tests but can't be answered for an event, by byte offset.
struct QueryDoubts {
  enum Kind: Hashable {
    /// No event has an element or attribute with this name there.
    case element(String, in: EventElement)
    /// The event has no data with this name.
    case data(String)
    /// Nothing is known about the event's data.
    case unknownData(String)
    case provider(String)
    /// In words: "the level of an event".
    case unknown(String)
  }

  private(set) var kinds: [Int: Kind] = [:]
  /// The offsets of the tests that could be answered.
  private(set) var answered: Set<Int> = []

  mutating func add(_ kind: Kind, at offset: Int) {
    // That an event certainly lacks the data is more informative than that nothing is known about another event's data.
    if case .unknownData = kind, kinds[offset] != nil { return }
    kinds[offset] = kind
  }

  mutating func answer(at offset: Int) { answered.insert(offset) }
}
