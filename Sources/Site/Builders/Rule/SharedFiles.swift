import RuleModel

/// The files of many rules that are too large to be shown in full with each: n rules of one file would be n times the file. A rule of
/// such a file shows its own document, and the file itself is with the first of its rules.
struct SharedFiles: Sendable {
  /// How many bytes the pages of a file's rules may hold of it together: what a file of some hundred rules comes to.
  private static let limit = 1 << 20

  private struct File {
    /// The first of its rules.
    var first: RuleID
    /// Where its parts begin, by line and by byte: the file, and each marker of a document.
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

  /// Where lines begin with `---`, which no document has within it.
  private static func starts(in body: [UInt8]) -> [(line: Int, byte: Int)] {
    var starts = [(line: 1, byte: 0)]
    var line = 1
    for (byte, value) in body.enumerated() where value == UInt8(ascii: "\n") {
      line += 1
      if body[(byte + 1)...].starts(with: "---".utf8) { starts.append((line, byte + 1)) }
    }
    return starts
  }

  /// The rule with which its file is: itself, mostly.
  func owner(of index: RuleID, in rules: RuleColumn<Rule>) -> RuleID { files[rules[index].source.path]?.first ?? index }

  /// What is shown of a rule's file, and the number of its first line.
  func text(of rule: Rule) -> (bytes: ArraySlice<UInt8>, line: Int, isWhole: Bool) {
    let body = rule.source.body
    guard let starts = files[rule.source.path]?.starts else { return (body[...], 1, true) }
    let after = starts.partitioningIndex { $0.line > Int(rule.source.position.line) }
    let end = after < starts.count ? starts[after].byte : body.count
    return (body[starts[after - 1].byte..<end], starts[after - 1].line, false)
  }
}

extension Array {
  /// The first index whose element is in the second part, where all of that come last.
  fileprivate func partitioningIndex(where isSecond: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
