import Analysis
import Attack
import Reports

extension GapsCommand {
  func result(_ comparison: TargetComparison, of matrix: AttackMatrix) -> [UInt8] {
    switch format {
    case .json: compareReport(comparison, matrix: matrix, as: .json)
    case .xml: compareReport(comparison, matrix: matrix, as: .xml)
    case .csv: compareTable(comparison, absent: "").csv
    case .navigator: compareLayer(comparison, matrix: matrix, generator: generator)
    case .markdown: compareMarkdown(comparison)
    case .html, .table: Array(text(of: comparison).utf8)
    }
  }

  private func text(of comparison: TargetComparison) -> String {
    let table = compareTable(comparison, absent: "-").text + "\n"
    return ([table] + compareSummary(comparison)).map { Terminal.harmlessLines($0) + "\n" }.joined()
  }
}
