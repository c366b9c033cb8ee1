import Documents

/// The changes to a file in the format of `patch` and `git apply`, with three lines of context.
struct UnifiedDiff {
  private static let context = 3

  private let lines: [Range<Int>]
  private let source: [UInt8]
  /// The changed lines, by 0-based number, with their new content; empty if deleted.
  private let changed: [(number: Int, bytes: [UInt8])]
  private let path: String

  /// - Parameter edits: in file order, each either within one line, including its end, or of a whole line.
  init(of path: String, _ source: [UInt8], _ edits: [ByteEdit]) {
    self.path = path
    self.source = source
    var lines: [Range<Int>] = []
    var start = 0
    while start < source.count {
      let end = source[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? source.count
      lines.append(start..<end)
      start = end
    }
    self.lines = lines
    changed = lines.indices.compactMap { number in
      let line = lines[number]
      let own = edits.filter { $0.range.overlaps(line) }.map { edit in
        ByteEdit(
          range: edit.range.lowerBound - line.lowerBound..<edit.range.upperBound - line.lowerBound, bytes: edit.bytes)
      }
      return own.isEmpty ? nil : (number, applying(own, to: Array(source[line])))
    }
  }

  var bytes: [UInt8] {
    guard !changed.isEmpty else { return [] }
    var result = Array("--- \(name(under: "a"))\n+++ \(name(under: "b"))\n".utf8)
    var removed = 0
    for hunk in hunks {
      let first = max(0, hunk[0].number - UnifiedDiff.context)
      let last = min(lines.count, hunk[hunk.count - 1].number + UnifiedDiff.context + 1)
      let gone = hunk.count { $0.bytes.isEmpty }
      result += "@@ -\(first + 1),\(last - first) +\(first + 1 - removed),\(last - first - gone) @@\n".utf8
      removed += gone
      var added: [[UInt8]] = []
      var next = hunk[...]
      for number in first..<last {
        let old = Array(source[lines[number]])
        if let change = next.first, change.number == number {
          next.removeFirst()
          result += marked("-", old)
          if !change.bytes.isEmpty { added.append(change.bytes) }
        } else {
          for line in added { result += marked("+", line) }
          added = []
          result += marked(" ", old)
        }
      }
      for line in added { result += marked("+", line) }
    }
    return result
  }

  /// Changes whose context lines touch form one hunk.
  private var hunks: [[(number: Int, bytes: [UInt8])]] {
    var hunks: [[(number: Int, bytes: [UInt8])]] = []
    for change in changed {
      if let last = hunks.last?.last, change.number - last.number <= 2 * UnifiedDiff.context {
        hunks[hunks.count - 1].append(change)
      } else {
        hunks.append([change])
      }
    }
    return hunks
  }

  private func marked(_ mark: String, _ line: [UInt8]) -> [UInt8] {
    let end = line.last == UInt8(ascii: "\n") ? "" : "\n\\ No newline at end of file\n"
    return mark.utf8 + line + end.utf8
  }

  /// A name with special characters is quoted as Git does.
  private func name(under side: String) -> String {
    let name = "\(side)/\(path.utf8.first == UInt8(ascii: "/") ? String(path.dropFirst()) : path)"
    let isPlain = name.utf8.allSatisfy {
      $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    if isPlain { return name }
    var quoted = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\t": quoted += "\\t"
      case "\n": quoted += "\\n"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 8)
        quoted += "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return "\"\(quoted)\""
  }
}
