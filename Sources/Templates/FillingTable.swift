/// The fillings of the slots of the macros in use. Each set of fillings has a number by which macros can be compared.
struct FillingTable {
  /// No slot is filled.
  static let none = 0

  struct Filling {
    var element: TemplateElement
    /// The fillings for slots inside the filling element: those of the macro in which it is written.
    var outer: Int
  }

  private struct Key: Hashable {
    var element: Int
    var outer: Int
  }

  // A macro that passes fillings on to itself would nest them endlessly.
  private static let depthLimit = 32

  private var sets: [(slots: [String: Filling], depth: Int)] = [([:], 0)]
  private var numbers: [Key: Int] = [:]

  subscript(set: Int, slot: String) -> Filling? { sets[set].slots[slot] }

  /// The number of the fillings that an element provides for the macro that it uses; nil if they are nested endlessly.
  mutating func add(_ element: TemplateElement, outer: Int) -> Int? {
    let fillings = element.fillings
    guard !fillings.isEmpty else { return Self.none }
    let key = Key(element: element.id, outer: outer)
    if let known = numbers[key] { return known }
    guard sets[outer].depth < Self.depthLimit else { return nil }
    let slots = Dictionary(
      fillings.map { ($0.name, Filling(element: $0.element, outer: outer)) }, uniquingKeysWith: { first, _ in first })
    sets.append((slots, sets[outer].depth + 1))
    numbers[key] = sets.count - 1
    return sets.count - 1
  }
}
