/// A TALES 1.3 expression, as far as it is supported.
indirect enum Expression: Sendable {
  /// `page/rule/title`
  case path(PathExpression)
  /// `not:path`
  case not(Expression)
  /// `string:text ${path}`
  case string([StringPart])
  /// `nothing`, which means no content.
  case nothing
}

enum StringPart: Sendable {
  case text(String)
  case path(PathExpression)
}

/// Names separated by `/`, the first of which is a variable.
struct PathExpression: Sendable {
  var segments: [String]
  /// Its offset in its attribute, in bytes.
  var offset: Int

  var description: String { segments.joined(separator: "/") }

  func offset(ofSegment index: Int) -> Int { offset + segments[..<index].reduce(0) { $0 + $1.utf8.count + 1 } }
}

/// A problem at a byte of a statement, and how to fix it.
struct StatementFault: Error {
  var offset: Int
  var message: String
}

extension Expression {
  /// - Parameters:
  ///   - text: one expression; surrounding white space is ignored.
  ///   - offset: the offset of the text in its attribute.
  init(_ text: Substring.UTF8View, at offset: Int) throws(StatementFault) {
    let (text, offset) = trimmed(text, at: offset)
    if let rest = text.droppingPrefix("not:") {
      self = .not(try Expression(rest, at: offset + 4))
    } else if let rest = text.droppingPrefix("string:") {
      self = .string(try stringParts(rest, at: offset + 7))
    } else if text.elementsEqual("nothing".utf8) {
      self = .nothing
    } else {
      let rest = text.droppingPrefix("path:")
      self = .path(try PathExpression(rest ?? text, at: rest == nil ? offset : offset + 5))
    }
  }
}

extension PathExpression {
  init(_ text: Substring.UTF8View, at offset: Int) throws(StatementFault) {
    let (text, offset) = trimmed(text, at: offset)
    let words = String(Substring(text))
    segments = words.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    self.offset = offset
    guard !text.isEmpty else {
      throw StatementFault(offset: offset, message: "a path is expected here; write one such as 'page/title'")
    }
    guard segments.allSatisfy(isName) else {
      throw StatementFault(
        offset: offset, message: "'\(words)' isn't a valid path; write names separated by '/', such as 'page/title'")
    }
  }
}

/// Letters, digits, `_`, `-` and `.`, starting with a letter or `_`.
func isName(_ text: some StringProtocol) -> Bool {
  guard let first = text.utf8.first else { return false }
  func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_") }
  return isLetter(first)
    && text.utf8.allSatisfy {
      isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
}

/// Splits `text ${path} text` into its parts; `$$` is a dollar sign.
private func stringParts(_ text: Substring.UTF8View, at offset: Int) throws(StatementFault) -> [StringPart] {
  var parts: [StringPart] = []
  var literal: [UInt8] = []
  var at = text.startIndex
  while at < text.endIndex {
    let place = offset + text.distance(from: text.startIndex, to: at)
    let rest = text[at...]
    if rest.droppingPrefix("$$") != nil {
      literal.append(UInt8(ascii: "$"))
      at = text.index(at, offsetBy: 2)
    } else if let inner = rest.droppingPrefix("${") {
      guard let close = inner.firstIndex(of: UInt8(ascii: "}")) else {
        throw StatementFault(offset: place, message: "'${' lacks its '}'; add it")
      }
      if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
      literal = []
      parts.append(.path(try PathExpression(inner[..<close], at: place + 2)))
      at = text.index(after: close)
    } else if text[at] == UInt8(ascii: "$") {
      throw StatementFault(
        offset: place, message: "a lone '$' has no meaning; write '$$' for a dollar sign, '${path}' for a value")
    } else {
      literal.append(text[at])
      at = text.index(after: at)
    }
  }
  if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
  return parts
}

/// Splits a statement at each `;`, with the offsets of the parts; `;;` is a literal semicolon. Empty parts are omitted.
func statementParts(_ text: String) -> [(text: String, offset: Int)] {
  var parts: [(text: String, offset: Int)] = []
  var (part, start, at) = ([UInt8](), 0, 0)
  let bytes = Array(text.utf8)
  func close() {
    let text = String(decoding: part, as: UTF8.self)
    if !text.utf8.allSatisfy(isSpace) { parts.append((text, start)) }
  }
  while at < bytes.count {
    if bytes[at] != UInt8(ascii: ";") {
      part.append(bytes[at])
    } else if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: ";") {
      part.append(bytes[at])
      at += 1
    } else {
      close()
      (part, start) = ([], at + 1)
    }
    at += 1
  }
  close()
  return parts
}

/// Splits `name expression` at the first white space.
func nameAndRest(
  _ text: String, at offset: Int
) -> (name: String, nameOffset: Int, rest: Substring.UTF8View, restOffset: Int) {
  let (trimmedText, start) = trimmed(Substring(text).utf8, at: offset)
  let end = trimmedText.firstIndex(where: isSpace) ?? trimmedText.endIndex
  let (rest, restOffset) = trimmed(
    trimmedText[end...], at: start + trimmedText.distance(from: trimmedText.startIndex, to: end))
  return (String(Substring(trimmedText[..<end])), start, rest, restOffset)
}

func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

private func trimmed(_ text: Substring.UTF8View, at offset: Int) -> (Substring.UTF8View, Int) {
  let start = text.drop(while: isSpace)
  var end = start.endIndex
  while end > start.startIndex, isSpace(start[start.index(before: end)]) { end = start.index(before: end) }
  return (start[..<end], offset + text.distance(from: text.startIndex, to: start.startIndex))
}

extension Substring.UTF8View {
  fileprivate func droppingPrefix(_ prefix: String) -> Substring.UTF8View? {
    starts(with: prefix.utf8) ? dropFirst(prefix.utf8.count) : nil
  }
}
