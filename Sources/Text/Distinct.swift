extension Sequence where Element: Hashable {
  /// The elements without repetitions, in their order.
  package func distinct() -> [Element] { distinct { $0 } }
}

extension Sequence {
  /// The first element of each key, in their order.
  package func distinct(by key: (Element) -> some Hashable) -> [Element] { first(ofEach: key) }

  private func first<Key: Hashable>(ofEach key: (Element) -> Key) -> [Element] {
    var seen: Set<Key> = []
    return filter { seen.insert(key($0)).inserted }
  }
}
