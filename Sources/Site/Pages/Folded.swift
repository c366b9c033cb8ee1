/// A list whose first few items are visible at once, some more unfold, and the rest are only counted, so that a page
/// stays small however long the list is.
struct Folded<Item: Sendable>: Sendable {
  let first: [Item]
  let rest: [Item]
  /// The total number.
  let total: Int

  /// - Parameters:
  ///   - seen: how many are visible at once; one or two more aren't worth folding.
  ///   - most: the maximum number on the page.
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

  /// The same list with each item on the page transformed.
  func map<Other>(_ transform: (Item) -> Other) -> Folded<Other> {
    Folded<Other>(first: first.map(transform), rest: rest.map(transform), total: total)
  }

  var isEmpty: Bool { total == 0 }

  /// How many the page leaves out.
  var left: Int { total - first.count - rest.count }

  /// `12 more rules`; if the page leaves some out, `188 more rules, of 1,203`.
  func label(_ name: String) -> String {
    counted(rest.count, "more \(name)") + (left > 0 ? ", of \(grouped(left + rest.count))" : "")
  }
}
