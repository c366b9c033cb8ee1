import Analysis
import Attack
import RuleModel

extension PictureBuilder {
  /// The look of a technique's square.
  private struct Look: Hashable {
    var shade: MatrixShade
    /// nil without telemetry.
    var state: TechniqueState?
  }

  /// All techniques as small squares by tactic, sub-techniques smaller, darker the more rules they have that aren't
  /// blind; how full a square is shows the technique's state given what is collected.
  func matrix() -> Picture? {
    guard !layout.columns.isEmpty else { return nil }
    let text =
      isCollectionKnown
      ? "Each large square is a technique, each small one after it a sub-technique; the more counted rules that aren’t blind, the stronger the shade. A hatched square has only blind rules, an empty one has none."
      : "Each large square is a technique, each small one after it a sub-technique; the more counted rules, the stronger the shade. An empty square has none."
    var drawing = drawing("The matrix", text)
    legend(&drawing)
    let (left, pitch) = (150, 11)
    let perLine = (Drawing.width - left) / pitch
    let looks = self.looks()
    var squares: [Look: [(x: Int, y: Int, side: Int)]] = [:]
    var y = isCollectionKnown ? 104 : 82
    if isCollectionKnown { stateLegend(&drawing, y: 74) }
    for (tactic, cells) in zip(content.attack.tactics, layout.columns) {
      drawing.add(.text(Drawing.fitted(tactic.name, width: left - 8), x: 0, y: y + 9))
      var place = 0
      func square(_ technique: TechniqueIndex, isSub: Bool) {
        let (x, line) = (left + pitch * (place % perLine), y + pitch * (place / perLine))
        squares[looks[technique], default: []].append(
          isSub ? (x + 2, line + 2, 5) : (x, line, 9))
        place += 1
      }
      for cell in cells {
        square(cell.technique, isSub: false)
        for technique in cell.subtechniques { square(technique, isSub: true) }
      }
      y += max(18, pitch * ((place + perLine - 1) / perLine) + 6)
    }
    for state in isCollectionKnown ? TechniqueState.rankedWithRules + [TechniqueState.none] : [nil] {
      for shade in MatrixShade.allCases {
        guard let squares = squares[Look(shade: shade, state: state)] else { continue }
        if let fill = state?.fill {
          let boxes = squares.map { Drawing.Box(x: $0.x, y: $0.y, width: $0.side + 1, height: $0.side + 1) }
          drawing.add(.boxes(boxes, fill, tone: .bar))
        } else {
          drawing.add(.squares(squares, tone: shade.tone))
        }
      }
    }
    drawing.addSmallPrint(content.attack.notice)
    return Picture(
      name: "matrix", title: "The matrix", text: text, drawing: drawing,
      table: PictureTable(
        head: "Rules for one", columns: ["Techniques", "Sub-techniques"],
        rows: rows(looks)))
  }

  /// For each technique of ATT&CK.
  private func looks() -> TechniqueColumn<Look> {
    let rows = content.review.coverage.rowsByTechnique
    return content.attack.techniques.mapValues { technique in
      let row = rows[technique.id]
      return Look(
        shade: MatrixShade(rules: row?.awake ?? 0), state: isCollectionKnown ? row?.state ?? TechniqueState.none : nil)
    }
  }

  /// By number of rules; with telemetry, only what runs, followed by the other states.
  private func rows(_ looks: TechniqueColumn<Look>) -> [PictureRow] {
    guard isCollectionKnown else {
      return MatrixShade.allCases.map { shade in
        PictureRow(label: shade.words, cells: counts(looks) { $0.shade == shade })
      }
    }
    let running = MatrixShade.allCases.filter { $0 != .h0 }.map { shade in
      PictureRow(
        label: "runs, \(shade.words)", cells: counts(looks) { $0 == Look(shade: shade, state: .runs) })
    }
    let states: [TechniqueState] = TechniqueState.rankedWithRules.filter { $0 != .runs } + [TechniqueState.none]
    return running
      + states.map { state in
        PictureRow(label: heading(state).lowercased(), cells: counts(looks) { $0.state == state })
      }
  }

  /// How many techniques and sub-techniques have a look, each counted once regardless of its tactics.
  private func counts(_ looks: TechniqueColumn<Look>, where holds: (Look) -> Bool) -> [String] {
    var counts = (techniques: 0, subtechniques: 0)
    for (technique, look) in zip(content.attack.techniques, looks) where technique.isActive && holds(look) {
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
  /// nil for a technique without a rule.
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
