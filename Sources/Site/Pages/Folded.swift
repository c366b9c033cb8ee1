/// A list of which the first few are seen at once, some more unfold, and the others are only counted, so that a page stays light
/// however long the list is.
struct Folded<Item: Sendable>: Sendable {
  let first: [Item]
  let rest: [Item]
  /// How many there are in all.
  let total: Int

  /// - Parameters:
  ///   - seen: how many are seen at once; one or two more are not worth folding.
  ///   - most: how many appear on the page.
  init(_ items: [Item], seen: Int, most: Int = .max) {
    total = items.count
    let shown = min(most, items.count)
    let seen = shown - 2 <= seen ? shown : seen
    first = Array(items.prefix(seen))
    rest = Array(items[seen..<shown])
  }

  fileprivate init(first: [Item], rest: [Item], total: Int) {
    (self.first, self.rest, self.total) = (first, rest, total)
  }

  /// The same list of something made of each item that appears on the page.
  func map<Other>(_ transform: (Item) -> Other) -> Folded<Other> {
    Folded<Other>(first: first.map(transform), rest: rest.map(transform), total: total)
  }

  var isEmpty: Bool { total == 0 }

  /// How many the page leaves out.
  var left: Int { total - first.count - rest.count }

  /// `12 more rules`; with what the page leaves out: `188 more rules, of 1,203`.
  func label(_ name: String) -> String {
    counted(rest.count, "more \(name)") + (left > 0 ? ", of \(grouped(left + rest.count))" : "")
  }
}
