/// Reads the XPath of a Select or Suppress.
///
/// Capital `AND` and `OR` are read as what they are meant to be, and reported: XPath has lower-case ones only. So are functions that the event
/// log doesn't have.
struct EventQueryParser {
  private let source: [UInt8]
  private var at = 0
  private var depth = 0
  /// Operators in capitals, by offset.
  private(set) var capitals: [Int] = []
  /// What can be read and isn't understood.
  private(set) var faults: [EventQueryError] = []

  init(_ text: String) { source = Array(text.utf8) }

  mutating func parse() throws(EventQueryError) -> EventQuery {
    let query = try expression()
    skipSpace()
    guard at == source.count else {
      let advice = peek == UInt8(ascii: "|") ? "write a Select for each part" : "write operators in lower case"
      throw error("'\(rest)' can't be read; \(advice)")
    }
    return query
  }

  private mutating func expression() throws(EventQueryError) -> EventQuery {
    depth += 1
    defer { depth -= 1 }
    // No query of sense is nested deeper; each level is a few frames of the stack.
    guard depth <= 64 else { throw error("the query is nested more than 64 deep") }
    var parts = [try conjunction()]
    while takes(word: "or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(EventQueryError) -> EventQuery {
    var parts = [try comparison()]
    while takes(word: "and") { parts.append(try comparison()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func comparison() throws(EventQueryError) -> EventQuery {
    let left = try operand()
    skipSpace()
    for comparison in [EventQuery.Comparison.unequal, .atMost, .atLeast, .equal, .less, .greater] {
      guard takes(comparison.rawValue) else { continue }
      return .compare(left, comparison, try operand())
    }
    return left
  }

  private mutating func operand() throws(EventQueryError) -> EventQuery {
    skipSpace()
    guard let byte = peek else { throw error("the query ends where a value is expected") }
    switch byte {
    case UInt8(ascii: "("):
      at += 1
      let inner = try expression()
      try expect(")")
      return inner
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      guard let end = source[(at + 1)...].firstIndex(of: byte) else { throw error("the text has no closing quote") }
      defer { at = end + 1 }
      return .text(String(decoding: source[(at + 1)..<end], as: UTF8.self))
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      let start = at
      at += 1
      while let next = peek, isNamePart(next) { at += 1 }
      return .number(String(decoding: source[start..<at], as: UTF8.self))
    default: return try pathOrFunction()
    }
  }

  private mutating func pathOrFunction() throws(EventQueryError) -> EventQuery {
    var steps: [EventQuery.Step] = []
    if peek == UInt8(ascii: "/") { throw error("the path starts with '/'; write it from the event: *[System[…]]") }
    repeat {
      skipSpace()
      let start = at
      let name = try stepName()
      skipSpace()
      if steps.isEmpty, peek == UInt8(ascii: "("), name != "*" { return try function(name, at: start) }
      if name == "text", takes("(") {
        // An element's text is what the element is compared by.
        try expect(")")
        steps.append(EventQuery.Step(name: ".", predicates: [], offset: start))
        break
      }
      var step = EventQuery.Step(name: name, predicates: [], offset: start)
      while takes("[") {
        step.predicates.append(try expression())
        try expect("]")
      }
      steps.append(step)
    } while takes("/")
    return .path(steps)
  }

  private mutating func stepName() throws(EventQueryError) -> String {
    skipSpace()
    // MS-EVEN6 has these two axes, which are hardly ever written out.
    _ = takes("child::")
    let isAttribute = takes("attribute::")
    let start = at
    if peek == UInt8(ascii: "@") { at += 1 }
    if peek == UInt8(ascii: "*") || peek == UInt8(ascii: ".") {
      at += 1
    } else {
      while let next = peek, isNamePart(next) { at += 1 }
    }
    guard at > start else { throw error("'\(rest)' can't be read; write a name, a value or '('") }
    let name = String(decoding: source[start..<at], as: UTF8.self)
    if let axis = name.firstRange(of: "::") {
      throw error(
        "the event log has no axis '\(name[..<axis.lowerBound].description.shortened)'; it has child and attribute",
        at: start)
    }
    return isAttribute ? "@" + name : name
  }

  private mutating func function(_ name: String, at start: Int) throws(EventQueryError) -> EventQuery {
    at += 1
    var arguments: [EventQuery] = []
    if !takes(")") {
      repeat { arguments.append(try expression()) } while takes(",")
      try expect(")")
    }
    let known = ["band", "timediff", "position"]
    if known.contains(name.lowercased()) { return .function(name.lowercased(), arguments) }
    let advice =
      name.lowercased() == "not" ? "compare with '!=', or write a Suppress" : "it has band, timediff and position"
    faults.append(error("the event log has no function '\(name.shortened)'; \(advice)", at: start))
    return .unclear(String(decoding: source[start..<at], as: UTF8.self).inOneLine)
  }

  // MARK: Bytes

  private var peek: UInt8? { at < source.count ? source[at] : nil }

  private func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: ":"), 0x80...:
      true
    default: false
    }
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { at += 1 }
  }

  private mutating func takes(_ text: String) -> Bool {
    skipSpace()
    guard source[at...].starts(with: text.utf8) else { return false }
    at += text.utf8.count
    return true
  }

  private mutating func takes(word: String) -> Bool {
    skipSpace()
    let end = at + word.utf8.count
    guard end <= source.count, end == source.count || !isNamePart(source[end]) else { return false }
    let found = source[at..<end]
    let isSmall = found.elementsEqual(word.utf8)
    guard isSmall || found.elementsEqual(word.uppercased().utf8) else { return false }
    if !isSmall { capitals.append(at) }
    at = end
    return true
  }

  private mutating func expect(_ text: String) throws(EventQueryError) {
    guard takes(text) else {
      throw error(at == source.count ? "'\(text)' is missing at the end" : "'\(text)' is missing before '\(rest)'")
    }
  }

  /// What follows, as far as a reader needs it to find the place.
  private var rest: String { String(String(decoding: source[at...], as: UTF8.self).prefix(20)) }

  private func error(_ message: String, at offset: Int? = nil) -> EventQueryError {
    EventQueryError(offset: offset ?? at, message: message)
  }
}
