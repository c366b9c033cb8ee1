import Text

/// The first sentence or two of a description of ATT&CK, without citations and markup.
///
/// The second sentence is kept if both have at most ``roomForSentences`` characters together. A first sentence that is
/// longer than that on its own is cut after a word. A list, a quotation or a new paragraph ends the text.
///
/// - SeeAlso: MITRE, ATT&CK STIX data specification 3.3.0: descriptions are Markdown, with `(Citation: …)` for references.
func firstSentences(of description: String) -> String {
  let text = plainText(of: description)
  let ends = sentenceEnds(in: text)
  guard let first = ends.first else { return cut(text) }
  if let second = ends.dropFirst().first, second <= roomForSentences { return String(text.prefix(second)) }
  return first <= roomForSentences ? String(text.prefix(first)) : cut(String(text.prefix(first)))
}

/// In characters.
private let roomForSentences = 300

/// The first paragraph as a reader sees it: links by their words, code without its marks, white space as one space.
private func plainText(of description: String) -> String {
  var rest = description[...]
  var plain = ""
  while let character = rest.first {
    if character == "(", rest.hasPrefix("(Citation:") {
      rest = rest[endOfParentheses(rest)...]
      // What stands before a full stop leaves a space there.
      if [".", ","].contains(where: { rest.hasPrefix($0) }) {
        while plain.last?.isWhitespace == true { plain.removeLast() }
      }
    } else if character == "[", let words = linkWords(in: rest) {
      plain += words.text
      rest = rest[words.end...]
    } else if let tag = ["<code>", "</code>", "<b>", "</b>", "**", "`"].first(where: { rest.hasPrefix($0) }) {
      rest = rest.dropFirst(tag.count)
    } else if let (written, meant) = entities.first(where: { rest.hasPrefix($0.written) }) {
      plain += meant
      rest = rest.dropFirst(written.count)
    } else if character.isNewline || rest.hasPrefix("<br>") {
      // What comes before the first text isn't a paragraph.
      if plain.contains(where: { !$0.isWhitespace }) { break }
      rest = rest.dropFirst()
    } else {
      plain.append(character)
      rest = rest.dropFirst()
    }
  }
  return plain.inOneLine
}

private let entities: [(written: String, meant: String)] = [
  ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&lbrace;", "{"), ("&rbrace;", "}"), ("&nbsp;", " "),
]

/// Where the parentheses end that a text starts with; its end if they are never closed.
private func endOfParentheses(_ text: Substring) -> String.Index {
  var depth = 0
  for at in text.indices {
    if text[at] == "(" { depth += 1 }
    if text[at] == ")" { depth -= 1 }
    if depth == 0 { return text.index(after: at) }
  }
  return text.endIndex
}

/// The words of a Markdown link, and where it ends; nil if the bracket doesn't start one.
private func linkWords(in text: Substring) -> (text: Substring, end: String.Index)? {
  guard let middle = text.firstRange(of: "]("), let end = text[middle.upperBound...].firstIndex(of: ")") else {
    return nil
  }
  let words = text[text.index(after: text.startIndex)..<middle.lowerBound]
  return words.contains("[") || words.contains(where: \.isNewline) ? nil : (words, text.index(after: end))
}

/// How many characters lead to the end of each sentence.
private func sentenceEnds(in text: String) -> [Int] {
  let characters = Array(text)
  return characters.indices.compactMap { at in
    guard ".!?".contains(characters[at]) else { return nil }
    // A closing bracket or quotation mark belongs to the sentence.
    let end = characters[(at + 1)...].firstIndex { !")\"”’'".contains($0) } ?? characters.count
    if end == characters.count { return end }
    guard characters[end] == " ", end + 1 < characters.count, !characters[end + 1].isLowercase else { return nil }
    let word = String(characters[..<at].reversed().prefix { $0 != " " && $0 != "(" }.reversed())
    return isAbbreviation(word) ? nil : end
  }
}

/// Whether a full stop after a word doesn't end a sentence: `e.g.`, `U.S.`, `Inc.`, an initial.
private func isAbbreviation(_ word: String) -> Bool {
  if word.count == 1 { return word.first?.isLetter == true }
  return ["e.g", "i.e", "etc", "vs", "cf", "Inc", "Ltd", "Corp", "Co", "No", "St", "Mr", "Dr", "aka", "a.k.a"].contains(
    word)
    || word.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { $0.count == 1 } && word.contains(".")
}

private func cut(_ text: String) -> String {
  guard text.count > roomForSentences else { return text }
  let head = text.prefix(roomForSentences - 1)
  let end = head.lastIndex(of: " ") ?? head.endIndex
  return head[..<end].trimmingSuffix { " ,;:.".contains($0) } + " …"
}

extension Substring {
  /// The same text without the last characters for which a condition holds.
  fileprivate func trimmingSuffix(while holds: (Character) -> Bool) -> String {
    lastIndex { !holds($0) }.map { String(self[...$0]) } ?? ""
  }
}
