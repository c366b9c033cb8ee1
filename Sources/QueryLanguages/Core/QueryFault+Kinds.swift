import Diagnostics
import RuleModel

/// Faults that all languages have, in words that fit each of them.
extension QueryFault {
  /// - Parameter bytes: of the query.
  static func syntax(_ fault: SyntaxFault, in bytes: [UInt8], limits: Grammar.Limits, _ place: (Int) -> SourcePosition)
    -> QueryFault
  {
    let found =
      fault.offset < bytes.count ? "'\(shortened(word(at: fault.offset, in: bytes)))'" : "the end of the query"
    var offset = fault.offset
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
    case .unclosedText: message = "a text isn't closed; add the quote that ends it"
    case .tooDeep: message = "the query is nested more than \(limits.depth) deep; simplify it"
    case .tooLong: message = "the query has more than \(limits.tokens) words; simplify it"
    }
    return QueryFault(.querySyntax, message, at: place(offset))
  }

  /// The word or sign at an offset.
  private static func word(at offset: Int, in bytes: [UInt8]) -> String {
    var end = offset
    let name = ByteSet.letters.union(.digits).union(.beyondASCII).union("_")
    while end < bytes.count, end - offset < 120, name.contains(bytes[end]) { end += 1 }
    return String(decoding: bytes[offset..<max(end, min(offset + 1, bytes.count))], as: UTF8.self)
  }

  /// A note for each part of the logic that can't be taken apart.
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
