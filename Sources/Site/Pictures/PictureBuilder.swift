import Analysis
import Attack
import RuleModel

/// Makes the pictures of a catalog, each with its table.
struct PictureBuilder: Sendable {
  let content: SiteContent
  let map: SiteMap
  let layout: MatrixLayout
  /// Of the page that shows the tables.
  let address: Address

  /// In the order shown. Where there is nothing to draw, a picture is left out.
  func pictures() -> [Picture] {
    [coverage(), matrix(), levels(), time(), events()].compactMap(\.self)
  }

  func drawing(_ title: String, _ summary: String) -> Drawing {
    Drawing(title: title, subtitle: Drawing.fitted(content.title, width: Drawing.width), summary: summary)
  }

  /// The length of a bar: none for nothing, and something for anything.
  func length(_ count: Int, of largest: Int, within width: Int) -> Int {
    count == 0 || largest == 0 ? 0 : max(2, count * width / largest)
  }
}
