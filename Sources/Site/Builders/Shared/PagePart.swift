import Templates

/// A part of a list that is too long for one page.
struct PagePart: Sendable {
  var address: Address
  /// The indices of its items.
  var range: Range<Int>

  /// `1 to 500`.
  var words: String { "\(grouped(range.lowerBound + 1)) to \(grouped(range.upperBound))" }
}

extension [PagePart] {
  /// Divides a list among pages.
  ///
  /// - Parameters:
  ///   - room: the maximum number of items on a page.
  ///   - address: of a part, from 1.
  init(of total: Int, room: Int, at address: (Int) -> Address) {
    self = stride(from: 0, to: total, by: room).enumerated().map { number, first in
      PagePart(address: address(number + 1), range: first..<Swift.min(first + room, total))
    }
  }

  /// Which items of how many a part has: `1 to 500 of 1,200.`
  func lead(of part: Int) -> String {
    let total = grouped(last?.range.upperBound ?? 0)
    return count == 1 ? "All \(total)." : "\(self[part].words) of \(total)."
  }

  /// The pages of the list; the one of a part itself has no address. None if there is only one.
  func links(from part: Int) -> [TitledLink] {
    guard count > 1 else { return [] }
    return indices.map { other in
      TitledLink(
        title: self[other].words, page: other == part ? nil : self[part].address.link(to: self[other].address))
    }
  }
}
