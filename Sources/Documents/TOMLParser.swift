import CTOML
import Diagnostics

/// Parses TOML 1.0 into one mapping; nil for a file without content.
///
/// Strings have their escapes undone; numbers, dates and booleans keep their text. A TOML table is a mapping, however
/// its keys were written, with keys in file order.
///
/// - Parameters: as for ``parseYAML(_:replaced:limits:)``.
/// - Throws: the first error, with its position.
package func parseTOML(
  _ source: [UInt8], replaced: [Replacement] = [], limits: DocumentLimits = .standard
) throws(DocumentError) -> Node? {
  let source = try parsedText(source, limits: limits)
  if let offset = TOMLNesting.excess(in: source, limit: limits.depth) {
    throw DocumentError(
      .tomlDepth, at: TextLines(of: source, replaced: replaced).position(ofOffset: offset),
      "tables and lists are nested more than \(limits.depth) deep; flatten them")
  }
  let tree = TOMLTree(source, replaced: replaced)
  var fault = ctoml_fault()
  let isRead = source.withUnsafeBytes { bytes in
    ctoml_parse(
      bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count,
      Unmanaged.passUnretained(tree).toOpaque(),
      { context, event in
        guard let context, let event else { return }
        Unmanaged<TOMLTree>.fromOpaque(context).takeUnretainedValue().take(event.pointee)
      }, &fault)
  }
  guard isRead else { throw tree.error(fault) }
  let root = tree.finish()
  return root.flatMap { $0.entries.isEmpty ? nil : $0 }
}

/// Builds the tree from the events of a parsed file.
private final class TOMLTree {
  private let source: [UInt8]
  private let places: CharacterPlaces
  private var builder: ArenaBuilder

  init(_ source: [UInt8], replaced: [Replacement]) {
    self.source = source
    places = CharacterPlaces(in: source)
    builder = ArenaBuilder(.toml, source: source, replaced: replaced)
  }

  func finish() -> Node? { builder.finish().first }

  func take(_ event: ctoml_event) {
    let start = places.offset(event.begin)
    switch event.kind {
    case CTOML_TABLE: builder.begin(.mapping, at: start)
    case CTOML_ARRAY: builder.begin(.sequence, at: start)
    case CTOML_END: builder.end()
    case CTOML_PLAIN: builder.add(source[start..<max(start, places.offset(event.end))], style: .plain, at: start)
    default:
      let bytes = UnsafeRawBufferPointer(start: event.text, count: event.count)
      builder.add(bytes, style: style(at: start), at: start)
    }
  }

  private func style(at start: Int) -> Node.Style {
    switch start < source.count ? source[start] : 0 {
    case UInt8(ascii: "\""): .doubleQuoted
    case UInt8(ascii: "'"): .singleQuoted
    default: .plain
    }
  }

  func error(_ fault: ctoml_fault) -> DocumentError {
    let message = withUnsafeBytes(of: fault.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let offset = places.offset(fault.place)
    let what = message.dropFirst(message.hasPrefix(Self.preamble) ? Self.preamble.count : message.count)
    let words = what.isEmpty ? message : (what.first.map("aeiou".contains) == true ? "in an " : "in a ") + what
    return DocumentError(
      .tomlSyntax, at: builder.lines.position(ofOffset: offset),
      "\(shortened(words)); correct the TOML here")
  }

  private static let preamble = "Error while parsing "
}

/// Converts lines and columns in code points to byte offsets, in a time that doesn't depend on the length of lines.
private struct CharacterPlaces {
  private let source: [UInt8]
  /// The index of the first code point of each line.
  private var lines: [UInt32] = [0]
  /// The byte offset of every 64th code point.
  private var marks: [UInt32] = []
  private static let step = 64

  init(in source: [UInt8]) {
    self.source = source
    var number = 0
    for (at, byte) in source.enumerated() where byte & 0xC0 != 0x80 {
      if number % Self.step == 0 { marks.append(UInt32(at)) }
      number += 1
      if byte == UInt8(ascii: "\n") { lines.append(UInt32(number)) }
    }
  }

  /// The byte offset of a place; the end of the file if the place is past it, and the start if it isn't known.
  func offset(_ place: ctoml_place) -> Int {
    guard place.line > 0 else { return 0 }
    guard Int(place.line) <= lines.count else { return source.count }
    let number = Int(lines[Int(place.line) - 1]) + Int(place.column) - 1
    guard number / Self.step < marks.count else { return source.count }
    var at = Int(marks[number / Self.step])
    for _ in 0..<number % Self.step where at < source.count {
      at += 1
      while at < source.count, source[at] & 0xC0 == 0x80 { at += 1 }
    }
    return at
  }
}

/// Checks the nesting of a file before the parser sees it, because the parser recurses once for each level.
private enum TOMLNesting {
  /// The offset where keys and brackets first exceed the maximum depth; nil if they never do.
  static func excess(in source: [UInt8], limit: Int) -> Int? {
    var at = 0
    // The depth outside each open bracket; `depth` is that inside the innermost one, and `parts` the dots in the
    // current key.
    var above: [Int] = []
    var depth = 0
    var parts = 0
    while at < source.count {
      let byte = source[at]
      switch byte {
      case UInt8(ascii: "#"): while at + 1 < source.count, source[at + 1] != UInt8(ascii: "\n") { at += 1 }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): at = endOfString(in: source, from: at) - 1
      case UInt8(ascii: "."): parts += 1
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        above.append(depth)
        depth += parts + 1
        parts = 0
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth = above.popLast() ?? 0
        parts = 0
      case UInt8(ascii: "\n"):
        // Neither a header nor a key continues on the next line.
        parts = 0
      case UInt8(ascii: ","): parts = 0
      default: break
      }
      if depth + parts > limit { return at }
      at += 1
    }
    return nil
  }

  private static func endOfString(in source: [UInt8], from start: Int) -> Int {
    let quote = source[start]
    let isLong = source[start...].starts(with: [quote, quote, quote])
    var at = start + (isLong ? 3 : 1)
    while at < source.count {
      if source[at] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        at += 2
      } else if source[at] == quote, !isLong || source[at...].starts(with: [quote, quote, quote]) {
        at += isLong ? 3 : 1
        // Up to two quotes may precede the closing ones.
        while isLong, at < source.count, source[at] == quote { at += 1 }
        return at
      } else if source[at] == UInt8(ascii: "\n"), !isLong {
        return at
      } else {
        at += 1
      }
    }
    return source.count
  }
}
