import Analysis
import Attack
import Diagnostics
import Documents
import RuleModel
import Sigma
import TestSupport
import Testing

@testable import Reports

/// A filter for all rules of its log source, where these are more than are listed.
@Suite struct CutFilterTests {
  private func content(_ count: Int, from first: Int = 100, scope: String = "any") async throws -> ReportContent {
    let doors = (0..<count).map { number in
      """
      title: Door \(first + number)
      id: aaaaaaaa-0000-4000-8000-000000000\(first + number)
      logsource: {product: doorman, service: access}
      detection: {selection: {action: "\(first + number)"}, condition: selection}
      """
    }
    let filter = """
      title: F
      id: ffffffff-0000-4000-8000-000000000001
      logsource: {product: doorman}
      filter:
        rules: \(scope)
        selection: {zone: lobby}
        condition: not selection
      """
    let names = (0..<count).map { "r\(first + $0)" } + ["z"]
    var rules: [Rule] = []
    for (name, text) in zip(names, doors + [filter]) {
      let source = RuleSource(in: SourceFile(path: "rules/\(name).yml", source: "\(name).yml", bytes: Array(text.utf8)))
      rules += readSigma(try parseYAML(source.body), from: source).rules.map { Rule($0) }
    }
    return try await DoorCatalog.content(of: rules)
  }

  private func snapshot(_ content: ReportContent) -> CatalogSnapshot {
    CatalogSnapshot(
      content.index, diagnostics: [], attack: AttackVersion(domain: "enterprise-attack", version: "1.0"),
      collections: [])
  }

  @Test func saysHowManyRulesItTunes() async throws {
    let cut = try await content(120)
    let keys = (100..<200).map { "sigma/r\($0)" }
    let list = keys.map { "\"\($0)\"" }.joined(separator: ",")
    #expect(try DoorCatalog.report("catalog.json", of: cut).contains(#""filter":{"rules":[\#(list)],"count":120}"#))
    let xml = DoorCatalog.ruleXML(120, of: cut)
    #expect(xml.contains(#"<filter count="120">"#) && !xml.contains("sigma/r200"))
    #expect(try DoorCatalog.faults(of: xml) == [])
    let whole = try await content(100)
    #expect(try DoorCatalog.report("catalog.json", of: whole).contains(#""filter":{"rules":[\#(list)]}"#))
    #expect(DoorCatalog.ruleXML(100, of: whole).contains("<filter>"))
  }

  /// The rules that a kept file lists aren't all, and those of today's list aren't the same hundred.
  @Test(arguments: [(120, 121), (100, 101), (101, 100), (99, 100)])
  func seesNoChangeOfItWhereARuleComesOrGoes(before: Int, after: Int) async throws {
    let (old, new) = (try await content(before, from: 300), try await content(after, from: 300 - (after - before)))
    let kept = try CatalogSnapshot(parsingJSON: Array(try DoorCatalog.report("catalog.json", of: old).utf8))
    let changes = CatalogChanges(from: kept, to: snapshot(new), attack: nil)
    #expect(changes.changed.map(\.new.title) == [])
  }

  @Test func seesAChangeOfItsScope() async throws {
    let kept = try CatalogSnapshot(
      parsingJSON: Array(try DoorCatalog.report("catalog.json", of: try await content(120)).utf8))
    let new = try await content(120, scope: "[aaaaaaaa-0000-4000-8000-000000000100]")
    let changes = CatalogChanges(from: kept, to: snapshot(new), attack: nil)
    #expect(changes.changed.map(\.new.title) == ["F"])
    #expect(changes.changed.first?.parts.map(\.rawValue) == ["logic"])
  }
}
