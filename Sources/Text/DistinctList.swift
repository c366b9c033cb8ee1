/// Unique elements in the order in which they were added.
package struct DistinctList<Element: Hashable> {
  package private(set) var all: [Element] = []
  private var known: Set<Element> = []

  package init(_ elements: [Element] = []) { for element in elements { add(element) } }

  package mutating func add(_ element: Element) {
    if known.insert(element).inserted { all.append(element) }
  }
}
