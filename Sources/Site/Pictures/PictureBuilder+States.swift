import Analysis

extension PictureBuilder {
  /// Whether telemetry is configured, so that techniques with rules have different states.
  var isCollectionKnown: Bool { content.collected != nil }

  /// Draws a box filled according to a state.
  func draw(_ state: TechniqueState, _ box: Drawing.Box, tone: Drawing.Tone = .bar, _ drawing: inout Drawing) {
    if let fill = state.fill {
      drawing.add(.boxes([box], fill, tone: tone))
    } else {
      drawing.add(.bar(x: box.x, y: box.y, width: box.width, height: box.height, tone: tone))
    }
  }

  /// Draws the meaning of the fills on one line.
  func stateLegend(_ drawing: inout Drawing, y: Int) {
    var x = 0
    for state in TechniqueState.rankedWithRules {
      draw(state, Drawing.Box(x: x, y: y, width: 12, height: 12), &drawing)
      let words = heading(state).lowercased()
      drawing.add(.text(words, x: x + 18, y: y + 10, tone: .quiet))
      x += 18 + words.count * 7 + 14
    }
  }

  /// The state as a table heading: `Partly blind`.
  func heading(_ state: TechniqueState) -> String {
    switch state {
    case .runs: "Runs"
    case .partly: "Partly blind"
    case .covered: "May run"
    case .blind: "Blind"
    case .none: "No rule"
    }
  }
}

extension TechniqueState {
  /// nil if it is full or empty.
  var fill: Drawing.Fill? {
    switch self {
    case .runs, .none: nil
    case .partly: .half
    case .covered: .dotted
    case .blind: .hatched
    }
  }
}
