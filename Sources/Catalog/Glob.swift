/// A pattern of paths, as in a `.gitignore` file: `*` and `?` stay within a part, `**` crosses parts, `[a-z]` is a set.
///
/// A pattern without a slash matches a name at any depth; a folder that is matched takes all below it along.
package struct Glob: Hashable, Sendable {
  package let pattern: String
  private let parts: [[UInt8]]

  package init(_ pattern: String) {
    self.pattern = pattern
    var parts = pattern.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    let isAnchored = pattern.utf8.dropLast().contains(UInt8(ascii: "/"))
    if !isAnchored { parts.insert(Array("**".utf8), at: 0) }
    self.parts = parts
  }

  /// - Parameter path: relative, with `/`.
  package func matches(_ path: String) -> Bool {
    let names = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    // A folder on the way is enough.
    return (1...max(1, names.count)).contains { matches(names.prefix($0)[...], parts[...]) }
  }

  private func matches(_ names: ArraySlice<[UInt8]>, _ parts: ArraySlice<[UInt8]>) -> Bool {
    guard let part = parts.first else { return names.isEmpty }
    if part == Array("**".utf8) {
      if parts.count == 1 { return !names.isEmpty }
      return (0...names.count).contains { matches(names.dropFirst($0), parts.dropFirst()) }
    }
    guard let name = names.first else { return false }
    return matchesName(name[...], part[...]) && matches(names.dropFirst(), parts.dropFirst())
  }

  /// Backtracks to the last star only, so that the time is bounded by the product of the lengths.
  private func matchesName(_ name: ArraySlice<UInt8>, _ part: ArraySlice<UInt8>) -> Bool {
    var (at, place) = (name.startIndex, part.startIndex)
    var retry: (at: Int, place: Int)?
    while at < name.endIndex {
      if place < part.endIndex, part[place] == UInt8(ascii: "*") {
        place += 1
        retry = (at, place)
      } else if let next = step(name[at], part, place) {
        at += 1
        place = next
      } else if let (lastAt, lastPlace) = retry {
        retry = (lastAt + 1, lastPlace)
        (at, place) = (lastAt + 1, lastPlace)
      } else {
        return false
      }
    }
    return part[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Where the pattern goes on when one byte of the name fits here; nil where it doesn't.
  private func step(_ byte: UInt8, _ part: ArraySlice<UInt8>, _ place: Int) -> Int? {
    guard place < part.endIndex else { return nil }
    switch part[place] {
    case UInt8(ascii: "?"): return place + 1
    case UInt8(ascii: "["):
      guard let close = part[(place + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else { fallthrough }
      return inSet(byte, part[(place + 1)..<close]) ? close + 1 : nil
    default: return part[place] == byte ? place + 1 : nil
    }
  }

  private func inSet(_ byte: UInt8, _ set: ArraySlice<UInt8>) -> Bool {
    let isNegated = set.first == UInt8(ascii: "!")
    var rest = isNegated ? set.dropFirst() : set
    var found = false
    while let low = rest.popFirst() {
      if rest.first == UInt8(ascii: "-"), let high = rest.dropFirst().first {
        found = found || (low <= high && (low...high).contains(byte))
        rest = rest.dropFirst(2)
      } else {
        found = found || low == byte
      }
    }
    return found != isNegated
  }
}
