import Diagnostics
import RuleModel
import Text

/// Faults common to all languages, worded to fit each of them.
extension QueryFault {
  /// - Parameter bytes: the query's bytes.
  static func syntax(_ fault: SyntaxFault, in bytes: [UInt8], limits: Grammar.Limits, _ place: (Int) -> SourcePosition)
    -> QueryFault
  {
    // The text that was read may end before the next word.
    var offset = fault.offset
    while offset < bytes.count, ByteSet.spaces.contains(bytes[offset]) { offset += 1 }
    let found = offset < bytes.count ? "'\(shortened(word(at: offset, in: bytes)))'" : "the end of the query"
    let message: String
    switch fault.kind {
    case .missingOperand: message = "a value or name is expected before \(found); add it, or remove what needs it"
    case .missingName: message = "a name is expected before \(found); add it"
    case .missing(let text):
      if let opener = fault.opener {
        offset = opener.span.lowerBound
        message = "'\(shortened(word(at: offset, in: bytes)))' isn't closed; '\(text)' is expected before \(found)"
      } else {
        message = "'\(text)' is expected before \(found)"
      }
    case .unexpected: message = "\(found) is unexpected here; an operator before it may be missing"
    case .unclosedText: message = "a text or comment isn't closed; add what ends it"
    case .tooDeep: message = "the query is nested more than \(limits.depth) deep; simplify it"
    case .tooLong: message = "the query has more than \(limits.tokens) words; simplify it"
    }
    return QueryFault(.querySyntax, message, at: place(offset))
  }

  /// The first string or comment that isn't closed, the first bracket that closes nothing, and the last one that isn't
  /// closed.
  static func unbalanced(in bytes: [UInt8], _ grammar: Grammar, _ place: (Int) -> SourcePosition) -> [QueryFault] {
    var lexer = Lexer(bytes, rules: grammar.tokens)
    var open: [Token] = []
    var extra: Token?
    var unclosed: Token?
    while let token = lexer.next() {
      if token.kind == .unclosed { unclosed = unclosed ?? token }
      guard token.kind == .symbol else { continue }
      let byte = bytes[token.span.lowerBound]
      if ByteSet.openers.contains(byte) { open.append(token) }
      if ByteSet.closers.contains(byte), open.popLast() == nil { extra = extra ?? token }
    }
    var faults: [QueryFault] = []
    func note(_ kind: SyntaxFault.Kind, _ token: Token?, at offset: Int, opener: Token? = nil) {
      guard token != nil else { return }
      let fault = SyntaxFault(kind: kind, index: 0, offset: offset, opener: opener)
      faults.append(.syntax(fault, in: bytes, limits: grammar.limits, place))
    }
    note(.unclosedText, unclosed, at: unclosed?.span.lowerBound ?? 0)
    note(.unexpected, extra, at: extra?.span.lowerBound ?? 0)
    let opener = open.last.map { bytes[$0.span.lowerBound] } ?? 0
    let closer = opener == UInt8(ascii: "(") ? ")" : opener == UInt8(ascii: "[") ? "]" : "}"
    note(.missing(closer), open.last, at: bytes.count, opener: open.last)
    return faults
  }

  /// In text order, without two of the same kind at one place.
  static func inOrder(_ faults: [QueryFault]) -> [QueryFault] {
    faults.distinct { QueryFault($0.id, "", at: $0.position) }
      .enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }.map(\.element)
  }

  /// The word or symbol at an offset.
  private static func word(at offset: Int, in bytes: [UInt8]) -> String {
    var end = offset
    let name = ByteSet.letters.union(.digits).union(.beyondASCII).union("_")
    while end < bytes.count, end - offset < 120, name.contains(bytes[end]) { end += 1 }
    return String(decoding: bytes[offset..<max(end, min(offset + 1, bytes.count))], as: UTF8.self)
  }

  /// A note for each part of the logic that can't be analyzed.
  static func unread(in stages: [Stage]) -> [QueryFault] {
    var faults: [QueryFault] = []
    for stage in stages {
      stage.predicate.forEachLeaf { leaf, _ in
        guard case .text(let text) = leaf, text.meaning == .opaque else { return }
        faults.append(
          QueryFault(
            .queryUnread, "'\(shortened(text.text))' isn't understood; it is shown as text and counts as no test",
            at: text.position))
      }
    }
    return faults
  }
}

extension Lowering {
  /// A warning for each function that the language doesn't have.
  func unknownFunctions(in parser: PrattParser, _ place: (Int) -> SourcePosition) -> [QueryFault] {
    parser.calls.compactMap { call in
      let name = String(decoding: parser.bytes[call.name], as: UTF8.self)
      guard !hasFunction(name.lowercased()) else { return nil }
      let names = functions.keys.sorted() + transparent.sorted() + known.sorted() + times.sorted()
      let near = nearestName(to: name, in: names).map { "; did you mean '\($0)'?" } ?? "; correct the name"
      return QueryFault(
        .queryFunction, "'\(shortened(name))' isn't a function of the query's language" + near,
        at: place(call.name.lowerBound))
    }
  }
}
