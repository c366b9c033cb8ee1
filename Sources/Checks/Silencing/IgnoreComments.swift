import Analysis
package import Diagnostics
import RuleModel
import Text

extension CheckID {
  package static let ignoreComment = CheckID(
    "ignore-comment", .warning,
    "The comment that silences a finding gives no reason, names an unknown check, or silences nothing. Write `# ruledex: ignore ID — REASON`, or remove it."
  )
}

/// Applies the comments in rules that silence findings on them.
///
/// A comment is for the rule that it is in; one above a rule, with nothing but comments between them, is for that rule.
struct IgnoreComments: Sendable {
  private let index: CatalogIndex
  private let settings: CheckSettings
  private let duplicate: @Sendable (RuleID) -> Diagnostic?
  /// For the rules that have some, in file order.
  private let ofRules: OnDemand<[RuleID: [IgnoreComment]]>

  /// - Parameter duplicate: the finding that a rule duplicates another, which takes long to find.
  init(
    in index: CatalogIndex, settings: CheckSettings, duplicate: @escaping @Sendable (RuleID) -> Diagnostic?
  ) {
    (self.index, self.settings, self.duplicate) = (index, settings, duplicate)
    ofRules = OnDemand { commentsByRule(in: index) }
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
          report(name.span, unknownCheck(name.text))
          continue
        }
        let isUsed = findings.contains { $0.id == check } || check == .ruleDuplicate && duplicate(rule) != nil
        // What is collected isn't known everywhere that the rule is checked.
        let mayBeUsed = check == .telemetryExclusion
        if !isUsed, !mayBeUsed, settings.isOn(check) {
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

  private func comments(of rule: RuleID) -> [IgnoreComment] { ofRules.value[rule] ?? [] }
}

/// The comments of each rule that has some. Each file is looked at once, however many rules it has.
private func commentsByRule(in index: CatalogIndex) -> [RuleID: [IgnoreComment]] {
  var result: [RuleID: [IgnoreComment]] = [:]
  let files = Dictionary(grouping: index.rules.indices) { ObjectIdentifier(index.rules[$0].source.file) }
  for rules in files.values {
    let source = index.rules[rules[0]].source
    let markers = commentMarkers(of: source.fileName)
    let comments = IgnoreComment.comments(in: source.body, markers: markers)
    if comments.isEmpty { continue }
    let places = rules.map { (rule: $0, line: Int(index.rules[$0].source.position.line)) }.sorted { $0.line < $1.line }
    // The comments are in file order too.
    var next = 0
    for comment in comments {
      let line = Int(comment.position.line)
      while next < places.count, places[next].line <= line { next += 1 }
      let isOfNext =
        next == 0 || next < places.count && isOnlyComments(source.file, line..<places[next].line, markers)
      result[places[isOfNext ? next : next - 1].rule, default: []].append(comment)
    }
  }
  return result
}

/// Whether lines are empty or comments.
private func isOnlyComments(_ file: SourceFile, _ lines: Range<Int>, _ markers: [String]) -> Bool {
  lines.allSatisfy { number in
    guard let text = file.line(number)?.drop(while: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) else {
      return false
    }
    return text.allSatisfy { $0 <= UInt8(ascii: " ") } || markers.contains { text.starts(with: $0.utf8) }
  }
}

/// What begins a comment in a file.
private func commentMarkers(of file: String) -> [String] {
  switch pathExtension(of: file) {
  case "json", "jsonc", "ndjson": ["//"]
  case "yml", "yaml", "toml", "conf", "py": ["#"]
  default: ["//", "#"]
  }
}
