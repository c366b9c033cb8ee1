import Diagnostics
import Templates

@testable import Site

extension SamplePages {
  /// The page of findings with one of everything, with `text` applied to each text.
  static func lint(text: (String) -> String = { $0 }) -> LintPage {
    let rule = Link(relative: "rules/sigma/one/index.html", fragment: "findings")
    let row = LintRow(
      title: text("Okta Login"), page: rule, path: text("rules/okta.yml"), message: text("use it or remove it"),
      severity: .note, line: 12, place: Link(relative: "rules/sigma/one/index.html", fragment: "L12"))
    let ofFile = LintRow(
      title: text("rules/broken.yml"), path: text("rules/broken.yml"), message: text("a key is missing"), line: 3)
    var page = LintPage(
      frame: frame(root: "", current: nil, text: text), title: text("Findings"), lead: text("What was noticed."))
    page.figures = [Figure(count: 1, label: text("error")), Figure(count: 1400, label: text("warnings"))]
    page.checks = [
      CheckSection(
        check: CheckRow(id: .yamlSyntax), summary: text("1 finding"), rows: Folded([ofFile], seen: 8)),
      CheckSection(
        check: CheckRow(
          id: .ruleDuplicate,
          elsewhere: TitledLink(title: text("Pairs"), page: Link(relative: "indicators/duplicates.html"))),
        summary: text("1,400 findings on 1,300 rules"),
        rows: Folded(Array(repeating: row, count: 1400), seen: 8, most: 20),
        all: Link(relative: "lint/rule-duplicate.html")),
    ]
    page.subjects = SubjectSection(
      summary: text("1 rule, 1 file without a rule"),
      rows: [
        SubjectRow(
          title: text("rules/broken.yml"), path: text("rules/broken.yml"),
          checks: [
            SubjectCheck(
              id: .yamlSyntax, severity: .error, page: Link(relative: "lint.html", fragment: "yaml-syntax"), count: 1)
          ], count: 1),
        SubjectRow(
          title: text("Okta Login"), page: rule, path: text("rules/okta.yml"),
          checks: [
            SubjectCheck(
              id: .ruleDuplicate, severity: .note, page: Link(relative: "lint.html", fragment: "rule-duplicate"),
              count: 3)
          ], count: 3),
      ], all: Link(relative: "lint/rules.html"))
    page.quiet = [CheckRow(id: .fileTooLarge), CheckRow(id: .sigmaSelectionUnused)]
    page.quiet[1].examples = [
      CheckExampleItem(
        title: text("Found: A typo"),
        files: [
          ExampleFile(text: text("title: Example\n")), ExampleFile(label: "Beside it", text: text("title: Another\n")),
        ], findings: [text("5:9: no event has it")]),
      CheckExampleItem(title: "Fine: No typo", files: [ExampleFile(text: "title: Example\n")], findings: []),
    ]
    page.parts = [
      TitledLink(title: text("1 to 1,400")),
      TitledLink(title: text("1,401 to 1,500"), page: Link(relative: "lint/rule-duplicate-2.html")),
    ]
    return page
  }

  static var emptyLint: LintPage {
    LintPage(frame: frame(root: "", current: nil), title: "Findings", lead: "Nothing was found.")
  }
}
