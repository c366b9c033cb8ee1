import Checks
import Diagnostics
import RuleModel

/// What was found, by check and by rule, and which page, `lint.html` or a continuation, lists each finding.
struct LintPlan: Sendable {
  /// A finding, with the rule whose page shows it.
  struct Finding: Sendable {
    var diagnostic: Diagnostic
    /// nil if the file has no rule, because it is broken or isn't a file of rules.
    var rule: RuleID?
    var place: RuleSection?
  }

  /// The section of a rule's page that shows a finding.
  enum RuleSection: String, Sendable {
    case findings, neighbours
  }

  /// The findings of one check.
  struct Check: Sendable {
    var id: CheckID
    /// In the order of places; at least one.
    var findings: [Finding]
    /// The pages that list them all; empty if they fit on `lint.html`.
    var parts: [PagePart]
  }

  /// A rule, or a file without one, with its findings.
  struct Subject: Sendable {
    /// nil for a file without a rule.
    var rule: RuleID?
    /// The path of the rule's file, or of that file.
    var path: String
    /// Most severe first.
    var findings: [Diagnostic]
  }

  /// Most severe first, then those with the most findings.
  let checks: [Check]
  /// Rules and files, by their most severe finding, then by their number of findings.
  let subjects: [Subject]
  /// The pages that list all subjects; empty if they fit on `lint.html`.
  let subjectParts: [PagePart]
  /// The number of findings, each counted once, as in `ruledex lint`.
  let count: Int

  /// The maximum number of findings and subjects on one page, over all checks: about 700 KB.
  static let room = (findings: 1400, subjects: 500)

  /// How many findings of each check appear on `lint.html`.
  var shown: Int { max(12, LintPlan.room.findings / max(1, checks.count)) }

  init(_ content: SiteContent) {
    let found = findings(content)
    count = found.count
    var byCheck: [CheckID: [Finding]] = [:]
    for finding in found { byCheck[finding.diagnostic.id, default: []].append(finding) }
    let room = max(12, LintPlan.room.findings / max(1, byCheck.count))
    let order = allChecks
    checks = order.compactMap { id in
      byCheck[id].map { findings in
        Check(
          id: id, findings: findings,
          parts: findings.count > room
            ? [PagePart](of: findings.count, room: LintPlan.room.findings) { .lint(id.name, part: $0) } : [])
      }
    }.enumerated().sorted { one, other in
      let (left, right) = (one.element, other.element)
      if left.id.severity != right.id.severity { return left.id.severity < right.id.severity }
      if left.findings.count != right.findings.count { return left.findings.count > right.findings.count }
      return one.offset < other.offset
    }.map(\.element)
    let subjects = LintPlan.subjects(content)
    self.subjects = subjects
    subjectParts =
      subjects.count > LintPlan.room.subjects
      ? [PagePart](of: subjects.count, room: LintPlan.room.subjects * 4) { .lint("rules", part: $0) } : []
  }

  /// Each rule that has findings, and each file that has some and holds no rule.
  private static func subjects(_ content: SiteContent) -> [Subject] {
    var subjects = content.findings.ofRules.all.indices.compactMap { number -> Subject? in
      let findings = content.findings.ofRules[number] + [content.findings.duplicates[number]].compactMap(\.self)
      return findings.isEmpty
        ? nil : Subject(rule: number, path: content.index.rules[number].source.path, findings: findings)
    }
    var places: [String: Int] = [:]
    let rules = ruleOfSource(content)
    for (place, subject) in subjects.enumerated() where rules[subject.path] == subject.rule {
      places[subject.path] = place
    }
    for diagnostic in content.diagnostics {
      let path = diagnostic.location.file.source
      if let place = places[path] {
        subjects[place].findings.append(diagnostic)
      } else {
        places[path] = subjects.count
        subjects.append(Subject(rule: rules[path], path: path, findings: [diagnostic]))
      }
    }
    for place in subjects.indices {
      subjects[place].findings.sort {
        $0.severity != $1.severity ? $0.severity < $1.severity : $0.precedes($1, spelled: .published)
      }
    }
    let keys = subjects.map { (mostSevere: $0.findings[0].severity, count: $0.findings.count) }
    return subjects.indices.sorted { left, right in
      if keys[left].mostSevere != keys[right].mostSevere { return keys[left].mostSevere < keys[right].mostSevere }
      if keys[left].count != keys[right].count { return keys[left].count > keys[right].count }
      return left < right
    }.map { subjects[$0] }
  }
}

/// All findings in the order of places. A finding that several rules of a file share appears once, with the first of
/// them.
private func findings(_ content: SiteContent) -> [LintPlan.Finding] {
  let rules = ruleOfSource(content)
  var found = content.diagnostics.map { diagnostic in
    LintPlan.Finding(diagnostic: diagnostic, rule: rules[diagnostic.location.file.source])
  }
  var seen: Set<Diagnostic> = []
  for (number, diagnostics) in content.findings.ofRules.all.pairs where !diagnostics.isEmpty {
    for diagnostic in diagnostics where seen.insert(diagnostic).inserted {
      found.append(LintPlan.Finding(diagnostic: diagnostic, rule: number, place: .findings))
    }
  }
  for (number, diagnostic) in content.findings.duplicates {
    found.append(LintPlan.Finding(diagnostic: diagnostic, rule: number, place: .neighbours))
  }
  return found.sorted { $0.diagnostic.precedes($1.diagnostic, spelled: .published) }
}

/// The first rule of each file with findings.
private func ruleOfSource(_ content: SiteContent) -> [String: RuleID] {
  let (index, findings) = (content.index, content.findings)
  let paths = Set(content.diagnostics.map(\.location.file.source)).union(
    findings.ofRules.all.indices.lazy.filter { !findings.ofRules[$0].isEmpty || findings.duplicates[$0] != nil }
      .map { index.rules[$0].source.path })
  var rules: [String: RuleID] = [:]
  for number in content.index.rules.indices {
    let source = content.index.rules[number].source
    if paths.contains(source.path), rules[source.path] == nil { rules[source.path] = number }
  }
  return rules
}
