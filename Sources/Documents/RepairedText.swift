import Diagnostics

/// A text made safe to parse and display, and what had to be replaced.
package struct RepairedText: Sendable {
  /// UTF-8, without a byte order mark.
  package var bytes: [UInt8]
  /// Findings on what was replaced: one of each kind, at its first occurrence. Their path has yet to be set.
  package var faults: [DocumentError]
  /// Maps positions back to those in the file: see ``parse(_:as:limits:)``.
  package var replaced: [Replacement] = []
}

/// Decodes a file: bytes that aren't UTF-8, and characters that YAML and XML forbid, become U+FFFD.
///
/// - Parameter keepingZeros: whether a zero byte is replaced as well, in a file whose parts can be read one by one.
/// - Throws: if the file is UTF-16 or UTF-32, or has zero bytes, and so isn't text that could hold a rule.
package func repairedText(_ source: [UInt8], keepingZeros: Bool = false) throws(DocumentError) -> RepairedText {
  let text = try textWithoutMark(source)
  let body = text.count == source.count ? source : Array(text)
  var clean = true
  body.withUnsafeBufferPointer { bytes in
    for byte in bytes where byte >= 0x7F || (byte < 0x20 && byte != 0x0A && byte != 0x09 && byte != 0x0D) {
      clean = false
      return
    }
  }
  if clean { return RepairedText(bytes: body, faults: []) }
  guard let zero = body.firstIndex(of: 0) else { return repair(body) }
  let position = TextLines(of: body).position(ofOffset: zero)
  guard keepingZeros else {
    throw DocumentError(
      .notText, at: position, "the file has a zero byte and isn't text; save it as UTF-8 or exclude it")
  }
  var repaired = repair(body)
  repaired.faults.insert(
    DocumentError(
      .notText, at: position,
      "the file has a zero byte, which isn't text and will show as U+FFFD; save the file as UTF-8"), at: 0)
  return repaired
}

private func repair(_ body: [UInt8]) -> RepairedText {
  var output: [UInt8] = []
  output.reserveCapacity(body.count)
  var invalid: (first: Int, count: Int)?
  var forbidden: (first: Int, count: Int)?
  let replacement = Array("\u{FFFD}".utf8)
  var replaced: [Replacement] = []
  /// - Parameter length: the number of bytes in the file.
  func replace(_ length: Int) {
    let surplus = (replaced.last?.surplus ?? 0) + replacement.count - length
    replaced.append(Replacement(start: output.count, surplus: surplus))
    output += replacement
  }
  var at = 0
  while at < body.count {
    if body[at] < 0x80 {
      if isForbidden(Unicode.Scalar(body[at])) {
        // A zero byte has a fault of its own.
        if body[at] != 0 { forbidden = (forbidden?.first ?? at, (forbidden?.count ?? 0) + 1) }
        replace(1)
      } else {
        output.append(body[at])
      }
      at += 1
      continue
    }
    let (scalar, length) = decodeScalar(body, at: at)
    if let scalar, !isForbidden(scalar) {
      output += body[at..<at + length]
    } else {
      replace(length)
      if scalar == nil {
        invalid = (invalid?.first ?? at, (invalid?.count ?? 0) + 1)
      } else {
        forbidden = (forbidden?.first ?? at, (forbidden?.count ?? 0) + 1)
      }
    }
    at += length
  }
  let lines = TextLines(of: body)
  var faults: [DocumentError] = []
  if let invalid {
    let what = invalid.count == 1 ? "a byte sequence isn't" : "\(invalid.count) byte sequences aren't"
    faults.append(
      DocumentError(
        .notUTF8, at: lines.position(ofOffset: invalid.first),
        "\(what) UTF-8 and will show as U+FFFD; save the file as UTF-8"))
  }
  if let forbidden {
    let what = forbidden.count == 1 ? "a control character is" : "\(forbidden.count) control characters are"
    faults.append(
      DocumentError(
        .forbiddenCharacter, at: lines.position(ofOffset: forbidden.first),
        "\(what) not allowed in text files and shown as U+FFFD; remove them"))
  }
  return RepairedText(bytes: output, faults: faults, replaced: replaced)
}

/// A UTF-8 scalar and its length in bytes; nil and 1 if it is ill-formed.
func decodeScalar(_ bytes: [UInt8], at start: Int) -> (scalar: Unicode.Scalar?, length: Int) {
  var iterator = bytes[start..<min(start + 4, bytes.count)].makeIterator()
  var decoder = UTF8()
  switch decoder.decode(&iterator) {
  case .scalarValue(let scalar): return (scalar, UTF8.width(scalar))
  case .emptyInput, .error: return (nil, 1)
  }
}

/// Characters outside YAML 1.2.2's character set (section 5.1, `c-printable`), and the byte order mark. XML 1.0 allows
/// all others; of these, it forbids only C0 controls, U+FFFE and U+FFFF.
private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: false
  default: true
  }
}
