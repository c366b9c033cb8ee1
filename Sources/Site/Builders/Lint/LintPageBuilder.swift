import Checks
import Diagnostics
import DialectReading
import RuleModel
import Templates

/// Makes the models of `lint.html` and of its continuation pages.
struct LintPageBuilder: Sendable {
  private let content: SiteContent
  private let frames: FrameBuilder
  let plan: LintPlan
  /// All pages, `lint.html` first.
  private let pages: [(address: Address, content: PageContent)]

  private enum PageContent {
    case overview
    /// Findings of a check, by its index, and which part of them.
    case check(Int, part: Int)
    case subjects(part: Int)
  }

  /// The number of a check's findings that are visible before unfolding.
  private static let seen = 8

  init(_ content: SiteContent, _ frames: FrameBuilder) {
    self.content = content
    self.frames = frames
    let plan = LintPlan(content)
    self.plan = plan
    var pages: [(Address, PageContent)] = [(.lint, .overview)]
    for (number, check) in plan.checks.enumerated() {
      for (part, page) in check.parts.enumerated() { pages.append((page.address, .check(number, part: part))) }
    }
    for (part, page) in plan.subjectParts.enumerated() { pages.append((page.address, .subjects(part: part))) }
    self.pages = pages
  }

  var count: Int { pages.count }

  func address(of number: Int) -> Address { pages[number].address }

  func page(of number: Int) -> LintPage {
    let address = address(of: number)
    return switch pages[number].content {
    case .overview: overview()
    case .check(let check, let part): page(of: plan.checks[check], part: part, at: address)
    case .subjects(let part): subjectPage(part: part, at: address)
    }
  }

  // MARK: Pages

  private func overview() -> LintPage {
    let address = Address.lint
    let lead =
      plan.checks.isEmpty
      ? "Reading the rules and comparing them with each other, ATT&CK and the event map found nothing to fix."
      : "What reading the rules and comparing them with each other, ATT&CK and the event map found, and what to do about it. An error means that part of a rule is lost or wrong; a warning, that somebody should look at it; a note, that nothing is wrong."
    var page = LintPage(
      frame: frames.frame(of: address, titles: ["Findings"], summary: lead, showsAttack: false),
      title: "Findings", lead: lead)
    let duplicates = content.findings.duplicates.count
    page.figures =
      Diagnostic.Severity.allCases.map { severity in
        let count = plan.checks.reduce(0) { sum, check in
          sum + check.findings.count { $0.diagnostic.severity == severity }
        }
        return Figure(count: count, label: severity.rawValue + (count == 1 ? "" : "s"))
      } + [Figure(count: duplicates, label: "of them for a duplicate", page: address.link(to: .duplicates))]
    page.checks = plan.checks.map { check in
      section(check, Folded(check.findings, seen: LintPageBuilder.seen, most: plan.shown), at: address)
    }
    if !plan.subjects.isEmpty {
      page.subjects = subjects(plan.subjects.prefix(LintPlan.room.subjects), at: address)
      page.subjects?.all = plan.subjectParts.first.map { address.link(to: $0.address) }
    }
    let found = Set(plan.checks.map(\.id))
    page.quiet = allChecks.filter { !found.contains($0) }.map { checkRow($0, at: address) }
    return page
  }

  private func page(of check: LintPlan.Check, part: Int, at address: Address) -> LintPage {
    let shown = Array(check.findings[check.parts[part].range])
    var page = LintPage(
      frame: frames.frame(
        of: address, titles: [check.id.name, "Findings"], summary: nil, crumbs: [("Findings", .lint)],
        showsAttack: false),
      title: "Findings of \(check.id.name)", lead: check.parts.lead(of: part))
    page.checks = [section(check, Folded(shown, seen: shown.count), at: address)]
    page.parts = check.parts.links(from: part)
    return page
  }

  private func subjectPage(part: Int, at address: Address) -> LintPage {
    var page = LintPage(
      frame: frames.frame(
        of: address, titles: ["By rule", "Findings"], summary: nil, crumbs: [("Findings", .lint)], showsAttack: false),
      title: "Findings by rule", lead: plan.subjectParts.lead(of: part))
    page.subjects = subjects(plan.subjects[plan.subjectParts[part].range], at: address)
    page.parts = plan.subjectParts.links(from: part)
    return page
  }

  // MARK: Parts

  private func section(_ check: LintPlan.Check, _ rows: Folded<LintPlan.Finding>, at address: Address) -> CheckSection {
    let rules = Set(check.findings.compactMap(\.rule)).count
    var section = CheckSection(
      check: checkRow(check.id, at: address),
      summary: counted(check.findings.count, "finding") + (rules > 0 ? " on \(counted(rules, "rule"))" : ""),
      rows: rows.map { row($0, at: address) })
    if rows.left > 0 { section.all = check.parts.first.map { address.link(to: $0.address) } }
    return section
  }

  private func checkRow(_ id: CheckID, at address: Address) -> CheckRow {
    var row = CheckRow(id: id)
    row.examples = (examplesOfChecks[id] ?? []).map(CheckExampleItem.init)
    if id == .ruleDuplicate {
      row.elsewhere = TitledLink(
        title: "Pairs of identical or nearly identical rules", page: address.link(to: .duplicates))
    }
    return row
  }

  private func row(_ finding: LintPlan.Finding, at address: Address) -> LintRow {
    let diagnostic = finding.diagnostic
    let rule = finding.rule.map { content.index.rules[$0] }
    let page = rule.map { Address.rule($0.key) }
    var row = LintRow(
      title: rule?.title ?? diagnostic.location.file.source,
      page: page.map { address.link(to: $0, fragment: finding.place?.rawValue) },
      path: diagnostic.location.file.source, message: diagnostic.message)
    if diagnostic.severity != diagnostic.id.severity { row.severity = diagnostic.severity }
    if let position = diagnostic.location.position {
      row.line = Int(position.line)
      if let page, rule?.source.path == diagnostic.location.file.source {
        row.place = address.link(to: page, fragment: BodyLine.anchor(ofLine: Int(position.line)))
      }
    }
    return row
  }

  private func subjects(_ shown: ArraySlice<LintPlan.Subject>, at address: Address) -> SubjectSection {
    let rules = plan.subjects.count { $0.rule != nil }
    let files = plan.subjects.count - rules
    let words = [
      rules > 0 ? counted(rules, "rule") : nil, files > 0 ? "\(counted(files, "file")) without a rule" : nil,
    ]
    return SubjectSection(
      summary: words.compactMap(\.self).joined(separator: ", "), rows: shown.map { row($0, at: address) })
  }

  private func row(_ subject: LintPlan.Subject, at address: Address) -> SubjectRow {
    let rule = subject.rule.map { content.index.rules[$0] }
    var checks: [SubjectCheck] = []
    for finding in subject.findings {
      if let known = checks.firstIndex(where: { $0.id == finding.id && $0.severity == finding.severity }) {
        checks[known].count += 1
      } else {
        checks.append(
          SubjectCheck(
            id: finding.id, severity: finding.severity,
            page: address.link(to: .lint, fragment: finding.id.name), count: 1))
      }
    }
    let place = subject.rule.flatMap { number -> LintPlan.RuleSection? in
      if !content.findings.ofRules[number].isEmpty { return .findings }
      return content.findings.duplicates[number] != nil ? .neighbours : nil
    }
    return SubjectRow(
      title: rule?.title ?? subject.path,
      page: rule.map { address.link(to: .rule($0.key), fragment: place?.rawValue) },
      path: subject.path, checks: checks, count: subject.findings.count)
  }
}
