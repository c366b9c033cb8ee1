import QueryLanguages
import RuleModel
import Text

extension RuleDraft {
  /// Sets the digests of its stages' words: as its language divides the text, without comments, so that the layout of a
  /// query makes no difference.
  mutating func digestWords() {
    for index in stages.indices { stages[index].wordsDigest = stages[index].digestOfWords }
  }
}

extension Stage {
  fileprivate var digestOfWords: UInt64? {
    guard let language else { return nil }
    let texts = settings + (isLogicByText ? [text].compactMap(\.self) : [])
    if texts.isEmpty { return nil }
    var digest = StableDigest()
    for text in texts {
      let bytes = Array(text.utf8)
      for token in language.grammar.tokens(of: bytes) where token.kind != .comment {
        digest.add(bytes: bytes[token.span])
        digest.add(byte: 0xFF)
      }
      digest.add(byte: 0xFE)
    }
    return digest.value
  }
}
