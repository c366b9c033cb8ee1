import Analysis
import RuleModel

extension PictureBuilder {
  /// All techniques as small squares by tactic, sub-techniques smaller, the darker the more rules they have.
  func matrix() -> Picture? {
    guard !layout.columns.isEmpty else { return nil }
    let text =
      "Each large square is a technique, each small one after it a sub-technique; the more counted rules, the stronger its shade. An empty square has none."
    var drawing = drawing("The matrix", text)
    legend(&drawing)
    let (left, pitch) = (150, 11)
    let perLine = (Drawing.width - left) / pitch
    var squares: [MatrixShade: [(x: Int, y: Int, side: Int)]] = [:]
    var y = 82
    for (tactic, cells) in zip(content.attack.tactics, layout.columns) {
      drawing.add(.text(Drawing.fitted(tactic.name, width: left - 8), x: 0, y: y + 9))
      var place = 0
      func square(_ technique: Int, isSub: Bool) {
        let rules = content.index.techniques.techniques[technique].counted
        let (x, line) = (left + pitch * (place % perLine), y + pitch * (place / perLine))
        squares[MatrixShade(rules: rules), default: []].append(
          isSub ? (x + 2, line + 2, 5) : (x, line, 9))
        place += 1
      }
      for cell in cells {
        square(cell.technique, isSub: false)
        for technique in cell.subtechniques { square(technique, isSub: true) }
      }
      y += max(18, pitch * ((place + perLine - 1) / perLine) + 6)
    }
    for shade in MatrixShade.allCases {
      if let squares = squares[shade] { drawing.add(.squares(squares, tone: shade.tone)) }
    }
    drawing.addSmallPrint(content.attack.notice)
    return Picture(
      name: "matrix", title: "The matrix", text: text, drawing: drawing,
      table: PictureTable(
        head: "Rules for one", columns: ["Techniques", "Sub-techniques"],
        rows: MatrixShade.allCases.map { shade in
          PictureRow(label: shade.words, cells: counts(shade))
        }))
  }

  /// How many techniques and sub-techniques have a shade, each once whatever its tactics.
  private func counts(_ shade: MatrixShade) -> [String] {
    var counts = (techniques: 0, subtechniques: 0)
    for (technique, entry) in zip(content.attack.techniques, content.index.techniques.techniques)
    where technique.isActive && MatrixShade(rules: entry.counted) == shade {
      if technique.id.isSubtechnique { counts.subtechniques += 1 } else { counts.techniques += 1 }
    }
    return [grouped(counts.techniques), grouped(counts.subtechniques)]
  }

  private func legend(_ drawing: inout Drawing) {
    var x = 0
    for shade in MatrixShade.allCases {
      drawing.add(.squares([(x, 55, 9)], tone: shade.tone))
      let words = shade == .h0 ? "no rule" : shade.words
      drawing.add(.text(words, x: x + 15, y: 64, tone: .quiet))
      x += 15 + words.count * 7 + 14
    }
  }
}

extension MatrixShade {
  /// nil for what has no rule.
  fileprivate var tone: Drawing.Tone? {
    switch self {
    case .h0: nil
    case .h1: .h1
    case .h2: .h2
    case .h3: .h3
    case .h4: .h4
    case .h5: .h5
    case .h6: .h6
    }
  }
}
