package import Diagnostics

/// A replacement in a repaired text, which may take more bytes than the original in the file.
package struct Replacement: Hashable, Sendable {
  /// The offset of its first byte in the repaired text.
  var start: Int
  /// How many more bytes the text has than the file, from the start up to and including this replacement.
  var surplus: Int
}

/// The lines of a text, each ending with LF. Columns are those of the file, even if bytes were replaced.
package struct TextLines: Sendable {
  private let starts: [UInt32]
  private let replaced: [Replacement]

  package init(of text: RepairedText) { self.init(of: text.bytes, replaced: text.replaced) }

  /// - Parameter replaced: ascending.
  init(of source: [UInt8], replaced: [Replacement] = []) {
    var starts: [UInt32] = [0]
    source.withUnsafeBufferPointer { bytes in
      for at in bytes.indices where bytes[at] == UInt8(ascii: "\n") { starts.append(UInt32(at + 1)) }
    }
    self.starts = starts
    self.replaced = replaced
  }

  package func position(ofOffset offset: Int) -> SourcePosition {
    let line = starts.partitioningIndex { Int($0) > offset } - 1
    let start = Int(starts[line])
    let surplus = replaced.isEmpty ? 0 : self.surplus(before: offset) - self.surplus(before: start)
    return SourcePosition(line: line + 1, column: offset - start - surplus + 1)
  }

  private func surplus(before offset: Int) -> Int {
    let next = replaced.partitioningIndex { $0.start >= offset }
    guard next > 0 else { return 0 }
    let earlier = next > 1 ? replaced[next - 2].surplus : 0
    // A byte within a replacement has the position of the byte that was replaced.
    return min(replaced[next - 1].surplus, earlier + offset - replaced[next - 1].start)
  }
}

extension Array {
  /// The index of the first element that satisfies a condition, which must hold for all elements after it and for none
  /// before it; the end if there is none.
  func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
