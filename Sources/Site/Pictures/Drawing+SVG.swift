import XML

extension Drawing {
  /// The picture as a self-contained file: SVG 1.1 with the light theme's colours as attributes, so that every program
  /// shows them, and the dark theme's as a style for programs that know the reader's preference.
  var svg: [UInt8] {
    var writer = XMLWriter(isIndented: false)
    writer.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "-12 -4 \(Drawing.width + 24) \(height + 8)",
        "width": "\(Drawing.width + 24)", "height": "\(height + 8)", "role": "img",
        "font-family": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif", "font-size": "12",
      ]
    ) { writer in
      writer.element("title", text: shownText(title))
      writer.element("desc", text: shownText(summary))
      writer.element("style", text: Drawing.darkStyle)
      writer.element(
        "rect",
        [
          "class": "paper", "fill": Tone.paper.light, "x": "-12", "y": "-4", "width": "\(Drawing.width + 24)",
          "height": "\(height + 8)",
        ])
      writer.element(
        "text", ["class": "ink", "fill": Tone.ink.light, "x": "0", "y": "18", "font-size": "15", "font-weight": "700"],
        text: shownText(Drawing.fitted(title, width: Drawing.width * 4 / 5)))
      for shape in shapes { write(shape, to: &writer) }
    }
    // Only invalid XML names could make it fail, and ours are valid.
    return (try? writer.finish()) ?? []
  }

  private func write(_ shape: Shape, to writer: inout XMLWriter) {
    switch shape {
    case .bar(let x, let y, let width, let height, let tone):
      writer.element(
        "rect",
        [
          "class": tone.rawValue, "fill": tone.light, "x": "\(x)", "y": "\(y)", "width": "\(width)",
          "height": "\(height)",
        ])
    case .frame(let x, let y, let width, let height):
      writer.element(
        "rect",
        [
          "class": "frame", "fill": "none", "stroke": Tone.line.light, "x": "\(x).5", "y": "\(y).5",
          "width": "\(max(0, width - 1))", "height": "\(max(0, height - 1))",
        ])
    case .squares(let squares, let tone):
      let path = squares.map { "M\($0.x).5 \($0.y).5h\($0.side)v\($0.side)h-\($0.side)z" }.joined()
      writer.element(
        "path",
        [
          "class": tone.map { "\($0.rawValue) edge" } ?? "frame", "fill": tone?.light ?? "none",
          "stroke": Tone.line.light, "d": path,
        ])
    case .boxes(let boxes, let fill, let tone):
      let outline = boxes.map { "M\($0.x).5 \($0.y).5h\($0.width - 1)v\($0.height - 1)h-\($0.width - 1)z" }.joined()
      writer.element("path", ["class": "frame", "fill": "none", "stroke": Tone.line.light, "d": outline])
      let inner = boxes.map { fill.path(in: $0) }.joined()
      if fill == .hatched {
        writer.element("path", ["class": "hatch", "fill": "none", "stroke": tone.light, "d": inner])
      } else {
        writer.element("path", ["class": tone.rawValue, "fill": tone.light, "d": inner])
      }
    case .text(let text, let x, let y, let anchor, let tone):
      writer.element(
        "text",
        [
          "class": tone.rawValue, "fill": tone.light, "x": "\(x)", "y": "\(y)",
          "text-anchor": anchor == .start ? nil : anchor.rawValue,
        ], text: shownText(text))
    }
  }

  private static let darkStyle: String = {
    let fills = Tone.allCases.map { ".\($0.rawValue){fill:\($0.dark)}" }.joined()
    let dark = fills + ".frame,.edge{stroke:\(Tone.line.dark)}.hatch{stroke:\(Tone.bar.dark)}"
    return "@media screen and (prefers-color-scheme:dark){\(dark)}@media print{.paper{fill:#fff}}"
  }()
}

extension Drawing.Fill {
  /// The filled part of a box.
  fileprivate func path(in box: Drawing.Box) -> String {
    let (x, y, width, height) = (box.x, box.y, box.width, box.height)
    switch self {
    case .half:
      let half = (height + 1) / 2
      return "M\(x) \(y + height - half)h\(width)v\(half)h-\(width)z"
    case .dotted:
      let side = max(2, min(width, height) / 3)
      return "M\(x + (width - side) / 2) \(y + (height - side) / 2)h\(side)v\(side)h-\(side)z"
    case .hatched:
      // From the left or lower edge to the upper or right one, every three pixels.
      return stride(from: 3, to: width + height, by: 3).map { place in
        let (left, right) = (max(0, place - height), min(place, width))
        return "M\(x + left) \(y + place - left)L\(x + right) \(y + place - right)"
      }.joined()
    }
  }
}
