import Analysis
import Attack
import Reports

extension GapsCommand {
  func write(
    _ comparison: TargetComparison, of matrix: AttackMatrix, to terminal: Terminal
  ) throws(InputError) {
    switch format {
    case .json: try terminal.result(compareReport(comparison, matrix: matrix, as: .json))
    case .xml: try terminal.result(compareReport(comparison, matrix: matrix, as: .xml))
    case .csv: try terminal.result(compareTable(comparison, absent: "").csv)
    case .navigator: try terminal.result(compareLayer(comparison, matrix: matrix, generator: generator))
    case .markdown: try terminal.result(compareMarkdown(comparison))
    case .table:
      try terminal.result(Terminal.harmlessLines(compareTable(comparison, absent: "-").text) + "\n")
      for line in compareSummary(comparison) { try terminal.result(Terminal.harmlessLines(line)) }
    }
  }
}
