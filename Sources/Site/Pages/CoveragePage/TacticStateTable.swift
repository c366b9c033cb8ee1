import Analysis
import Templates

/// The techniques of each tactic by state.
struct TacticStateTable: TemplateModel {
  /// The states that have columns.
  var states: [StateMark]
  /// In matrix order.
  var rows: [TacticStateRow]

  static let shape = Shape<TacticStateTable>(
    .list("heads") { table in table.states.map { Head(mark: $0) } }, .list("rows") { $0.rows })

  private struct Head: TemplateModel {
    var mark: StateMark

    static let shape = Shape<Head>(.text("word") { $0.mark.word.prefix(1).uppercased() + $0.mark.word.dropFirst() })
  }
}

struct TacticStateRow: TemplateModel {
  var name: String
  var page: Link?
  /// Techniques and sub-techniques, in the order of the table's states.
  var counts: [(mark: StateMark, count: Int)]
  /// The number for the tactic with the most techniques, which sets the full width.
  var largest: Int
  /// How many of these can be found.
  var found: Int
  /// The number of counted rules.
  var rules: Int

  private var total: Int { counts.reduce(0) { $0 + $1.count } }

  static let shape = Shape<TacticStateRow>(
    .text("name") { $0.name }, .optionalLink("page") { $0.page },
    .list("parts") { row in
      var start = 0
      return row.counts.compactMap { mark, count in
        defer { start += count }
        return count == 0 ? nil : Part(mark: mark, start: start, count: count, of: row.largest)
      }
    },
    .list("counts") { row in row.counts.map { Count(count: $0.count) } }, .text("total") { grouped($0.total) },
    .text("share") { Analysis.percent($0.found, of: $0.total) },
    .text("rules") { grouped($0.rules) })

  private struct Count: TemplateModel {
    var count: Int

    static let shape = Shape<Count>(.text("text") { grouped($0.count) })
  }

  /// A part of the bar.
  private struct Part: TemplateModel {
    var mark: StateMark
    var start: Int
    var count: Int
    var of: Int

    private func percent(_ count: Int) -> String {
      let tenths = of == 0 ? 0 : (count * 2000 + of) / (2 * of)
      return "\(tenths / 10).\(tenths % 10)%"
    }

    static let shape = Shape<Part>(
      .text("class") { $0.mark.rawValue }, .text("x") { $0.percent($0.start) }, .text("width") { $0.percent($0.count) })
  }
}
