import Text

/// A small catalog that shows what a check finds, or where it finds nothing: its documentation, and its test.
package struct CheckExample: Sendable {
  /// A file of rules, and how many rules like it there are.
  package struct File: Sendable {
    package let name: String
    package let text: String
    /// More than one stands for files that differ only in their names, titles and ids.
    package let copies: Int

    /// What it is to the rule that the check is tried on, if it is another one: `Beside it, 99 rules like this one`.
    package var label: String { copies == 1 ? "Beside it" : "Beside it, \(counted(copies, "rule")) like this one" }
  }

  /// What it shows, without a full stop: `A typo`.
  package let title: String
  /// The rule that the check is tried on, then others of its catalog.
  package let files: [File]
  /// What the check finds in the first file: `8:9: the message`; empty if nothing.
  package let findings: [String]

  /// `Found: A typo`; of an example of what is fine, `Fine: The exact name`.
  package var heading: String { "\(findings.isEmpty ? "Fine" : "Found"): \(title)" }

  /// - Parameters:
  ///   - findings: what the check finds in the rule; none for an example of what is fine.
  ///   - others: further rules of the catalog, each with how many there are of it.
  init(
    _ title: String, finds findings: String..., in text: String,
    beside others: [(copies: Int, text: String)] = []
  ) {
    self.title = title
    self.findings = findings
    files =
      [File(name: "example.yml", text: text + "\n", copies: 1)]
      + others.enumerated().map { File(name: "other-\($0 + 1).yml", text: $1.text + "\n", copies: $1.copies) }
  }
}

/// A Sigma rule for an example: what is the same in all of them, and the parts that matter.
///
/// - Parameters:
///   - head: lines before the log source.
///   - detection: the lines below `detection`.
func exampleRule(
  title: String = "Example", head: String = "", logSource: String = "{product: windows, category: process_creation}",
  detection: String
) -> String {
  let lines = detection.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
  return """
    title: \(title)
    \(head.isEmpty ? "" : head + "\n")logsource: \(logSource)
    detection:
    \(lines.joined(separator: "\n"))
    """
}
