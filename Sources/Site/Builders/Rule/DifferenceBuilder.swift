import Analysis
import RuleModel

/// Makes the model of how the tests of two rules differ, small enough to appear many times on a page.
struct DifferenceBuilder: Sendable {
  let content: SiteContent
  /// The words after `only` for the two sides: `here` and `there`.
  var names = (left: "here", right: "there")

  /// The maximum number of tests shown for each rule.
  private static let shown = 8

  /// nil if both have the same tests.
  func difference(of left: RuleID, and right: RuleID) -> DifferenceModel? {
    let difference = TestDifference(
      of: left, and: right, indicators: content.index.indicators, exclusions: content.index.exclusions)
    let counts = [(difference.onlyLeft.count, names.left), (difference.onlyRight.count, names.right)]
      .filter { $0.0 > 0 }
    guard let first = counts.first else { return nil }
    let summary =
      "\(counted(first.0, "test")) only \(first.1)"
      + (counts.count > 1 ? ", \(grouped(counts[1].0)) only \(counts[1].1)" : "")
    let sides = [(difference.onlyLeft, names.left), (difference.onlyRight, names.right)]
    return DifferenceModel(
      summary: summary, sides: sides.filter { !$0.0.isEmpty }.map { side($0.0, "Only \($0.1)") })
  }

  private func side(_ items: [TestDifference.Item], _ title: String) -> DifferenceSide {
    var lines: [DifferenceLine] = []
    for item in items.prefix(DifferenceBuilder.shown) {
      let test = item.entry.test
      let value = ShownValue(test, limit: 120)
      if let last = lines.last, last.isExcluded == item.isExclusion, last.kind == test.kind.words,
        last.field == test.field
      {
        lines[lines.count - 1].values.append(value)
      } else {
        lines.append(
          DifferenceLine(
            field: test.field, kind: test.kind.words, isExcluded: item.isExclusion, values: [value]))
      }
    }
    return DifferenceSide(title: title, lines: lines, hidden: max(0, items.count - DifferenceBuilder.shown))
  }
}
