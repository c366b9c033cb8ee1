extension TemplateElement {
  /// Shortens the white space that only lays out the source: where it holds a line end, it becomes one space between words
  /// and elements of a line of text, and nothing beside blocks, where a browser shows none.
  mutating func collapseWhiteSpace() {
    let neighbours = children
    // A block of TAL has no box of its own: white space at its ends may be between words.
    let isInline = isBlock || HTMLVocabulary.inlineElements.contains(name)
    func shows(_ index: Int) -> Bool {
      guard neighbours.indices.contains(index) else { return isInline }
      switch neighbours[index] {
      case .text: return true
      case .element(let element): return element.isBlock || HTMLVocabulary.inlineElements.contains(element.name)
      }
    }
    let holdsOnlyElements = Self.elementsWithoutText.contains(name)
    children = neighbours.indices.compactMap { index in
      guard case .text(let text) = neighbours[index] else { return neighbours[index] }
      let collapsed = collapse(
        text, keepsStart: shows(index - 1) && !holdsOnlyElements, keepsEnd: shows(index + 1) && !holdsOnlyElements)
      return collapsed.isEmpty ? nil : .text(collapsed)
    }
  }

  /// Elements in which HTML allows no text, so that white space in them never shows.
  private static let elementsWithoutText: Set<String> = [
    "html", "head", "ul", "ol", "menu", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "select", "optgroup",
    "datalist", "svg", "g", "defs",
  ]
}

/// Makes each run of white space with a line end in it one space, or nothing at an end that doesn't show.
private func collapse(_ text: String, keepsStart: Bool, keepsEnd: Bool) -> String {
  var result: [UInt8] = []
  let bytes = Array(text.utf8)
  var at = 0
  while at < bytes.count {
    guard isSpace(bytes[at]) else {
      result.append(bytes[at])
      at += 1
      continue
    }
    let end = bytes[at...].firstIndex { !isSpace($0) } ?? bytes.count
    let run = bytes[at..<end]
    if !run.contains(UInt8(ascii: "\n")) {
      result += run
    } else if (at > 0 || keepsStart) && (end < bytes.count || keepsEnd) {
      result.append(UInt8(ascii: " "))
    }
    at = end
  }
  return String(decoding: result, as: UTF8.self)
}
