import Diagnostics

/// The registry's values as text: a `.reg` file, what `reg query` prints, LGPO's text, a security template.
enum RegistryText {
  private enum Form {
    case file, query, lgpo, template
  }

  /// nil for any other text.
  static func entries(in text: [UInt8]) -> [RegistryEntry]? {
    let lines = String(decoding: text, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    )
    .map { $0.drop { $0 == "\u{FEFF}" } }
    guard let form = lines.lazy.compactMap(form).first else { return nil }
    return switch form {
    case .file: file(lines)
    case .query: query(lines)
    case .lgpo: lgpo(lines)
    case .template: template(lines)
    }
  }

  private static func form(_ line: Substring) -> Form? {
    let word = trimmed(line).lowercased()
    if word.hasPrefix("windows registry editor") || word == "regedit4" { return .file }
    if word == "[registry values]" || word == "[unicode]" { return .template }
    if word.hasPrefix("hkey_local_machine\\") || word.hasPrefix("hklm\\") { return .query }
    return word == "computer" || word == "user" ? .lgpo : nil
  }

  static func trimmed(_ line: Substring) -> Substring {
    var rest = line.drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }

  private static func position(_ index: Int) -> SourcePosition { SourcePosition(line: index + 1, column: 1) }

  /// `[HKEY_LOCAL_MACHINE\…]`, `"Name"=dword:00000001`, `"Name"=-`
  private static func file(_ lines: [Substring]) -> [RegistryEntry] {
    var entries: [RegistryEntry] = []
    var key: String?
    for (index, line) in lines.enumerated() {
      let line = trimmed(line)
      if line.hasPrefix("["), line.hasSuffix("]") {
        let path = line.dropFirst().dropLast()
        // `[-HKEY…]` removes the key.
        key = path.hasPrefix("-") ? nil : RegistryEntry.key(path)
      } else if let key, line.hasPrefix("\""), let close = line.dropFirst().firstIndex(of: "\"") {
        let name = line[line.index(after: line.startIndex)..<close]
        let value = trimmed(line[line.index(after: close)...])
        guard value.hasPrefix("=") else { continue }
        let data = trimmed(value.dropFirst()).lowercased()
        let number = data.hasPrefix("dword:") ? UInt32(data.dropFirst(6), radix: 16) : nil
        entries.append(
          RegistryEntry(
            key: key, name: String(name), data: data == "-" ? .deleted : number.map { .number($0) } ?? .other,
            position: position(index)))
      }
    }
    return entries
  }

  /// The key on a line of its own, then `    Name    REG_DWORD    0x1`.
  private static func query(_ lines: [Substring]) -> [RegistryEntry] {
    var entries: [RegistryEntry] = []
    var key: String?
    for (index, line) in lines.enumerated() where !trimmed(line).isEmpty {
      guard line.first?.isWhitespace == true else {
        key = RegistryEntry.key(trimmed(line))
        continue
      }
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let key, words.count >= 3, words[1].hasPrefix("REG_") else { continue }
      let number = words[1] == "REG_DWORD" && words[2].hasPrefix("0x") ? UInt32(words[2].dropFirst(2), radix: 16) : nil
      entries.append(
        RegistryEntry(
          key: key, name: String(words[0]), data: number.map { .number($0) } ?? .other, position: position(index)))
    }
    return entries
  }

  /// Four lines for each value: `Computer`, the key, the name, `DWORD:1`; lines that begin with `;` are comments.
  private static func lgpo(_ lines: [Substring]) -> [RegistryEntry] {
    let lines = lines.enumerated().map { (index: $0.offset, text: trimmed($0.element)) }
      .filter { !$0.text.isEmpty && !$0.text.hasPrefix(";") }
    var entries: [RegistryEntry] = []
    var at = 0
    while at + 3 < lines.count {
      let hive = lines[at].text.lowercased()
      guard hive == "computer" || hive == "user" || hive.hasPrefix("user:") else {
        at += 1
        continue
      }
      if hive == "computer" {
        let data = lines[at + 3].text.lowercased()
        let number = data.hasPrefix("dword:") ? self.number(data.dropFirst(6)) : nil
        entries.append(
          RegistryEntry(
            key: lines[at + 1].text.lowercased(), name: String(lines[at + 2].text),
            data: data.hasPrefix("delete") ? .deleted : number.map { .number($0) } ?? .other,
            position: position(lines[at + 3].index)))
      }
      at += 4
    }
    return entries
  }

  private static func number(_ text: Substring) -> UInt32? {
    text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text)
  }

  /// `MACHINE\Software\…\Name=4,1`: the type, then the data; 4 is a number.
  private static func template(_ lines: [Substring]) -> [RegistryEntry] {
    lines.enumerated().compactMap { index, line in
      let parts = line.split(separator: "=", maxSplits: 1).map(trimmed)
      guard parts.count == 2, parts[0].lowercased().hasPrefix("machine\\"), let path = RegistryEntry.key(parts[0]),
        let end = path.lastIndex(of: "\\")
      else { return nil }
      let data = parts[1].split(separator: ",", maxSplits: 1).map(trimmed)
      let number = data.count == 2 && data[0] == "4" ? UInt32(data[1]) : nil
      return RegistryEntry(
        key: String(path[..<end]), name: String(path[path.index(after: end)...]),
        data: number.map { .number($0) } ?? .other, position: position(index))
    }
  }
}
