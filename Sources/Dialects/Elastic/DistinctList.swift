/// Unique elements in the order in which they were added.
struct DistinctList<Element: Hashable> {
  private(set) var all: [Element] = []
  private var known: Set<Element> = []

  init(_ elements: [Element] = []) { for element in elements { add(element) } }

  mutating func add(_ element: Element) {
    if known.insert(element).inserted { all.append(element) }
  }
}
