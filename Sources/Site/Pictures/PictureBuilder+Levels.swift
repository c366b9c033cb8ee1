import RuleModel

extension PictureBuilder {
  /// Rules by level, and within each level by status.
  func levels() -> Picture? {
    let rules = content.index.rules
    guard !rules.isEmpty else { return nil }
    struct Cell: Hashable {
      var level: Level?
      var status: Status?
    }
    let counts = rules.reduce(into: [Cell: Int]()) { $0[Cell(level: $1.level, status: $1.status), default: 0] += 1 }
    let levels = (Level.allCases.reversed().map(Optional.init) + [nil]).filter { level in
      counts.keys.contains { $0.level == level }
    }
    let statuses = (Status.allCases.map(Optional.init) + [nil]).filter { status in
      counts.keys.contains { $0.status == status }
    }
    let largest = counts.values.max() ?? 0
    let text = "\(counted(rules.count, "rule")), all statuses. Bars are relative to the longest one."
    var drawing = drawing("Rules by level and status", text)
    let left = 96
    let width = (Drawing.width - left) / statuses.count
    for (column, status) in statuses.enumerated() {
      // Alternates between two lines, because words are wider than numbers.
      let y = 74 - 15 * (column % 2)
      drawing.add(.text(status?.rawValue ?? "no status", x: left + width * column, y: y, tone: .quiet))
    }
    var rows: [PictureRow] = []
    for (row, level) in levels.enumerated() {
      let y = 84 + 34 * row
      drawing.add(.text(level?.rawValue ?? "no level", x: 0, y: y + 12))
      let numbers = statuses.map { counts[Cell(level: level, status: $0), default: 0] }
      for (column, count) in numbers.enumerated() {
        let x = left + width * column
        drawing.add(.text(grouped(count), x: x, y: y + 12, tone: count == 0 ? .quiet : .ink))
        if count > 0 {
          drawing.add(
            .bar(x: x, y: y + 17, width: length(count, of: largest, within: width - 10), height: 9, tone: .bar))
        }
      }
      rows.append(
        PictureRow(
          label: level?.rawValue ?? "no level", mark: level.map { "lv \($0)" },
          cells: (numbers + [numbers.reduce(0, +)]).map(grouped)))
    }
    return Picture(
      name: "levels-and-statuses", title: "Rules by level and status", text: text, drawing: drawing,
      table: PictureTable(
        head: "Level", columns: statuses.map { $0?.rawValue ?? "no status" } + ["all"], rows: rows))
  }
}
