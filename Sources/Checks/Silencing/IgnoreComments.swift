import Analysis
package import Diagnostics
import RuleModel
import Text

extension CheckID {
  package static let ignoreComment = CheckID(
    "ignore-comment", .warning,
    "The comment that silences a finding gives no reason, names no check that there is, or silences nothing. Write `# ruledex: ignore ID — REASON`, or remove it."
  )
}

/// Applies the comments in rules that silence findings on them.
///
/// A comment is for the rule that it is in; one above a rule, with nothing but comments between them, is for that rule.
struct IgnoreComments: Sendable {
  private let index: CatalogIndex
  private let settings: CheckSettings
  private let duplicate: @Sendable (RuleID) -> Diagnostic?
  /// The rules of each file, in file order; needed only for files with comments and several rules.
  private let rulesOfFile: OnDemand<[ObjectIdentifier: [RuleID]]>

  /// - Parameter duplicate: the finding that a rule duplicates another, which takes long to find.
  init(
    in index: CatalogIndex, settings: CheckSettings, duplicate: @escaping @Sendable (RuleID) -> Diagnostic?
  ) {
    (self.index, self.settings, self.duplicate) = (index, settings, duplicate)
    rulesOfFile = OnDemand {
      Dictionary(grouping: index.rules.indices) { ObjectIdentifier(index.rules[$0].source.file) }
        .mapValues { $0.sorted { index.rules[$0].source.position < index.rules[$1].source.position } }
    }
  }

  /// The findings that no comment of the rule silences, and what is wrong with its comments.
  func applied(to findings: [Diagnostic], of rule: RuleID) -> [Diagnostic] {
    let comments = comments(of: rule)
    if comments.isEmpty { return findings }
    let file = index.rules[rule].source.file
    var silent: Set<CheckID> = []
    var faults: [Diagnostic] = []
    func report(_ span: SourceSpan, _ message: String) {
      let fault = Diagnostic(.ignoreComment, at: SourceLocation(file, at: span), message)
      if let fault = settings.applied(to: fault) { faults.append(fault) }
    }
    for comment in comments {
      guard comment.isKnown, !comment.names.isEmpty else {
        report(
          SourceSpan(comment.position),
          comment.isKnown
            ? "the comment names no check; write 'ruledex: ignore ID — REASON'"
            : "the comment is unknown; write 'ruledex: ignore ID — REASON'")
        continue
      }
      if !comment.hasReason {
        report(SourceSpan(comment.position), "the comment gives no reason; write it after a dash")
      }
      for name in comment.names {
        if name.text == CheckID.ignoreComment.name {
          report(name.span, "a comment can't silence what is found in comments; correct them, or turn the check off")
          continue
        }
        guard let check = CheckID(named: name.text) else {
          let near = nearestName(to: name.text, in: allChecks.map(\.name)).map { "did you mean '\($0)'?" }
          report(
            name.span, "no check is called '\(shortened(name.text))'; \(near ?? "see 'ruledex lint --explain all'")")
          continue
        }
        let isUsed = findings.contains { $0.id == check } || check == .ruleDuplicate && duplicate(rule) != nil
        if !isUsed, settings.isOn(check) {
          report(name.span, "the rule has no finding of '\(check.name)', so the comment silences nothing; remove it")
        }
        silent.insert(check)
      }
    }
    return findings.filter { !silent.contains($0.id) } + faults
  }

  /// Whether a comment of the rule silences a check.
  func ignore(_ check: CheckID, in rule: RuleID) -> Bool {
    comments(of: rule).contains { $0.names.contains { $0.text == check.name } }
  }

  private func comments(of rule: RuleID) -> [IgnoreComment] {
    let source = index.rules[rule].source
    let comments = IgnoreComment.comments(in: source.body, markers: commentMarkers(of: source.fileName))
    guard !comments.isEmpty, let others = rulesOfFile.value[ObjectIdentifier(source.file)], others.count > 1 else {
      return comments
    }
    return comments.filter { owner(of: $0, among: others) == rule }
  }

  /// - Parameter rules: those of the comment's file, in file order.
  private func owner(of comment: IgnoreComment, among rules: [RuleID]) -> RuleID? {
    let starts = rules.map { Int(index.rules[$0].source.position.line) }
    let line = Int(comment.position.line)
    guard let next = starts.firstIndex(where: { $0 > line }) else { return rules.last }
    let file = index.rules[rules[next]].source.file
    let markers = commentMarkers(of: file.name)
    let isRightBefore = (line..<starts[next]).allSatisfy { number in
      guard let text = file.line(number)?.drop(while: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) else {
        return false
      }
      return text.allSatisfy { $0 <= UInt8(ascii: " ") } || markers.contains { text.starts(with: $0.utf8) }
    }
    return isRightBefore || next == 0 ? rules[next] : rules[next - 1]
  }
}

/// What begins a comment in a file; none for a format without comments.
private func commentMarkers(of file: String) -> [String] {
  switch pathExtension(of: file) {
  case "json", "ndjson": []
  case "yml", "yaml", "toml", "conf", "py": ["#"]
  default: ["//", "#"]
  }
}
