/// A path pattern, as in a `.gitignore` file: `*` and `?` match within a path component, `**` matches across
/// components, `[a-z]` is a set.
///
/// A pattern without a slash matches a name at any depth; a match on a folder includes everything below it.
package struct Glob: Hashable, Sendable {
  private enum Part: Hashable {
    case doubleStar
    case name([Token])
  }

  private enum Token: Hashable {
    case star
    /// Any byte.
    case one
    case byte(UInt8)
    case set([ClosedRange<UInt8>], isNegated: Bool)
  }

  package let pattern: String
  private let parts: [Part]

  package init(_ pattern: String) {
    self.pattern = pattern
    var parts = pattern.utf8.split(separator: UInt8(ascii: "/")).map { part in
      part.elementsEqual("**".utf8) ? Part.doubleStar : .name(Glob.tokens(of: Array(part)[...]))
    }
    let isAnchored = pattern.utf8.dropLast().contains(UInt8(ascii: "/"))
    if !isAnchored { parts.insert(.doubleStar, at: 0) }
    self.parts = parts
  }

  private static func tokens(of part: ArraySlice<UInt8>) -> [Token] {
    var (tokens, rest): ([Token], ArraySlice<UInt8>) = ([], part)
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"): tokens.append(.star)
      case UInt8(ascii: "?"): tokens.append(.one)
      case UInt8(ascii: "["):
        guard let close = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")) else { fallthrough }
        tokens.append(set(of: rest[..<close]))
        rest = rest[(close + 1)...]
      default: tokens.append(.byte(byte))
      }
    }
    return tokens
  }

  private static func set(of text: ArraySlice<UInt8>) -> Token {
    let isNegated = text.first == UInt8(ascii: "!")
    var rest = isNegated ? text.dropFirst() : text
    var ranges: [ClosedRange<UInt8>] = []
    while let low = rest.popFirst() {
      if rest.first == UInt8(ascii: "-"), let high = rest.dropFirst().first {
        if low <= high { ranges.append(low...high) }
        rest = rest.dropFirst(2)
      } else {
        ranges.append(low...low)
      }
    }
    return .set(ranges, isNegated: isNegated)
  }

  /// - Parameter path: relative, with `/`.
  package func matches(_ path: String) -> Bool {
    // The parts of the pattern that may come next: all alternatives are followed at once, so each part is compared with
    // a name only once.
    var next: Set<Int> = [0]
    for name in path.utf8.split(separator: UInt8(ascii: "/")) {
      let name = Array(name)
      var after: Set<Int> = []
      for place in reachable(from: next) {
        switch parts[place] {
        case .doubleStar:
          after.insert(place)
          // At the end it must match a name; elsewhere it can match none.
          if place == parts.count - 1 { after.insert(parts.count) }
        case .name(let tokens):
          if Glob.matches(name, tokens) { after.insert(place + 1) }
        }
      }
      // Matching a parent folder is enough.
      if after.contains(parts.count) { return true }
      next = after
    }
    return false
  }

  /// These positions, plus those after each `**` among them.
  private func reachable(from places: Set<Int>) -> Set<Int> {
    var all = places
    for place in places {
      var place = place
      while place < parts.count - 1, parts[place] == .doubleStar, all.insert(place + 1).inserted { place += 1 }
    }
    return all.filter { $0 < parts.count }
  }

  private static func matches(_ name: [UInt8], _ tokens: [Token]) -> Bool {
    matchesStars(
      pattern: tokens.count, text: name.count, isStar: { tokens[$0] == .star },
      taken: { place, at in
        switch tokens[place] {
        case .star: 0
        case .one: 1
        case .byte(let byte): byte == name[at] ? 1 : 0
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(name[at]) } != isNegated ? 1 : 0
        }
      })
  }
}
