import RuleModel

/// A quarter of a year, or a year.
private struct Period: Hashable {
  var year: Int
  /// 1 to 4; nil for the entire year.
  var quarter: Int?

  var words: String { quarter.map { "\(year) Q\($0)" } ?? "\(year)" }
}

extension PictureBuilder {
  /// The maximum number of columns.
  private static let columns = 16

  /// When the rules were written: by quarter, or by year if there would be too many quarters. It ends with the newest
  /// rule, not today.
  func time() -> Picture? {
    let dates = content.index.rules.compactMap(\.date).sorted()
    guard let first = dates.first, let last = dates.last else { return nil }
    let quarters = (last.year - first.year) * 4 + (last.month - 1) / 3 - (first.month - 1) / 3 + 1
    let isByQuarter = quarters <= PictureBuilder.columns
    func period(_ date: CalendarDate) -> Period {
      Period(year: date.year, quarter: isByQuarter ? (date.month - 1) / 3 + 1 : nil)
    }
    let counts = dates.reduce(into: [Period: Int]()) { $0[period($1), default: 0] += 1 }
    var periods: [Period] = []
    if isByQuarter {
      let start = first.year * 4 + (first.month - 1) / 3
      periods = (start..<start + quarters).map { Period(year: $0 / 4, quarter: $0 % 4 + 1) }
    } else {
      // Everything much older than the rest shares one column.
      let start = max(first.year, last.year - PictureBuilder.columns + 2)
      periods = (start...last.year).map { Period(year: $0) }
    }
    var columns = periods.map { (label: $0.words, count: counts[$0, default: 0]) }
    let earlier = dates.count - columns.reduce(0) { $0 + $1.count }
    if earlier > 0 { columns.insert(("before", earlier), at: 0) }

    let without = content.index.rules.count - dates.count
    let text =
      "\(counted(dates.count, "rule")) by the \(isByQuarter ? "quarter" : "year") of their date, up to the newest."
      + (without > 0 ? " \(counted(without, "more rule")) \(without == 1 ? "has" : "have") no date." : "")
    return Picture(
      name: "rules-over-time", title: "Rules over time", text: text, drawing: timeDrawing(columns, text),
      table: timeTable(columns, isByQuarter: isByQuarter))
  }

  private func timeDrawing(_ columns: [(label: String, count: Int)], _ text: String) -> Drawing {
    var drawing = drawing("Rules over time", text)
    let (top, tall) = (66, 140)
    let pitch = Drawing.width / max(8, columns.count)
    let largest = columns.map(\.count).max() ?? 0
    var lastYear = ""
    for (number, column) in columns.enumerated() {
      let height = length(column.count, of: largest, within: tall)
      let (x, middle) = (pitch * number, pitch * number + pitch / 2)
      if height > 0 {
        drawing.add(.bar(x: x + 2, y: top + tall - height, width: pitch - 4, height: height, tone: .bar))
      }
      drawing.add(.text(grouped(column.count), x: middle, y: top + tall - height - 5, anchor: .middle))
      // `2024 Q1`: the quarter, and the year below it where it changes.
      let parts = column.label.split(separator: " ")
      // If labels would touch, every second one, including the last.
      if parts.count > 1 || columns.count <= 10 || (columns.count - number) % 2 == 1 {
        drawing.add(.text(String(parts.last ?? ""), x: middle, y: top + tall + 15, anchor: .middle, tone: .quiet))
      }
      if parts.count > 1, parts[0] != lastYear {
        lastYear = String(parts[0])
        drawing.add(.text(lastYear, x: middle, y: top + tall + 30, anchor: .middle, tone: .quiet))
      }
    }
    drawing.add(.bar(x: 0, y: top + tall, width: pitch * columns.count, height: 1, tone: .line))
    return drawing
  }

  private func timeTable(_ columns: [(label: String, count: Int)], isByQuarter: Bool) -> PictureTable {
    var sum = 0
    let rows = columns.map { column in
      sum += column.count
      return PictureRow(label: column.label, cells: [grouped(column.count), grouped(sum)])
    }
    return PictureTable(head: isByQuarter ? "Quarter" : "Year", columns: ["New rules", "Total"], rows: rows)
  }
}
