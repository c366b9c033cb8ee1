import RuleModel

/// Stands for an escaped tilde while libcmark-gfm reads a text, which would forget that it was escaped. No text that was
/// repaired contains it, since XML forbids it.
private let escapedTilde: UInt8 = 0x01

/// A text whose escaped tildes are marked; ``withoutTildeMarks(_:isCode:)`` undoes it.
func markingEscapedTildes(in text: [UInt8]) -> [UInt8] {
  let (backslash, tilde) = (UInt8(ascii: "\\"), UInt8(ascii: "~"))
  guard text.contains(tilde), text.contains(backslash) else { return text }
  var marked: [UInt8] = []
  marked.reserveCapacity(text.count)
  var rest = text[...]
  while let byte = rest.popFirst() {
    guard byte == backslash, let next = rest.first else {
      marked.append(byte)
      continue
    }
    rest.removeFirst()
    if next == tilde { marked.append(escapedTilde) } else { marked += [byte, next] }
  }
  return marked
}

/// - Parameter isCode: whether a backslash before a tilde is a part of the text.
func withoutTildeMarks(_ text: String, isCode: Bool) -> String {
  guard text.utf8.contains(escapedTilde) else { return text }
  return text.replacing("\u{1}", with: isCode ? "\\~" : "~")
}

/// Makes struck-out text of what is between one or two tildes on each side, as on GitHub (GitHub Flavored Markdown,
/// "Strikethrough"). Tildes whose escape is marked stay text.
///
/// What is struck out isn't struck out again by as many tildes, so that nothing nests endlessly.
func strikingThrough(_ inlines: [NoteInline]) -> [NoteInline] {
  guard
    inlines.contains(where: { if case .text(let text) = $0 { text.utf8.contains(UInt8(ascii: "~")) } else { false } })
  else { return inlines }
  let pieces = inlines.flatMap(StrikePiece.pieces)
  var made: [NoteInline] = []
  /// Where a run of one and one of two tildes is that may begin struck-out text.
  var openers: [Int: Int] = [:]
  for (place, piece) in pieces.enumerated() {
    guard case .tildes(let count) = piece else {
      if case .inline(let inline) = piece { made.append(inline) }
      continue
    }
    let before = place > 0 ? pieces[place - 1].last : " "
    let after = place + 1 < pieces.count ? pieces[place + 1].first : " "
    if canEnd(before, after), let start = openers[count] {
      let struck = Array(made[(start + 1)...])
      made.removeSubrange(start...)
      made.append(.strikethrough(struck))
      openers = openers.filter { $0.value < start }
      continue
    }
    if canBegin(before, after) { openers[count] = made.count }
    made.append(.text(String(repeating: "~", count: count)))
  }
  return joiningTexts(made)
}

/// A piece of text between runs of tildes, or a run of one or two.
private enum StrikePiece {
  case inline(NoteInline)
  case tildes(Int)

  static func pieces(of inline: NoteInline) -> [StrikePiece] {
    guard case .text(let text) = inline, text.utf8.contains(UInt8(ascii: "~")) else { return [.inline(inline)] }
    var pieces: [StrikePiece] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      let run = rest.prefix { $0 == "~" }
      let words = run.isEmpty ? rest.prefix { $0 != "~" } : run
      pieces.append((1...2).contains(run.count) ? .tildes(run.count) : .inline(.text(String(words))))
      rest = rest[words.endIndex...]
    }
    return pieces
  }

  var first: Character {
    if case .inline(.text(let text)) = self { text.first ?? " " } else { edge }
  }

  var last: Character {
    if case .inline(.text(let text)) = self { text.last ?? " " } else { edge }
  }

  /// The mark at either end of what isn't text: white space or punctuation.
  private var edge: Character { if case .inline(.lineBreak) = self { " " } else { "*" } }
}

/// Whether a run is left-flanking (CommonMark 0.29, section 6.4).
private func canBegin(_ before: Character, _ after: Character) -> Bool {
  !after.isWhitespace && (!after.isMark || before.isWhitespace || before.isMark)
}

/// Whether a run is right-flanking.
private func canEnd(_ before: Character, _ after: Character) -> Bool { canBegin(after, before) }

extension Character {
  fileprivate var isMark: Bool { isPunctuation || isASCII && isSymbol }
}

private func joiningTexts(_ inlines: [NoteInline]) -> [NoteInline] {
  var joined: [NoteInline] = []
  var run = ""
  for inline in inlines {
    if case .text(let text) = inline {
      run += text
    } else {
      if !run.isEmpty { joined.append(.text(run)) }
      run = ""
      joined.append(inline)
    }
  }
  if !run.isEmpty { joined.append(.text(run)) }
  return joined
}
