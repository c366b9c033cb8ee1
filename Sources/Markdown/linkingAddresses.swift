import RuleModel

/// Makes links of the web and mail addresses in a text, as on GitHub (GitHub Flavored Markdown, "Autolinks"); other
/// pieces stay.
func linkingAddresses(_ inline: NoteInline, line: Int) -> [NoteInline] {
  guard case .text(let text) = inline, text.utf8.contains(where: { ":@.".utf8.contains($0) }) else { return [inline] }
  var pieces: [NoteInline] = []
  var search = AddressSearch(in: Array(text.utf8))
  var end = 0
  func between(_ range: Range<Int>) -> String { String(decoding: search.text[range], as: UTF8.self) }
  while let found = search.next() {
    if found.range.lowerBound > end { pieces.append(.text(between(end..<found.range.lowerBound))) }
    let shown = between(found.range)
    pieces.append(.link(destination: found.prefix + shown, line: line, [.text(shown)]))
    end = found.range.upperBound
  }
  if end < search.text.count { pieces.append(.text(between(end..<search.text.count))) }
  return pieces
}

/// Finds addresses in one pass: each byte is looked at a fixed number of times.
private struct AddressSearch {
  let text: [UInt8]
  private var at = 0
  /// The end of the last address: no other one begins before it.
  private var start = 0

  init(in text: [UInt8]) { self.text = text }

  /// - Returns: the bytes of the next address, and what a link needs before them.
  mutating func next() -> (range: Range<Int>, prefix: String)? {
    while at < text.count {
      defer { at += 1 }
      switch text[at] {
      case UInt8(ascii: ":"):
        for scheme in ["https", "http"] {
          guard let first = startOfWord(scheme, endingAt: at), follows("//", at: at + 1),
            let next = text[safe: at + 3], isAddressStart(next)
          else { continue }
          return found(first, upTo: endOfAddress(from: at + 3), "")
        }
      case UInt8(ascii: "."):
        guard let first = startOfWord("www", endingAt: at), isFree(first), let next = text[safe: at + 1],
          next.isAlphanumeric
        else { continue }
        // A domain needs another dot; it is looked for first, so that no address without one is read to its end.
        let domain = text[(at + 1)...].prefix { $0.isAlphanumeric || "-_.".utf8.contains($0) || $0 >= 0x80 }
        guard domain.dropLast().contains(UInt8(ascii: ".")) else { continue }
        return found(first, upTo: endOfAddress(from: at + 1), "http://")
      case UInt8(ascii: "@"):
        if let range = mailAddress(around: at) { return found(range.lowerBound, upTo: range.upperBound, "mailto:") }
      default: continue
      }
    }
    return nil
  }

  private mutating func found(_ first: Int, upTo end: Int, _ prefix: String) -> (range: Range<Int>, prefix: String) {
    // The increment after the return is for a byte that the address includes.
    (at, start) = (end - 1, end)
    return (first..<end, prefix)
  }

  /// Where a word starts that ends at an index, in either case, and isn't the end of a longer one.
  private func startOfWord(_ word: String, endingAt end: Int) -> Int? {
    let first = end - word.utf8.count
    guard first >= start, text[first..<end].elementsEqual(word.utf8, by: { $0 | 0x20 == $1 }) else { return nil }
    guard first > start else { return first }
    // A byte of a letter beyond ASCII is a letter, too.
    return text[first - 1].isLetter || text[first - 1] >= 0x80 ? nil : first
  }

  private func follows(_ word: String, at index: Int) -> Bool {
    text[min(index, text.count)...].starts(with: word.utf8)
  }

  private func isAddressStart(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == UInt8(ascii: "[") || byte >= 0x80
  }

  /// Whether something other than a word's or a path's part is before an index.
  private func isFree(_ index: Int) -> Bool {
    index == start || text[index - 1] <= UInt8(ascii: " ") || "*_~(".utf8.contains(text[index - 1])
  }

  /// The end of an address, without what ends the sentence around it: punctuation, and a parenthesis that was opened outside.
  private func endOfAddress(from index: Int) -> Int {
    let bytes = text[index...]
    var end = bytes.firstIndex { $0 <= UInt8(ascii: " ") || "<>\"".utf8.contains($0) } ?? text.count
    // Counted once: thousands of parentheses in a row are a matter of one pass.
    var unopened = text[index..<end].reduce(0) {
      $0 + ($1 == UInt8(ascii: ")") ? 1 : $1 == UInt8(ascii: "(") ? -1 : 0)
    }
    while end > index + 1 {
      if ".,:;!?'*_~".utf8.contains(text[end - 1]) {
        end -= 1
      } else if text[end - 1] == UInt8(ascii: ")"), unopened > 0 {
        unopened -= 1
        end -= 1
      } else {
        break
      }
    }
    return end
  }

  /// Its two halves are bounded by the limits of mail itself (RFC 5321, section 4.5.3.1).
  private func mailAddress(around at: Int) -> Range<Int>? {
    let name = text[max(start, at - 65)..<at].reversed().prefix { $0.isAlphanumeric || ".-_+".utf8.contains($0) }
    guard (1...64).contains(name.count), name.last != UInt8(ascii: ".") else { return nil }
    var domain = text[(at + 1)..<min(text.count, at + 257)].prefix { $0.isAlphanumeric || "-_.".utf8.contains($0) }
    while domain.last == UInt8(ascii: ".") { domain.removeLast() }
    guard domain.count < 256, domain.contains(UInt8(ascii: ".")), domain.first != UInt8(ascii: "."),
      let last = domain.last, !"-_".utf8.contains(last)
    else { return nil }
    return (at - name.count)..<domain.endIndex
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  fileprivate var isAlphanumeric: Bool { isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension [UInt8] {
  fileprivate subscript(safe index: Int) -> UInt8? { indices.contains(index) ? self[index] : nil }
}
