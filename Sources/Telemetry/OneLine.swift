import Text
import XML

extension String {
  /// In one line, shortened for quoting in a message.
  var shortened: String {
    let line = inOneLine
    return line.count > 120 ? line.prefix(119) + "…" : line
  }
}

extension XMLElement {
  /// Its text in one line.
  var trimmed: String { text.inOneLine }
}
