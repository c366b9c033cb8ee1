import RuleModel

/// Files with many rules that are too large to show in full for each: n rules in one file would repeat the file n
/// times. A rule in such a file shows its own document, and the first of the rules has the file itself.
struct SharedFiles: Sendable {
  /// The maximum number of bytes of a file that the pages of its rules may hold in total: about as much as a file of
  /// some hundred rules.
  private static let limit = 1 << 20

  private struct File {
    /// The first of its rules.
    var first: RuleID
    /// Where its parts begin, by line and by byte: at the start of the file, and at each document marker.
    var starts: [(line: Int, byte: Int)]
  }

  private var files: [String: File] = [:]

  init(of rules: RuleColumn<Rule>) {
    for index in rules.indices where SharedFiles.isShared(rules[index].source) {
      let path = rules[index].source.path
      if files[path] == nil {
        files[path] = File(first: index, starts: SharedFiles.starts(in: rules[index].source.body))
      }
    }
  }

  private static func isShared(_ source: RuleSource) -> Bool {
    source.documents > 1 && source.documents.multipliedReportingOverflow(by: source.body.count).partialValue > limit
  }

  /// The lines that begin with `---`, which no document contains.
  private static func starts(in body: [UInt8]) -> [(line: Int, byte: Int)] {
    var starts = [(line: 1, byte: 0)]
    var line = 1
    for (byte, value) in body.enumerated() where value == UInt8(ascii: "\n") {
      line += 1
      if body[(byte + 1)...].starts(with: "---".utf8) { starts.append((line, byte + 1)) }
    }
    return starts
  }

  /// The rule that has the file: usually the rule itself.
  func owner(of index: RuleID, in rules: RuleColumn<Rule>) -> RuleID { files[rules[index].source.path]?.first ?? index }

  /// The part of a rule's file that is shown, and the number of its first line.
  func text(of rule: Rule) -> (bytes: ArraySlice<UInt8>, line: Int, isWhole: Bool) {
    let body = rule.source.body
    guard let starts = files[rule.source.path]?.starts else { return (body[...], 1, true) }
    let after = starts.partitioningIndex { $0.line > Int(rule.source.position.line) }
    let end = after < starts.count ? starts[after].byte : body.count
    return (body[starts[after - 1].byte..<end], starts[after - 1].line, false)
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
