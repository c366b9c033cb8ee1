import Diagnostics
import RuleModel
import Text

/// Files of several rules whose rules show only their own part: n rules in one file would repeat the file n times. If
/// the file is large, only the first of the rules has the file itself.
///
/// In YAML, the documents of a file may build on each other, so a file that isn't large is shown in full.
struct SharedFiles: Sendable {
  /// The maximum number of bytes that a file and its copies beside the pages of its rules may have in total: about as
  /// much as a file of some hundred rules.
  private static let limit = 1 << 20

  private struct File {
    /// The rule that has the file, the first of it; nil if each has it.
    var owner: RuleID?
    /// By the number of the rule's document.
    var parts: [Int: Part]
  }

  private struct Part {
    /// The number of its first line.
    var line: Int
    var bytes: Range<Int>
  }

  private var files: [String: File] = [:]

  init(of rules: RuleColumn<Rule>) {
    let shared = Dictionary(grouping: rules.indices.filter { SharedFiles.isShared(rules[$0].source) }) {
      rules[$0].source.path
    }
    for (path, members) in shared {
      let sources = members.map { rules[$0].source }
      let lines = LineStarts(of: sources[0].body)
      let starts = sources[0].isYAML ? lines.documents : sources.map { lines.start(ofPartAt: $0.position) }.sorted()
      var parts: [Int: Part] = [:]
      for source in sources {
        let own = source.isYAML ? lines.start(ofLineAt: source.position) : lines.start(ofPartAt: source.position)
        let next = starts.partitioningIndex { $0 > own }
        // What is before the first document belongs to it.
        let start = source.isYAML ? starts[max(0, next - 1)] : own
        let end = next < starts.count ? starts[next].byte : source.body.count
        parts[source.document] = Part(line: start.line, bytes: start.byte..<end)
      }
      files[path] = File(owner: SharedFiles.isLarge(sources[0]) ? members[0] : nil, parts: parts)
    }
  }

  private static func isShared(_ source: RuleSource) -> Bool {
    source.documents > 1 && (!source.isYAML || isLarge(source))
  }

  private static func isLarge(_ source: RuleSource) -> Bool {
    source.documents.multipliedReportingOverflow(by: source.body.count).partialValue > limit
  }

  /// The rule that has the file: usually the rule itself.
  func owner(of index: RuleID, in rules: RuleColumn<Rule>) -> RuleID { files[rules[index].source.path]?.owner ?? index }

  /// The part of a rule's file that is shown, and the number of its first line.
  func text(of rule: Rule) -> (bytes: ArraySlice<UInt8>, line: Int, isWhole: Bool) {
    let body = rule.source.body
    guard let part = files[rule.source.path]?.parts[rule.source.document] else { return (body[...], 1, true) }
    return (body[part.bytes], part.line, false)
  }
}

extension RuleSource {
  fileprivate var isYAML: Bool { hasExtension(path, ["yml", "yaml"]) }
}

/// Where the parts of a file begin.
private struct LineStarts {
  struct Start: Comparable {
    var line: Int
    var byte: Int

    static func < (left: Start, right: Start) -> Bool { left.byte < right.byte }
  }

  private let body: [UInt8]
  /// The offset of each line.
  private var offsets = [0]

  init(of body: [UInt8]) {
    self.body = body
    for (byte, value) in body.enumerated() where value == UInt8(ascii: "\n") { offsets.append(byte + 1) }
  }

  /// The start of a YAML file, and the lines that begin with `---`, which no document contains.
  var documents: [Start] {
    offsets.enumerated().compactMap { index, offset in
      index == 0 || body[offset...].starts(with: "---".utf8) ? Start(line: index + 1, byte: offset) : nil
    }
  }

  func start(ofLineAt position: SourcePosition) -> Start {
    let line = min(max(1, Int(position.line)), offsets.count)
    return Start(line: line, byte: offsets[line - 1])
  }

  /// Where a rule begins, with the comments above it; at its column where something else is before it on its line.
  func start(ofPartAt position: SourcePosition) -> Start {
    var start = start(ofLineAt: position)
    let before = body[start.byte..<min(start.byte + max(0, Int(position.column) - 1), body.count)]
    guard before.allSatisfy({ $0 <= UInt8(ascii: " ") }) else { return Start(line: start.line, byte: before.endIndex) }
    while start.line > 1 {
      let line = body[offsets[start.line - 2]..<start.byte]
      if let above = startOfBlock(endingAt: start.line - 1, line) {
        start = above
      } else if isComment(line) {
        start = Start(line: start.line - 1, byte: offsets[start.line - 2])
      } else {
        break
      }
    }
    return start
  }

  /// Where a comment of several lines begins whose last line this is, if nothing is before it on its first line: `/*`,
  /// text, `*/`.
  private func startOfBlock(endingAt line: Int, _ text: ArraySlice<UInt8>) -> Start? {
    guard text.trimmed.suffix(2).elementsEqual("*/".utf8) else { return nil }
    for above in stride(from: line, through: max(1, line - LineStarts.longestComment), by: -1) {
      let end = above < offsets.count ? offsets[above] : body.count
      let text = body[offsets[above - 1]..<end].trimmed
      if text.starts(with: "/*".utf8) { return Start(line: above, byte: offsets[above - 1]) }
      // The end of an earlier comment, or code before one.
      let isLast = above == line
      let inner = isLast ? text.dropLast(2) : text
      if inner.contains("*/".utf8) || inner.contains("/*".utf8) { return nil }
    }
    return nil
  }

  /// How many lines of a comment are looked at.
  private static let longestComment = 1_000

  /// Whether a line is empty or a comment in one of the languages of rules.
  private func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.drop { $0 <= UInt8(ascii: " ") }
    return text.isEmpty || ["#", "//", "/*", "*"].contains { text.starts(with: $0.utf8) }
  }
}

extension ArraySlice<UInt8> {
  /// Without white space at its ends.
  fileprivate var trimmed: ArraySlice<UInt8> {
    var rest = drop { $0 <= UInt8(ascii: " ") }
    while let last = rest.last, last <= UInt8(ascii: " ") { rest.removeLast() }
    return rest
  }

  fileprivate func contains(_ pair: String.UTF8View) -> Bool {
    zip(self, dropFirst()).contains { [$0, $1].elementsEqual(pair) }
  }
}

extension Array {
  /// The first index of the second part, if all elements of the second part come last.
  fileprivate func partitioningIndex(where isSecond: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
