/// A name, operator, parenthesis or comma of a condition.
package struct SigmaConditionWord: Hashable, Sendable {
  package var text: String
  package var offset: Int

  init(_ token: Token, in bytes: [UInt8]) {
    text = String(decoding: bytes[token.span], as: UTF8.self)
    offset = token.span.lowerBound
  }

  /// The words of a text, even if it isn't a valid condition.
  package static func words(of text: String) -> [SigmaConditionWord] {
    let bytes = Array(text.utf8)
    var lexer = Lexer(bytes, rules: SigmaCondition.grammar.tokens)
    var words: [SigmaConditionWord] = []
    while let token = lexer.next() { words.append(SigmaConditionWord(token, in: bytes)) }
    return words
  }

  package func isWord(_ word: String) -> Bool { text.utf8.count == word.utf8.count && text.lowercased() == word }

  /// Whether it has a special meaning in conditions, and so can't be a name.
  package var isReserved: Bool {
    ["(", ")", ","].contains(text) || ["and", "or", "not", "of"].contains(where: isWord)
  }

  var isQuantifier: Bool { ["1", "any", "all"].contains(where: isWord) }

  /// What to write instead of an operator of another language.
  var instead: String? {
    switch text {
    case "&&", "&": "'and'"
    case "||", "|": "'or'"
    case ",": "'and' or 'or'"
    default: text.utf8.first == UInt8(ascii: "!") ? "'not'" : nil
    }
  }
}
