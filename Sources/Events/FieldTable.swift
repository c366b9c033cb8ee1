import Text

/// The fields that provide information about a log source's events, numbered.
///
/// A rule's field is looked up as written first, then ignoring ASCII case.
struct FieldTable: Sendable {
  struct Entry: Sendable {
    let index: Int
    /// As written in the map.
    let name: String
    /// Whether its values select the event.
    var chooses = false
    /// Whether its values are event numbers.
    var holdsNumbers = false
    /// Whether it can have several values at once.
    var holdsSeveral = false
    /// Whether some event lacks it.
    var isLacking = false
  }

  private(set) var entries: [Entry] = []
  private var exact: [String: Int] = [:]
  private var folded: [String: Int] = [:]

  /// - Parameters:
  ///   - numbers: the members of `choosing` whose values are event numbers.
  ///   - several: the members that can have several values at once.
  init(choosing: [String], numbers: Set<String> = [], several: Set<String> = [], needed: [String]) {
    for name in choosing {
      let index = add(name)
      entries[index].chooses = true
      if numbers.contains(name) { entries[index].holdsNumbers = true }
      if several.contains(name) { entries[index].holdsSeveral = true }
    }
    for name in needed { entries[add(name)].isLacking = true }
  }

  private mutating func add(_ name: String) -> Int {
    if let index = exact[name] { return index }
    // Names that differ only in case are one field.
    let index = folded[lowercasedASCII(name)] ?? entries.count
    if index == entries.count {
      entries.append(Entry(index: index, name: name))
      folded[lowercasedASCII(name)] = index
    }
    exact[name] = index
    return index
  }

  func entry(of field: String) -> Entry? {
    (exact[field] ?? folded[lowercasedASCII(field)]).map { entries[$0] }
  }

  /// All names, as written in the map.
  var names: [String] { Array(exact.keys) }

  /// The number of a field by its name in the map.
  func index(of field: String) -> Int? { exact[field] }

  /// In map order.
  func names(of indices: Set<Int>) -> [String] { indices.sorted().map { entries[$0].name } }
}
