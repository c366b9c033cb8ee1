import Events
import RuleModel

extension PictureBuilder {
  /// The maximum number of events.
  private static let events = 15

  /// The events that most rules read.
  func events() -> Picture? {
    var counts: [Event: (rules: Int, title: String?)] = [:]
    for resolution in content.index.events {
      for event in resolution.events where !event.event.isAny {
        counts[event.event, default: (0, event.title)].rules += 1
      }
    }
    guard !counts.isEmpty else { return nil }
    let shown = counts.sorted { one, other in
      one.value.rules != other.value.rules ? one.value.rules > other.value.rules : one.key < other.key
    }.prefix(PictureBuilder.events)
    let text =
      "\(shown.count == counts.count ? "The" : "The \(grouped(shown.count)) most read of") \(counted(counts.count, "event")) by the number of rules that read them, including retired ones. A rule may read several."
    var drawing = drawing("Events by number of rules", text)
    let largest = shown.first?.value.rules ?? 0
    let right = 46
    var rows: [PictureRow] = []
    for (number, (event, value)) in shown.enumerated() {
      let y = 50 + 30 * number
      let label = ["\(event.provider) \(event.name)", value.title].compactMap(\.self).joined(separator: " · ")
      drawing.add(.text(Drawing.fitted(label, width: Drawing.width - right), x: 0, y: y + 12))
      drawing.add(
        .bar(
          x: 0, y: y + 17, width: length(value.rules, of: largest, within: Drawing.width - right), height: 8,
          tone: .bar))
      drawing.add(.text(grouped(value.rules), x: Drawing.width, y: y + 25, anchor: .end))
      rows.append(
        PictureRow(label: label, page: map.event(event, from: address), cells: [grouped(value.rules)]))
    }
    return Picture(
      name: "events", title: "Events by number of rules", text: text, drawing: drawing,
      table: PictureTable(head: "Event", columns: ["Rules"], rows: rows))
  }
}
