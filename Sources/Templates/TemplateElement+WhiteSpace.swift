extension TemplateElement {
  /// Collapses white space that only formats the source: if it contains a line end, it becomes one space between words
  /// and inline elements, and nothing next to blocks, where a browser shows none.
  ///
  /// - Parameter allowsText: whether HTML allows text here.
  mutating func collapseWhiteSpace(allowsText: Bool) {
    let neighbours = children
    // A TAL block has no box of its own: white space at its ends may be between words.
    let isInLine = isBlock || HTMLVocabulary.inlineElements.contains(name)
    func shows(_ index: Int) -> Bool {
      guard allowsText else { return false }
      guard neighbours.indices.contains(index) else { return isInLine }
      guard case .element(let element) = neighbours[index] else { return true }
      return element.isBlock || HTMLVocabulary.inlineElements.contains(element.name) || element.name.contains("-")
    }
    children = neighbours.indices.compactMap { index in
      guard case .text(let text) = neighbours[index] else { return neighbours[index] }
      let collapsed = collapse(text, keepsStart: shows(index - 1), keepsEnd: shows(index + 1))
      return collapsed.isEmpty ? nil : .text(collapsed)
    }
  }

  /// HTML drops a line end right after `<pre>` (13.2.6.4.7); XML readers must not see it either.
  mutating func dropFirstLineEnd() {
    guard case .text(var text)? = children.first, text.utf8.first == UInt8(ascii: "\n") else { return }
    text.removeFirst()
    children[0] = .text(text)
  }
}

/// Reduces each run of white space that contains a line end to one space, or to nothing at an end where it isn't
/// visible.
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
