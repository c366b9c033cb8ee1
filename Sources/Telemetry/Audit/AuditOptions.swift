import Diagnostics

/// A word of a line, and its location.
struct AuditWord: Hashable {
  var text: String
  var location: SourceLocation
}

/// Why auditctl rejects a line.
struct AuditRefusal: Error {
  var location: SourceLocation
  var message: String

  init(_ word: AuditWord, _ message: String) { (location, self.message) = (word.location, message) }
}

/// One line of an audit rules file.
struct AuditLine: Hashable {
  var file: SourceFile
  /// 1-based.
  var number: Int
  var bytes: [UInt8]

  /// auditctl splits only at spaces, and removes a backslash before a space or a backslash (`preprocess`).
  var words: [AuditWord] {
    var words: [AuditWord] = []
    var (word, start): ([UInt8], Int?) = ([], nil)
    func location(_ start: Int) -> SourceLocation {
      SourceLocation(file, at: SourcePosition(line: number, column: start + 1))
    }
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x20 {
        if let start { words.append(AuditWord(text: String(decoding: word, as: UTF8.self), location: location(start))) }
        (word, start) = ([], nil)
      } else {
        start = start ?? at
        if byte == UInt8(ascii: "\\"), at + 1 < bytes.count, bytes[at + 1] == 0x20 || bytes[at + 1] == byte { at += 1 }
        word.append(bytes[at])
      }
      at += 1
    }
    if let start { words.append(AuditWord(text: String(decoding: word, as: UTF8.self), location: location(start))) }
    return words
  }
}

/// Parses the options of a line as getopt_long(3) does: `-S open`, `-Sopen`, `--signal=HUP`.
struct AuditOptions {
  /// Options with a value.
  private static let valued: Set<Character> = [
    "C", "e", "f", "r", "b", "a", "A", "d", "S", "F", "m", "R", "w", "W", "k", "p", "q",
  ]
  private static let plain: Set<Character> = ["h", "i", "c", "s", "l", "D", "v", "t"]
  private static let long: [String: Bool] = [
    "--help": false, "--loginuid-immutable": false, "--backlog_wait_time": true, "--reset-lost": false,
    "--reset_backlog_wait_time_actual": false, "--signal": true,
  ]

  private(set) var rest: ArraySlice<AuditWord>
  /// The letters after a single dash that haven't been read yet.
  private var letters: Substring = ""
  private var current: AuditWord?

  init(_ words: [AuditWord]) { rest = words[...] }

  var isAtEnd: Bool { rest.isEmpty && letters.isEmpty }

  /// The next option and its value; nil at the end. The name is nil for an unknown option.
  mutating func next() throws(AuditRefusal) -> (name: String?, word: AuditWord, value: AuditWord?)? {
    if letters.isEmpty {
      guard let word = rest.popFirst() else { return nil }
      guard word.text.hasPrefix("-"), word.text.utf8.count > 1 else { throw AuditOptions.stray(word) }
      if word.text.hasPrefix("--") { return try long(word) }
      (letters, current) = (word.text.dropFirst(), word)
    }
    guard let word = current, let letter = letters.popFirst() else { return nil }
    let name = "-\(letter)"
    if AuditOptions.plain.contains(letter) { return (name, word, nil) }
    guard AuditOptions.valued.contains(letter) else {
      letters = ""
      skipValue()
      return (nil, word, nil)
    }
    var value: AuditWord?
    if letters.isEmpty {
      value = rest.popFirst()
    } else {
      value = AuditWord(text: String(letters), location: word.location)
      letters = ""
    }
    guard let value else { throw AuditRefusal(word, AuditOptions.need(of: name)) }
    return (name, word, value)
  }

  /// A long option may be abbreviated to any unique prefix.
  private mutating func long(
    _ word: AuditWord
  ) throws(AuditRefusal) -> (name: String?, word: AuditWord, value: AuditWord?) {
    let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let found = AuditOptions.long.keys.filter { $0 == parts[0] || $0.hasPrefix(parts[0]) }
    guard let name = found.contains(parts[0]) ? parts[0] : found.first, found.count == 1 || name == parts[0] else {
      skipValue()
      return (nil, word, nil)
    }
    guard AuditOptions.long[name] == true else { return (name, word, nil) }
    let own = parts.count > 1 ? AuditWord(text: parts[1], location: word.location) : rest.popFirst()
    guard let own else { throw AuditRefusal(word, "'\(name)' needs a value") }
    return (name, word, own)
  }

  /// It isn't known whether an unknown option takes a value.
  private mutating func skipValue() { rest = rest.drop { !$0.text.hasPrefix("-") } }

  private static func stray(_ word: AuditWord) -> AuditRefusal {
    let text = word.text
    if text.hasPrefix("#") { return AuditRefusal(word, "a comment needs its own line; move it above the rule") }
    if text == "\\" { return AuditRefusal(word, "auditctl doesn't join lines; write the rule on one line") }
    let advice =
      text.hasSuffix("\"") || text.hasSuffix("'")
      ? "auditctl doesn't read quotes; write a backslash before a space" : "remove it, or write its option before it"
    return AuditRefusal(word, "'\(shortened(text))' belongs to no option; \(advice)")
  }

  private static func need(of option: String) -> String {
    switch option {
    case "-a", "-A", "-d": "'\(option)' needs a list and an action"
    case "-w", "-W": "'\(option)' needs the path of a file or folder"
    case "-p": "'-p' needs letters of r, w, x and a"
    case "-S": "'-S' needs a system call"
    case "-F": "'-F' needs a field, an operator and a value"
    case "-C": "'-C' needs two fields"
    default: "'\(option)' needs a value"
    }
  }

  /// The option that the user may have meant.
  static func nearest(to option: String) -> String? {
    option.hasPrefix("--") ? nearestName(to: option, in: long.keys.sorted()) : nil
  }
}
