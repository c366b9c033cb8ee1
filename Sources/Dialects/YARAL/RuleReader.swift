import Diagnostics
import DialectReading
import Documents
import QueryLanguages
import RuleModel

/// Reads one YARA-L rule.
struct RuleReader: DraftReader {
  let written: YARALRule
  let bytes: [UInt8]
  let lines: TextLines
  let context: DialectContext
  var meta: RuleMeta
  var rule: RuleDraft

  init(_ written: YARALRule, in bytes: [UInt8], _ lines: TextLines, source: RuleSource, context: DialectContext) {
    (self.written, self.bytes, self.lines, self.context) = (written, bytes, lines, context)
    meta = RuleMeta(written.meta)
    rule = RuleDraft(key: RuleKey(dialect: .yaral, slug: RuleKey.slug(ofStem: source.stem)), title: "", source: source)
  }

  consuming func read() -> RuleDraft {
    checkSections()
    readMetadata()
    readAttack()
    let match = readLogic()
    // A rule of this type raises no alert; somebody looks at what it finds.
    let isHunt = meta.text(of: ["type", "rule_type"])?.lowercased().hasPrefix("hunt") ?? false
    rule.body = isHunt ? .hunt(match) : .detection(match)
    readNotes()
    readFacts()
    return rule
  }

  private mutating func readLogic() -> Match {
    let lines = lines
    let reading = readYARAL(written, in: bytes) { lines.position(ofOffset: $0) }
    rule.add(reading.faults)
    rule.stages = reading.stages
    rule.lacksLogic = written.section("events").map(\.body.isEmpty) ?? true || rule.stages.isUnread
    rule.leaveOutWhatIsTooLarge(at: span(written.nameSpan), limit: context.limits.tests)
    readLogSources()
    return reading.match
  }

  private mutating func checkSections() {
    for name in ["meta", "events", "condition"] where written.section(name) == nil {
      // Without `meta`, nothing of the logic is lost.
      report(
        .yaralSection, at: written.nameSpan, severity: name == "meta" ? .warning : nil,
        "the rule has no section '\(name)'; write 'meta:', 'events:' and 'condition:'")
    }
    var known: Set<String> = []
    for section in written.sections where !known.insert(section.name).inserted {
      report(
        .yaralSection, at: section.header, severity: .warning,
        "the section '\(section.name)' occurs twice; merge the two")
    }
  }

  // MARK: Findings

  mutating func report(
    _ id: CheckID, at span: Range<Int>, severity: Diagnostic.Severity? = nil, _ message: String
  ) {
    report(id, at: self.span(span), severity: severity, message)
  }

  func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(lines.position(ofOffset: range.lowerBound), to: lines.position(ofOffset: range.upperBound))
  }
}
