import Checks
package import Diagnostics

/// What `ruledex lint --explain` says about checks, as Markdown: what each means, and examples of what it finds and of
/// what is fine.
///
/// - Parameter isWhole: whether it is about all checks, as in `CHECKS.md`.
package func checkDocumentation(of checks: [CheckID], isWhole: Bool) -> String {
  let sections = checks.map { section(on: $0, level: isWhole ? "##" : "#") }
  return ((isWhole ? [head] : []) + sections).joined(separator: "\n")
}

private let head = """
  # Checks

  What `ruledex lint` and the site report. An error means that part of a rule is lost or wrong; a warning, that somebody should look at it;
  a note, that nothing is wrong. This file is what `ruledex lint --explain all` prints; the examples are the checks' own tests.

  `checks` in `ruledex.yml` turns a check off or gives it another severity:

  ```yaml
  checks: {value-covered: off, rule-author-missing: warning}
  ```

  A comment in a rule silences a check for that rule, with the reason:

  ```yaml
  # ruledex: ignore value-covered — the longer name is for those who read the rule
  ```

  """

private func section(on check: CheckID, level: String) -> String {
  let severity = check.isOptional ? "off until `checks` in `ruledex.yml` gives it a severity" : check.severity.rawValue
  var text = "\(level) \(check.name)\n\n*\(severity.prefix(1).uppercased() + severity.dropFirst())*. \(check.advice)\n"
  for example in examplesOfChecks[check] ?? [] {
    text += "\n\(example.heading)\n"
    for (number, file) in example.files.enumerated() {
      if number > 0 { text += "\n\(file.label):\n" }
      text += "\n```yaml\n\(file.text)```\n"
    }
    for finding in example.findings { text += "\n    \(example.files[0].name):\(finding)\n" }
  }
  return text
}
