import Diagnostics
import RuleModel

extension RuleCheck {
  /// The texts of a list that are in it twice, each once, as they are written the second time.
  ///
  /// - Parameter key: what is compared.
  static func repeated(in texts: [String], by key: (String) -> String) -> [(text: String, occurrence: Int)] {
    if texts.count < 2 { return [] }
    var counts: [String: Int] = [:]
    var written: [String: Int] = [:]
    var result: [(text: String, occurrence: Int)] = []
    for text in texts {
      counts[key(text), default: 0] += 1
      written[text, default: 0] += 1
      if counts[key(text)] == 2 { result.append((text, written[text] ?? 1)) }
    }
    return result
  }
}
