import XML

/// A small picture of one figure, as README files of projects show them: what it is on the left, the figure on the
/// right.
package struct Badge: Hashable, Sendable {
  /// What the figure is: `ATT&CK coverage`.
  package var label: String
  /// The figure: `43.1 %`.
  package var value: String
  /// The whole text, shown on hover.
  package var title: String
  package var tone: Tone

  /// What the colour says about the figure. White text on each has a contrast of 4.5 or more (WCAG 2.2, 1.4.3).
  package enum Tone: String, Hashable, Sendable, CaseIterable {
    case plain = "#22617a"
    case low = "#a8322a"
    case medium = "#94500c"
    case good = "#6b6206"
    case high = "#2a6b35"

    /// Chooses the tone by quarters.
    package init(part: Int, of whole: Int) {
      switch whole > 0 ? part * 4 / whole : 0 {
      case 0: self = .low
      case 1: self = .medium
      case 2: self = .good
      default: self = .high
      }
    }
  }

  package init(label: String, value: String, title: String, tone: Tone) {
    (self.label, self.value, self.title, self.tone) = (label, value, title, tone)
  }
}

extension Badge {
  /// The background of the label.
  package static let labelColour = "#4d4d4d"
  private static let longest = 60

  /// Self-contained SVG 1.1. It has no ids, so a page can hold several badges.
  package var svg: [UInt8] {
    let (label, value) = (Badge.shown(label), Badge.shown(value))
    let (left, right) = (Badge.width(of: label) + 12, Badge.width(of: value) + 12)
    return xmlDocument { xml in
      xml.element(
        "svg",
        [
          "xmlns": "http://www.w3.org/2000/svg", "width": "\(left + right)", "height": "20",
          "viewBox": "0 0 \(left + right) 20", "role": "img", "aria-label": "\(label): \(value)",
          "font-family": "Verdana, Geneva, 'DejaVu Sans', sans-serif", "font-size": "11",
        ]
      ) { xml in
        xml.element("title", text: shownText(title))
        xml.element("path", ["fill": Badge.labelColour, "d": "M\(left) 0v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"])
        xml.element(
          "path", ["fill": tone.rawValue, "d": "M\(left) 0h\(right - 3)a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H\(left)z"])
        Badge.write(label, at: 6, to: &xml)
        Badge.write(value, at: left + 6, to: &xml)
      }
    }
  }

  /// The text fills the width set for it, whatever font the reader has.
  private static func write(_ text: String, at x: Int, to xml: inout XMLWriter) {
    xml.element(
      "text",
      [
        "x": "\(x)", "y": "14", "fill": "#fff", "textLength": "\(width(of: text))",
        "lengthAdjust": "spacingAndGlyphs",
      ], text: text)
  }

  /// On one line, cut to the longest text that a badge may have.
  private static func shown(_ text: String) -> String {
    let line = shownText(text).split { $0.isWhitespace || $0.unicodeScalars.allSatisfy { $0.value < 0x20 } }.joined(
      separator: " ")
    return line.count <= longest ? line : line.prefix(longest - 1) + "…"
  }

  /// The width of a text in pixels, in Verdana at 11 pixels: close enough for the letters to look right.
  private static func width(of text: String) -> Int {
    let tenths = text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar {
      case "i", "j", "l", "f", "I", "'", "|", " ", ".", ",", ":", ";", "!": sum + 39
      case "t", "r", "(", ")", "[", "]", "-", "/", "\"": sum + 48
      case "m", "W", "%", "M", "@": sum + 108
      case "w", "A"..."Z", "&", "+", "<", ">", "=", "~", "#": sum + 80
      case "\u{1100}"..."\u{115F}", "\u{2E80}"..."\u{D7A3}", "\u{F900}"..."\u{FAFF}", "\u{FE30}"..."\u{FE6F}",
        "\u{FF00}"..."\u{FF60}", "\u{1F300}"..."\u{1FAFF}", "\u{20000}"..."\u{3FFFD}":
        sum + 110
      default: sum + 68
      }
    }
    return max(1, (tenths + 9) / 10)
  }
}
