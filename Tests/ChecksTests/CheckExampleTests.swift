import Analysis
import Attack
import Checks
import Diagnostics
import Events
import Reading
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

  private static let knowledge = Result {
    let matrix = try AttackMatrix(
      parsing: Array(
        """
        {"format": 1, "domain": "enterprise-attack", "version": "1.0", "notice": "n", "tactics": [], "techniques": [],
         "groups": [], "campaigns": [], "software": [], "dataComponents": [], "logSources": [], "strategies": []}
        """.utf8))
    return (
      matrix, try EventMap(parsing: embeddedFiles(below: "catalog/knowledge/events/")),
      try FieldMap(parsing: embeddedFiles(below: "catalog/knowledge/fields.yml"))
    )
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
    let collection = await readCatalog(CatalogRequest(roots: [CatalogRequest.Root(path: folder.path)], jobs: 1))
    let (matrix, map, fields) = try CheckExampleTests.knowledge.get()
    let index = await CatalogIndex(of: collection.rules, attack: matrix, events: map, fields: fields)
    var settings = CheckSettings()
    if tried.check.isOptional { settings[tried.check] = .on(tried.check.severity) }
    let findings = CatalogFindings(in: index, events: map, fields: fields, settings: settings)
    let rule = try #require(index.rules.firstIndex { $0.source.path == tried.example.files[0].name })
    let found = findings.ofRules[rule].filter { $0.id == tried.check }.map { finding in
      "\(finding.location.position.map { "\($0.line):\($0.column)" } ?? ""): \(finding.message)"
    }
    #expect(found == tried.example.findings)
  }

  /// A check without both shows too little of what it means.
  @Test func eachShowsWhatIsFoundAndWhatIsFine() {
    for (check, examples) in examplesOfChecks {
      #expect(examples.contains { !$0.findings.isEmpty }, "\(check.name)")
      #expect(examples.contains { $0.findings.isEmpty }, "\(check.name)")
    }
  }
}
