/// An error that libyaml found, and what the author most likely did to cause it.
struct YAMLFault {
  typealias Advice = (offset: Int, message: String)

  /// libyaml's message.
  let problem: String
  let context: String?
  /// Where libyaml noticed the error.
  let offset: Int
  /// Where the construct that it was parsing starts.
  let contextOffset: Int?
  let source: [UInt8]

  /// What to do about it, and where; nil if libyaml's message has to suffice.
  var advice: Advice? {
    if byte(at: offset) == UInt8(ascii: "\t") {
      return (offset, "a tab can't indent or start a value; use spaces")
    }
    switch context ?? "" {
    case "while scanning an alias": return mark("an alias")
    case "while scanning an anchor": return mark("an anchor")
    case "while scanning a tag", "while parsing a tag", "while parsing a node":
      return problem.contains("tag") || isTag ? mark("a tag") : nil
    case "while scanning a directive":
      return (
        contextOffset ?? offset, "'%' at the start of a line is a directive in YAML; put the value in single quotes"
      )
    case "while parsing a quoted scalar" where problem.contains("escape") || problem.contains("hex"):
      return (
        // libyaml is past `\x`, `\u` and `\U` when it notices that digits are missing.
        byte(at: offset) == UInt8(ascii: "\\") ? offset : max(0, offset - 2),
        "a backslash in double quotes starts an escape, and this one isn't valid; put the value in single quotes, where a backslash is only itself"
      )
    case "while scanning a block scalar":
      guard let start = contextOffset, let first = byte(at: start) else { return nil }
      return (
        start,
        "'\(Unicode.Scalar(first))' at the start of a value says that a text follows on the lines below; put the value in single quotes"
      )
    case "while scanning a quoted scalar":
      return (
        contextOffset ?? offset, "the quote that starts here isn't closed; write the same quote at the end of the value"
      )
    default: break
    }
    switch problem {
    case "block sequence entries are not allowed in this context":
      return (
        offset,
        "'-' and a space start an entry of a list, which belongs on a line of its own; put the value in single quotes if it is text"
      )
    case "mapping keys are not allowed in this context":
      return (offset, "'?' and a space start a key in YAML; put the value in single quotes")
    case "found character that cannot start any token":
      guard let character = byte(at: offset), "@`%".utf8.contains(character) else { return nil }
      return (offset, "'\(Unicode.Scalar(character))' can't start a value; put the value in single quotes")
    case "mapping values are not allowed in this context":
      return (
        offset,
        "a colon and a space can't be inside a value; put the value in single quotes, or correct the indentation if a new key starts here"
      )
    default: return adviceOnEnd ?? adviceOnStructure
    }
  }

  /// Advice if a line doesn't fit the structure of the lines around it.
  private var adviceOnStructure: Advice? {
    let since = contextOffset.map { " that starts in line \(line(of: $0))" } ?? ""
    switch problem {
    case "could not find expected ':'":
      return (
        contextOffset ?? offset,
        "this line has no colon and isn't part of a value; add ': ' and a value, or indent it like the text that it belongs to"
      )
    case "did not find expected key":
      return (
        offset,
        "this isn't a key of the map\(since); correct the indentation, or put the value before it in single quotes"
      )
    case "did not find expected '-' indicator":
      return (offset, "this isn't an entry of the list\(since); write '- ' before it, or correct the indentation")
    case "did not find expected ',' or ']'":
      return (offset, "the list\(since) isn't closed here; write ',' or ']', or put a text in single quotes")
    case "did not find expected ',' or '}'":
      return (offset, "the map\(since) isn't closed here; write ',' or '}', or put a text in single quotes")
    case "did not find expected node content":
      guard let found = byte(at: offset), ",]}".utf8.contains(found) else {
        return (offset, "a value is missing here; write one, and close lists with ']' and maps with '}'")
      }
      return (
        offset,
        "'\(Unicode.Scalar(found))' can't start a value; write the value before it, or put a text in single quotes"
      )
    case "did not find expected <document start>":
      return (
        offset,
        "the document ends before this line; correct the indentation, or start another document with '---' alone"
      )
    case "found incompatible YAML document": return (offset, "YAML has no such version; remove the line")
    case "found duplicate %YAML directive", "found duplicate %TAG directive":
      return (offset, "the line says again what one before it does; remove it")
    default: return nil
    }
  }

  private func line(of offset: Int) -> Int {
    source[..<min(offset, source.count)].count { $0 == UInt8(ascii: "\n") } + 1
  }

  private var isTag: Bool { contextOffset.flatMap(byte) == UInt8(ascii: "!") }

  private func mark(_ kind: String) -> Advice? {
    guard let start = contextOffset, let first = byte(at: start) else { return nil }
    return (start, "'\(Unicode.Scalar(first))' starts \(kind) in YAML; put the value in single quotes")
  }

  /// Advice if YAML takes a value to end before the error, on the same line: `'it's'`, `{a}b`.
  private var adviceOnEnd: Advice? {
    guard let last = source[..<min(offset, source.count)].last(where: { $0 != UInt8(ascii: " ") }) else { return nil }
    let isInFlow = context?.contains("flow") == true
    // In a list or map in brackets, a missing comma before a quote is more likely.
    if isInFlow, let next = byte(at: offset), "'\"".utf8.contains(next) { return nil }
    switch last {
    case UInt8(ascii: "'"):
      return (
        offset, "the value ends at the quote before this; write a quote inside single quotes twice, as in 'it''s'"
      )
    case UInt8(ascii: "\""): return (offset, "the value ends at the quote before this; put the value in single quotes")
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      guard !isInFlow else { return nil }
      let (first, kind) = last == UInt8(ascii: "}") ? ("{", "map") : ("[", "list")
      return (
        offset,
        "'\(first)' at the start of a value starts a \(kind), which ends before this; put the value in single quotes if it is text"
      )
    default: return nil
    }
  }

  private func byte(at offset: Int) -> UInt8? { offset < source.count ? source[offset] : nil }
}
