import Analysis
import Checks
import Diagnostics
import Events
import RuleModel
import TestSupport
import Testing

/// The examples with which checks are documented, each read as the catalog that it is.
@Suite struct CheckExampleTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var check: CheckID
    var example: CheckExample

    var testDescription: String { "\(check.name): \(example.title)" }
  }

  static let cases = allChecks.flatMap { check in
    (examplesOfChecks[check] ?? []).map { Case(check: check, example: $0) }
  }

  @Test(arguments: cases)
  func findsWhatItSays(of tried: Case) async throws {
    let folder = TemporaryFolder()
    for file in tried.example.files {
      for copy in 1...file.copies {
        let text =
          file.copies == 1 ? file.text : file.text.replacing("title: Example", with: "title: Example \(copy)")
        folder.write(text, to: file.copies == 1 ? file.name : "\(copy)-\(file.name)")
      }
    }
    let shipped = try CheckedRules.shipped.get()
    var settings = CheckSettings()
    if tried.check.isOptional { settings[tried.check] = .on(tried.check.severity) }
    let checked = try await CheckedRules(
      in: folder, events: shipped.events, fields: shipped.fields, settings: settings)
    let rule = try #require(checked.index.rules.firstIndex { $0.source.path == tried.example.files[0].name })
    let found = checked.findings.ofRules[rule].filter { $0.id == tried.check }.map { finding in
      "\(finding.location.position.map { "\($0.line):\($0.column)" } ?? ""): \(finding.message)"
    }
    #expect(found == tried.example.findings)
  }

  /// Even where the rule's own words aren't.
  @Test func areOnOneLine() async throws {
    let folder = TemporaryFolder()
    folder.write(
      #"""
      title: Example
      logsource: {product: windows, category: process_creation}
      detection:
          selection:
              "a\nb": 1
          condition: selection
      """#, to: "example.yml")
    let shipped = try CheckedRules.shipped.get()
    let checked = try await CheckedRules(
      in: folder, events: shipped.events, fields: shipped.fields, settings: quietSettings)
    #expect(
      checked.findings.ofRules[0].filter { $0.id == .fieldUnknown }.map(\.message)
        == ["no event of the log source has a field 'a b'; correct it or the log source"])
  }

  /// A check without both shows too little of what it means.
  @Test func eachShowsWhatIsFoundAndWhatIsFine() {
    for (check, examples) in examplesOfChecks {
      #expect(examples.contains { !$0.findings.isEmpty }, "\(check.name)")
      #expect(examples.contains { $0.findings.isEmpty }, "\(check.name)")
    }
  }
}
