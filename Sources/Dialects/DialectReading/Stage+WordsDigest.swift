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
    for text in texts { language.addWords(of: text, to: &digest) }
    return digest.value
  }
}
