import Foundation
import TestSupport
import Testing

/// `catalog.schema.json`, and whether somebody else's validator finds that `catalog.json` keeps to it.
@Suite struct CatalogSchemaTests {
  private static let schema = projectFolder + "/Sources/Reports/catalog.schema.json"
  private static let python = "/usr/bin/python3"
  private static let hasValidator = (try? run(python, ["-c", "import jsonschema"]))?.code == 0
  private let folder = TemporaryFolder()

  /// The messages of Debian's python3-jsonschema, which judges the schema too.
  private func faults(of catalog: [UInt8]) throws -> [String] {
    folder.write(catalog, to: "catalog.json")
    let arguments = ["--error-format", "{error.message}\n", "-i", folder("catalog.json"), CatalogSchemaTests.schema]
    let run = try run(CatalogSchemaTests.python, ["-W", "ignore", "-m", "jsonschema"] + arguments)
    #expect((run.code == 0) == run.errors.isEmpty)
    return run.errorLines
  }

  @Test(.enabled(if: hasValidator, "python3-jsonschema is not installed; 'make test' installs it"))
  func describesTheExampleCatalog() throws {
    #expect(try faults(of: #require(try builtExample.get().site.files["catalog.json"])) == [])
  }

  @Test(.enabled(if: hasValidator, "python3-jsonschema is not installed; 'make test' installs it"))
  func describesACatalogOfFaultyRules() throws {
    #expect(try faults(of: #require(try builtBrokenRules.get().site.files["catalog.json"])) == [])
  }

  @Test(
    .enabled(if: hasValidator, "python3-jsonschema is not installed; 'make test' installs it"),
    arguments: [
      (#""format":2"#, #""format":1"#, "2 was expected"),
      (#""generator":"#, #""made":1,"generator":"#, "Additional properties are not allowed ('made' was unexpected)"),
      (#""logic":""#, #""logic":"g"#, "'g"),
      (#","broken":0"#, "", "'broken' is a required property"),
      (#""generate":false"#, #""generate":0"#, "0 is not of type 'boolean'"),
      (#""corpus":1,"#, "", "'corpus' is a required property"),
      (#""kind":"eq""#, #""kind":"equals""#, "'equals' is not one of ['eq', "),
      (#""class":"correlation""#, #""class":"detection""#, "False schema does not allow "),
      (#""key":"sigma/"#, #""key":"Sigma/"#, "'Sigma/"),
      (#""line":20,"#, "", "'line' is a dependency of 'column'"),
    ])
  func refusesWhatTheFormatDoesNotHave(text: String, other: String, message: String) throws {
    let catalog = try builtExample.get().site.text("catalog.json")
    let range = try #require(catalog.firstRange(of: text))
    let changed = catalog.replacingCharacters(in: range, with: other)
    let faults = try faults(of: Array(changed.utf8))
    #expect(faults.contains { $0.hasPrefix(message) }, "\(faults.map { $0.prefix(200) })")
  }

  @Test func describesEachMemberAndAllowsNoOthers() throws {
    let data = Data(try #require(TemporaryFolder.bytes(of: CatalogSchemaTests.schema)))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    var members = 0
    for (name, object) in definitions.merging(["": schema], uniquingKeysWith: { first, _ in first }) {
      forEachMember(of: object) { member, description in
        members += 1
        let text = description["description"] ?? referred(by: description, definitions)["description"]
        #expect((text as? String)?.isEmpty == false, "\(name)/\(member)")
      }
    }
    // Walking by another way than the schema is built would find none.
    #expect(members > 60)
  }

  private func referred(by schema: [String: Any], _ definitions: [String: [String: Any]]) -> [String: Any] {
    (schema["$ref"] as? String).flatMap { definitions[String($0.dropFirst("#/$defs/".count))] } ?? [:]
  }

  private func forEachMember(of schema: [String: Any], _ body: (String, [String: Any]) -> Void) {
    guard let properties = schema["properties"] as? [String: [String: Any]] else { return }
    #expect(schema["additionalProperties"] as? Bool == false, "\(properties.keys.sorted())")
    for (name, member) in properties {
      body(name, member)
      forEachMember(of: member, body)
    }
  }
}
