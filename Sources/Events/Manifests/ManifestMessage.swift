/// The text of an event as a manifest contains it, in the notation of message tables.
///
/// - SeeAlso: Microsoft, “Message Text Files” and “FormatMessage”: `%1!s!` means the first field, `%n` a line end.
struct ManifestMessage {
  let text: String

  /// The maximum length of a title, in characters.
  private static let longestTitle = 120

  /// Its first line, with field names in place of their numbers; nil if it consists only of numbers.
  func title(fields: [String]) -> String? {
    var title = ""
    var hasWords = false
    var rest = text.unicodeScalars[...]
    reading: while let scalar = rest.popFirst() {
      guard scalar == "%", let mark = rest.first else {
        if scalar == "\n" || scalar == "\r" {
          if title.allSatisfy(\.isWhitespace) { continue }
          break
        }
        title.unicodeScalars.append(scalar == "\t" ? " " : scalar)
        hasWords = hasWords || scalar.properties.isAlphabetic
        continue
      }
      if let number = ManifestMessage.number(&rest) {
        title += fields.indices.contains(number - 1) ? fields[number - 1] : "%\(number)"
        continue
      }
      rest.removeFirst()
      switch mark {
      case "n", "r", "0":
        if !title.allSatisfy(\.isWhitespace) { break reading }
      case "t", "b", " ": title += " "
      default: title.unicodeScalars.append(mark)
      }
    }
    let words = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let shown = ManifestMessage.shortened(
      words.hasSuffix(".") || words.hasSuffix(":") ? String(words.dropLast()) : words)
    return hasWords && !shown.isEmpty ? shown : nil
  }

  /// The number of a field, with its format (`!s!`).
  private static func number(_ rest: inout Substring.UnicodeScalarView) -> Int? {
    let digits = rest.prefix(2).prefix { ("0"..."9").contains($0) }
    guard digits.first != "0", let number = Int(String(digits)) else { return nil }
    rest.removeFirst(digits.count)
    if rest.first == "!", let end = rest.dropFirst().firstIndex(of: "!") { rest = rest[rest.index(after: end)...] }
    return number
  }

  private static func shortened(_ title: String) -> String {
    guard title.count > longestTitle else { return title }
    let start = title.prefix(longestTitle)
    return start[..<(start.lastIndex(of: " ") ?? start.endIndex)] + " …"
  }
}
