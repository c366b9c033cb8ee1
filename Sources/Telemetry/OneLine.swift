import Text
import XML

extension String {
  /// In one line, and cut to what a message can quote.
  var shortened: String {
    let line = inOneLine
    return line.count > 120 ? line.prefix(119) + "…" : line
  }
}

extension XMLElement {
  /// Its text in one line.
  var trimmed: String { text.inOneLine }
}
