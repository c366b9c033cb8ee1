/// What libyaml found wrong, and what an author most likely did to bring it about.
struct YAMLFault {
  /// libyaml's words.
  let problem: String
  let context: String?
  /// Where it noticed.
  let offset: Int
  /// Where what it was reading began.
  let contextOffset: Int?
  let source: [UInt8]

  /// What to do about it, and where; nil where libyaml's words have to do.
  var advice: (offset: Int, message: String)? {
    if byte(at: offset) == UInt8(ascii: "\t") {
      return (offset, "a tab can't indent or start a value; use spaces")
    }
    switch context ?? "" {
    case "while scanning an alias": return mark("an alias")
    case "while scanning an anchor": return mark("an anchor")
    case "while scanning a tag", "while parsing a node": return problem.contains("tag") || isTag ? mark("a tag") : nil
    case "while scanning a directive":
      return (
        contextOffset ?? offset, "'%' at the start of a line is a directive in YAML; put the value in single quotes"
      )
    case "while parsing a quoted scalar" where problem.contains("escape") || problem.contains("hex"):
      return (
        // libyaml stands behind `\x`, `\u` and `\U` when it misses their digits.
        byte(at: offset) == UInt8(ascii: "\\") ? offset : max(0, offset - 2),
        "a backslash in double quotes starts an escape, and this one isn't valid; put the value in single quotes, where a backslash is only itself"
      )
    default: break
    }
    switch problem {
    case "found character that cannot start any token":
      guard let character = byte(at: offset), "@`%".utf8.contains(character) else { return nil }
      return (offset, "'\(Unicode.Scalar(character))' can't start a value; put the value in single quotes")
    case "mapping values are not allowed in this context":
      return (
        offset,
        "a colon and a space can't be inside a value; put the value in single quotes, or correct the indentation if a new key starts here"
      )
    default: return adviceOnEnd
    }
  }

  private var isTag: Bool { contextOffset.flatMap(byte) == UInt8(ascii: "!") }

  private func mark(_ kind: String) -> (offset: Int, message: String)? {
    guard let start = contextOffset, let first = byte(at: start) else { return nil }
    return (start, "'\(Unicode.Scalar(first))' starts \(kind) in YAML; put the value in single quotes")
  }

  /// What to do about a value that YAML takes to end before the fault, on its line: `'it's'`, `{a}b`.
  private var adviceOnEnd: (offset: Int, message: String)? {
    guard let last = source[..<min(offset, source.count)].last(where: { $0 != UInt8(ascii: " ") }) else { return nil }
    let isInFlow = context?.contains("flow") == true
    // In a list or map in brackets, rather a comma is missing before a quote.
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
