import Diagnostics
import Documents
import QueryLanguages

/// The search identifiers of a detection, by name and by pattern, and which of them the condition uses.
struct SearchIdentifiers {
  struct Identifier {
    var name: String
    var bytes: [UInt8]
    var node: Node
    var key: Node
    var isUsed = false
  }

  private(set) var all: [Identifier] = []
  private let work: WorkBudget
  private var indexByName: [String: Int] = [:]
  /// The total length of the names.
  private var length = 0
  /// Sorted by their beginnings and, reversed, by their ends; created for the first pattern.
  private var orders: (forwards: NameOrder, backwards: NameOrder)?
  /// Results of earlier lookups, since conditions tend to repeat names.
  private var indicesByPattern: [String?: [Int]] = [:]
  private var nearestByName: [String: String?] = [:]

  init(work: WorkBudget) { self.work = work }

  /// Adds an identifier. If the name already exists, which is reported as a duplicate key, the last one counts.
  mutating func add(_ name: String, node: Node, key: Node) {
    let identifier = Identifier(name: name, bytes: Array(name.utf8), node: node, key: key)
    orders = nil
    if let earlier = indexByName[name] {
      all[earlier] = identifier
    } else {
      indexByName[name] = all.count
      all.append(identifier)
      length += identifier.bytes.count
    }
  }

  mutating func markUsed(_ index: Int) { all[index].isUsed = true }

  func index(named name: String) -> Int? { indexByName[name] }

  /// The identifiers that match a pattern, or `them` if it is nil. Names that start with `_` are left out unless the
  /// pattern does, too.
  mutating func indices(matching pattern: String?) -> [Int] {
    if let known = indicesByPattern[pattern] { return known }
    let text = pattern ?? "*"
    let compiled = NamePattern(text)
    let takesHidden = text.utf8.first == UInt8(ascii: "_")
    let found = candidates(for: compiled).filter { index in
      let name = all[index].bytes
      return work.spend(compiled.work(nameLength: name.count)) && (takesHidden || name.first != UInt8(ascii: "_"))
        && compiled.matches(name)
    }
    indicesByPattern[pattern] = found
    return found
  }

  /// Those that begin or end like a pattern, in order; none if the budget is used up.
  private mutating func candidates(for pattern: NamePattern) -> [Int] {
    let (prefix, suffix) = (pattern.prefix, pattern.suffix)
    if prefix.isEmpty && suffix.isEmpty { return Array(all.indices) }
    if orders == nil {
      guard work.spend(2 * NameOrder.work(count: all.count, length: length)) else { return [] }
      orders = (NameOrder(all.map(\.bytes)), NameOrder(all.map { $0.bytes.reversed() }))
    }
    guard let (forwards, backwards) = orders else { return [] }
    let (order, wanted) = prefix.count >= suffix.count ? (forwards, prefix) : (backwards, suffix.reversed())
    guard work.spend(order.work(prefixLength: wanted.count)) else { return [] }
    return order.places(of: wanted).sorted()
  }

  /// The identifiers named in a text that isn't a valid condition: by its words, and by its patterns.
  mutating func indices(namedIn text: String) -> [Int] {
    var found: Set<Int> = []
    var isAfterOf = false
    for token in SigmaConditionWord.words(of: text) where work.spend(1 + token.text.utf8.count) {
      defer { isAfterOf = token.isWord("of") }
      if token.isReserved { continue }
      if let index = index(named: token.text) {
        found.insert(index)
      } else if token.text.utf8.contains(UInt8(ascii: "*")) {
        found.formUnion(indices(matching: token.text))
      } else if isAfterOf, token.isWord("them") {
        found.formUnion(indices(matching: nil))
      }
    }
    return found.sorted()
  }

  /// The existing name that a misspelled one was most likely meant to be.
  mutating func nearest(to name: String) -> String? {
    if let known = nearestByName[name] { return known }
    // Comparing names takes a step for each pair of letters, up to a maximum length; see `nearestName`.
    guard work.spend(all.count * 64 + min(name.utf8.count, 64) * min(length, all.count * 64)) else { return nil }
    let near = nearestName(to: name, in: all.lazy.map(\.name))
    nearestByName[name] = .some(near)
    return near
  }
}
