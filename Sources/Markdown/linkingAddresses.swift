import RuleModel

/// Makes links of the web addresses in a text; other pieces stay.
func linkingAddresses(_ inline: NoteInline, line: Int) -> [NoteInline] {
  guard case .text(let text) = inline, text.utf8.contains(UInt8(ascii: ":")) else { return [inline] }
  var pieces: [NoteInline] = []
  var rest = Substring(text)
  while let start = firstAddress(in: rest) {
    let address = rest[start...].prefix { !$0.isWhitespace && !"<>\"".contains($0) }
    let shown = withoutPunctuation(address)
    if start > rest.startIndex { pieces.append(.text(String(rest[..<start]))) }
    pieces.append(.link(destination: String(shown), line: line, [.text(String(shown))]))
    rest = rest[shown.endIndex...]
  }
  if !rest.isEmpty { pieces.append(.text(String(rest))) }
  return pieces
}

/// Where an address starts that has something after its scheme.
private func firstAddress(in text: Substring) -> Substring.Index? {
  var rest = text
  while let colon = rest.firstRange(of: "://") {
    for scheme in ["https", "http"] where text[..<colon.lowerBound].hasSuffix(scheme) {
      let start = text.index(colon.lowerBound, offsetBy: -scheme.count)
      let isWord = start > text.startIndex && text[text.index(before: start)].isLetter
      let follows = text[colon.upperBound...].first
      if !isWord, let follows, follows.isLetter || follows.isNumber || follows == "[" { return start }
    }
    rest = rest[colon.upperBound...]
  }
  return nil
}

/// An address without what ends the sentence around it: punctuation, and a parenthesis that was opened outside.
private func withoutPunctuation(_ address: Substring) -> Substring {
  var address = address
  // Counted once: thousands of parentheses in a row are a matter of one pass.
  var unopened = address.reduce(0) { $0 + ($1 == ")" ? 1 : $1 == "(" ? -1 : 0) }
  while let last = address.last {
    if ".,:;!?'*_~".contains(last) {
      address.removeLast()
    } else if last == ")", unopened > 0 {
      unopened -= 1
      address.removeLast()
    } else {
      break
    }
  }
  return address
}
