import Analysis
import Attack
import RuleModel

/// Makes the pictures of a catalog, each with its table.
struct PictureBuilder: Sendable {
  let content: SiteContent
  let map: SiteMap
  let layout: MatrixLayout
  /// The address of the page that shows the tables.
  let address: Address

  /// In the order shown. A picture with nothing to draw is left out.
  func pictures() -> [Picture] {
    [coverage(), matrix(), levels(), time(), events()].compactMap(\.self)
  }

  func drawing(_ title: String, _ summary: String) -> Drawing {
    Drawing(title: title, subtitle: Drawing.fitted(content.title, width: Drawing.width), summary: summary)
  }

  /// The length of a bar: 0 for 0, and at least visible for anything else.
  func length(_ count: Int, of largest: Int, within width: Int) -> Int {
    count == 0 || largest == 0 ? 0 : max(2, count * width / largest)
  }
}
