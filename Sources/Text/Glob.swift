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
    // The parts of the pattern that may come next: all ways are followed at once, so that a part is held against a name once.
    var next: Set<Int> = [0]
    for name in path.utf8.split(separator: UInt8(ascii: "/")) {
      let name = Array(name)
      var after: Set<Int> = []
      for place in reachable(from: next) {
        if isDoubleStar(place) {
          after.insert(place)
          // At the end it needs a name, anywhere else none.
          if place == parts.count - 1 { after.insert(parts.count) }
        } else if matchesName(name[...], parts[place][...]) {
          after.insert(place + 1)
        }
      }
      // A folder on the way is enough.
      if after.contains(parts.count) { return true }
      next = after
    }
    return false
  }

  /// These places, and those behind each `**` among them.
  private func reachable(from places: Set<Int>) -> Set<Int> {
    var all = places
    for place in places {
      var place = place
      while place < parts.count - 1, isDoubleStar(place), all.insert(place + 1).inserted { place += 1 }
    }
    return all.filter { $0 < parts.count }
  }

  private func isDoubleStar(_ place: Int) -> Bool { place < parts.count && parts[place].elementsEqual("**".utf8) }

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
