/// A picture of flat shapes, as wide as a column of text; ``svg`` writes it.
struct Drawing: Sendable {
  /// What a shape's colour means. Each has a light and a dark colour, like the style sheet's tokens.
  enum Tone: String, CaseIterable {
    case paper, ink, quiet, line, bar
    /// The shades of the matrix.
    case h1, h2, h3, h4, h5, h6

    var light: String {
      switch self {
      case .paper: "#fdfcf9"
      case .ink: "#1e1c19"
      case .quiet: "#514d46"
      case .line: "#6b665d"
      case .bar: "#1c6c72"
      case .h1: "#e4efee"
      case .h2: "#c4dfdd"
      case .h3: "#95c8c7"
      case .h4: "#5aaaac"
      case .h5: "#1c6c72"
      case .h6: "#0a434b"
      }
    }

    var dark: String {
      switch self {
      case .paper: "#141619"
      case .ink: "#e5e3dd"
      case .quiet: "#b6b2a9"
      case .line: "#989389"
      case .bar: "#5cb1b3"
      case .h1: "#1b2a2d"
      case .h2: "#1d3c41"
      case .h3: "#1f535a"
      case .h4: "#23707a"
      case .h5: "#5cb1b3"
      case .h6: "#b5e6e2"
      }
    }
  }

  enum Anchor: String {
    case start, middle, end
  }

  struct Box: Sendable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
  }

  /// How full a box is if it is neither full nor empty.
  enum Fill {
    /// Its lower half.
    case half
    /// A small square in the middle.
    case dotted
    case hatched
  }

  enum Shape: Sendable {
    case bar(x: Int, y: Int, width: Int, height: Int, tone: Tone)
    /// An empty box: the space that a bar can fill.
    case frame(x: Int, y: Int, width: Int, height: Int)
    /// Squares of one tone, each given by its corner and side; empty without a tone.
    case squares([(x: Int, y: Int, side: Int)], tone: Tone?)
    /// Outlined boxes, each partly filled.
    case boxes([Box], Fill, tone: Tone)
    case text(String, x: Int, y: Int, anchor: Anchor = .start, tone: Tone = .ink)
  }

  static let width = 480
  /// The distance between rows of bars.
  static let row = 22

  let title: String
  /// Its content in words, for people who can't see the picture.
  let summary: String
  private(set) var height = 58
  private(set) var shapes: [Shape] = []

  /// - Parameter subtitle: shown below the title, such as the name of the catalog.
  init(title: String, subtitle: String, summary: String) {
    self.title = title
    self.summary = summary
    shapes = [.text(subtitle, x: 0, y: 38, tone: .quiet)]
  }

  /// Adds a shape; the picture grows downwards as needed.
  mutating func add(_ shape: Shape) {
    shapes.append(shape)
    switch shape {
    case .bar(_, let y, _, let height, _), .frame(_, let y, _, let height): grow(to: y + height)
    case .squares(let squares, _): grow(to: squares.map { $0.y + $0.side }.max() ?? 0)
    case .boxes(let boxes, _, _): grow(to: boxes.map { $0.y + $0.height }.max() ?? 0)
    case .text(_, _, let y, _, _): grow(to: y + 4)
    }
  }

  private mutating func grow(to bottom: Int) { height = max(height, bottom + 8) }

  /// Adds small print at the bottom, broken into lines that fit.
  mutating func addSmallPrint(_ text: String) {
    var lines: [String] = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count + 1 > 78 { lines.append("") }
      lines[lines.count - 1] += lines[lines.count - 1].isEmpty ? String(word) : " " + word
    }
    let top = height + 12
    for (number, line) in lines.enumerated() where !line.isEmpty {
      add(.text(line, x: 0, y: top + 15 * number, tone: .quiet))
    }
  }

  /// As much of a label as fits into a width at a font size of 12 pixels.
  static func fitted(_ label: String, width: Int) -> String {
    let room = width * 10 / 66
    return label.count <= room ? label : label.prefix(max(1, room - 1)) + "…"
  }
}
