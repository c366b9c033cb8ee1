/// A rule in a YARA-L file, split into its sections. All spans count the file's bytes.
package struct YARALRule: Hashable, Sendable {
  package struct Section: Hashable, Sendable {
    /// In lower case: `events`.
    package var name: String
    package var header: Range<Int>
    /// From its first token to its last; empty if there are none.
    package var body: Range<Int>
  }

  /// An entry of the section `meta`.
  package struct Entry: Hashable, Sendable {
    package var key: String
    package var keySpan: Range<Int>
    package var value: String
    /// Including quotes.
    package var valueSpan: Range<Int>
    /// The value's bytes between its quotes; nil if it is written with escapes, so that the value differs from them.
    package var literal: Range<Int>?
  }

  package var name: String
  package var nameSpan: Range<Int>
  package var span: Range<Int>
  package var sections: [Section] = []
  package var meta: [Entry] = []
  /// Whether each text ends with its line, since a quote is missing in the file.
  package var endsTextsWithLine = false
  /// The bracket around the sections, if it isn't closed.
  package var unclosed: Range<Int>?

  package init(name: String, nameSpan: Range<Int>, span: Range<Int>) {
    self.name = name
    self.nameSpan = nameSpan
    self.span = span
  }

  package func section(_ name: String) -> Section? { sections.first { $0.name == name } }

  /// Whether it is a YARA rule, which describes files: their bytes are in a section `strings`, and it has no events.
  package func describesFiles(in bytes: [UInt8]) -> Bool {
    if ["events", "match", "outcome"].contains(where: { section($0) != nil }) { return false }
    if section("strings") != nil { return true }
    guard let condition = section("condition") else { return false }
    return !bytes[condition.body].contains { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "#") }
  }

  /// The rules of a file. Text between them is skipped.
  package static func all(in bytes: [UInt8]) -> [YARALRule] {
    var splitter = YARALSplitter(bytes)
    return splitter.rules()
  }
}

/// The brackets that are open.
private struct Brackets {
  private var open: [UInt8] = []
  /// How many of them are braces.
  private(set) var braces = 0

  mutating func pass(_ symbol: UInt8) {
    if ByteSet.openers.contains(symbol) {
      open.append(symbol)
      if symbol == UInt8(ascii: "{") { braces += 1 }
    } else if ByteSet.closers.contains(symbol), open.popLast() == UInt8(ascii: "{") {
      braces -= 1
    }
  }
}

/// Splits a file into rules, and these into sections.
private struct YARALSplitter {
  private let bytes: [UInt8]
  private let tokens: [Token]
  private let values: ValueReader
  private var endsTextsWithLine = false
  private var next = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var tokens = YARAL.grammar.tokens.withoutComments(bytes)
    if let last = tokens.last, last.kind == .unclosed, bytes[last.span.lowerBound] == UInt8(ascii: "\"") {
      tokens = YARAL.lineTokens.withoutComments(bytes)
      endsTextsWithLine = true
    }
    self.tokens = tokens
    values = ValueReader(bytes: bytes, rules: YARAL.grammar.tokens)
  }

  mutating func rules() -> [YARALRule] {
    var rules: [YARALRule] = []
    while next < tokens.count {
      if let rule = rule() { rules.append(rule) } else { next += 1 }
    }
    return rules
  }

  /// `rule name {`, or with the tags of a YARA rule, `rule name : tag {`; nil if something else comes next.
  private func head(at place: Int) -> (name: Token, body: Int)? {
    guard isWord(place, YARALSplitter.rule), place + 2 < tokens.count, tokens[place + 1].kind == .word else {
      return nil
    }
    var body = place + 2
    if isSymbol(body, ":") {
      // Another rule's name isn't a tag.
      while body < tokens.count, tokens[body].kind == .word && !isWord(body, YARALSplitter.rule) || isSymbol(body, ":")
      { body += 1 }
    }
    return isSymbol(body, "{") ? (tokens[place + 1], body) : nil
  }

  private mutating func rule() -> YARALRule? {
    guard let (name, body) = head(at: next) else { return nil }
    var rule = YARALRule(name: text(name.span), nameSpan: name.span, span: tokens[next].span)
    rule.endsTextsWithLine = endsTextsWithLine
    next = body + 1
    var levels = Brackets()
    /// Where the section being read starts.
    var first = next
    func close(at end: Int) {
      guard let last = rule.sections.indices.last else { return }
      let start = first < end ? tokens[first].span.lowerBound : rule.sections[last].header.upperBound
      rule.sections[last].body = start..<(first < end ? tokens[end - 1].span.upperBound : start)
      if rule.sections[last].name == "meta" { rule.meta += entries(first..<end) }
    }
    while next < tokens.count {
      if isSymbol(next, "}"), levels.braces == 0 {
        close(at: next)
        rule.span = rule.span.lowerBound..<tokens[next].span.upperBound
        next += 1
        return rule
      }
      // The bracket of this rule is missing if another one begins.
      if head(at: next) != nil { break }
      if tokens[next].kind == .word, isSymbol(next + 1, ":"), isSection(tokens[next].span),
        levels.braces == 0
      {
        close(at: next)
        levels = Brackets()
        let header = tokens[next].span
        rule.sections.append(
          YARALRule.Section(
            name: text(header).lowercased(), header: header, body: header.upperBound..<header.upperBound))
        next += 2
        first = next
        continue
      }
      if tokens[next].kind == .symbol { levels.pass(bytes[tokens[next].span.lowerBound]) }
      next += 1
    }
    close(at: next)
    rule.span = rule.span.lowerBound..<tokens[next - 1].span.upperBound
    rule.unclosed = tokens[body].span
    return rule
  }

  private func isSection(_ span: Range<Int>) -> Bool {
    YARALSplitter.sections.contains { isSame(bytes, span, as: $0, ignoringCase: true) }
  }

  /// Those of a YARA rule, too.
  private static let sections = (YARAL.sections + ["strings"]).map { Array($0.utf8) }

  /// `key = "value"`
  private func entries(_ places: Range<Int>) -> [YARALRule.Entry] {
    var entries: [YARALRule.Entry] = []
    var place = places.lowerBound
    while place < places.upperBound {
      guard place + 2 < places.upperBound, tokens[place].kind == .word, isSymbol(place + 1, "=") else {
        place += 1
        continue
      }
      let key = tokens[place].span
      let token = tokens[place + 2]
      place += 3
      var entry = YARALRule.Entry(
        key: text(key), keySpan: key, value: text(token.span), valueSpan: token.span, literal: nil)
      switch token.kind {
      case .text(let quote):
        entry.value = values.text(of: Expression(.text(quote: quote), token.span)) ?? entry.value
        let inner = token.span.lowerBound + 1..<token.span.upperBound - 1
        if bytes[inner].elementsEqual(entry.value.utf8) { entry.literal = inner }
      case .word, .number: entry.literal = token.span
      default: break
      }
      entries.append(entry)
    }
    return entries
  }

  private static let rule = Array("rule".utf8)

  private func isWord(_ place: Int, _ text: [UInt8]) -> Bool {
    place < tokens.count && tokens[place].kind == .word
      && isSame(bytes, tokens[place].span, as: text, ignoringCase: false)
  }

  private func isSymbol(_ place: Int, _ symbol: Character) -> Bool {
    place < tokens.count && tokens[place].kind == .symbol && tokens[place].span.count == 1
      && bytes[tokens[place].span.lowerBound] == symbol.asciiValue
  }

  private func text(_ span: Range<Int>) -> String { String(decoding: bytes[span], as: UTF8.self) }
}
