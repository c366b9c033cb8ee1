import Checks
import Diagnostics
import Text
import XML

/// `ruledex lint --format junit`: the findings as test results, in the form that Jenkins's `junit-10.xsd` describes and
/// GitLab reads.
///
/// A file is a suite, and each check that found something in it is a test: GitLab accepts one test for each class and
/// name. A test fails if one of its findings does; the other findings are its output. A file without findings has one
/// test that passes.
package func findingsJUnit(_ content: FindingsContent) -> [UInt8] {
  var byFile: [String: [Diagnostic]] = [:]
  for finding in content.findings { byFile[content.path(of: finding.location), default: []].append(finding) }
  let suites = Set(content.files).union(byFile.keys).sorted(by: inByteOrder)
    .map { Suite(file: $0, findings: byFile[$0] ?? [], of: content) }
  return xmlDocument { xml in
    xml.start("testsuites")
    xml.attribute("name", "ruledex lint")
    xml.attribute("tests", "\(suites.reduce(0) { $0 + $1.count })")
    xml.attribute("failures", "\(suites.reduce(0) { $0 + $1.failures })")
    xml.attribute("errors", "0")
    for suite in suites { write(suite, to: &xml) }
    xml.end()
  }
}

/// A file, and what each check found in it.
private struct Suite {
  var file: String
  let spelling: PathSpelling
  var tests: [(id: CheckID, findings: [Diagnostic], fails: Bool)]

  init(file: String, findings: [Diagnostic], of content: FindingsContent) {
    self.file = file
    spelling = content.spelling
    tests = allChecks.compactMap { id in
      let own = findings.filter { $0.id == id }
      return own.isEmpty ? nil : (id, own, own.contains { $0.severity <= content.failing })
    }
  }

  /// One even if nothing was found.
  var count: Int { max(1, tests.count) }

  var failures: Int { tests.count { $0.fails } }
}

private func write(_ suite: Suite, to xml: inout XMLWriter) {
  xml.start("testsuite")
  xml.attribute("name", suite.file)
  xml.attribute("tests", "\(suite.count)")
  xml.attribute("failures", "\(suite.failures)")
  xml.attribute("errors", "0")
  if suite.tests.isEmpty { xml.element("testcase", ["name": "no findings", "classname": suite.file]) }
  for test in suite.tests {
    xml.start("testcase")
    xml.attribute("name", test.id.name)
    xml.attribute("classname", suite.file)
    let text = (test.findings.map { $0.description(spelled: suite.spelling) } + [test.id.advice]).joined(
      separator: "\n")
    if test.fails {
      let mostSevere = test.findings.map(\.severity).min() ?? test.id.severity
      xml.element(
        "failure", ["type": mostSevere.rawValue, "message": test.findings.map(\.message).joined(separator: "; ")],
        text: text)
    } else {
      xml.element("system-out", text: text)
    }
    xml.end()
  }
  xml.end()
}
