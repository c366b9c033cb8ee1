import Attack
import Diagnostics
import RuleModel
import Testing

@Suite struct STIXImportTests {
  @Test(arguments: ["bundle-2.1.json", "bundle-2.1.json.gz"])
  func makesDataOfABundle(name: String) throws {
    let matrix = try importSTIX(try fixture(name), version: nil)
    let expected = String(decoding: try fixture("bundle-2.1.imported.json"), as: UTF8.self)
    #expect(String(decoding: matrix.serialized(), as: UTF8.self) == expected)
    #expect(
      numbers(matrix) == [
        "tactics": 2, "techniques": 1, "subtechniques": 1, "revokedTechniques": 2, "deprecatedTechniques": 2,
        "groups": 1, "campaigns": 1,
        "software": 1, "strategies": 1, "analytics": 2,
      ])
  }

  @Test func readsSTIX20OfAnotherDomain() throws {
    let matrix = try importSTIX(try fixture("bundle-2.0.json"), version: "18.1")
    #expect(matrix.title == "ATT&CK ICS 18.1")
    #expect(matrix.techniques.map { "\($0.id) \($0.name) \($0.tactics)" } == ["T0877 I/O Image [TA0100]"])
    #expect(matrix.released == nil)
    #expect(matrix.notice.hasPrefix("© The MITRE Corporation. This work is reproduced"))
    #expect(try AttackMatrix(parsing: matrix.serialized()).serialized() == matrix.serialized())
  }

  @Test func theGivenVersionGoesBeforeTheBundles() throws {
    #expect(try importSTIX(try fixture("bundle-2.1.json"), version: "99.2").version == "99.2")
  }

  @Test func asksForAVersionThatTheBundleLacks() throws {
    let error = try #require(throws: ImportError.self) { try importSTIX(fixture("bundle-2.0.json"), version: nil) }
    #expect(
      error.diagnostic(in: "b.json").description
        == "b.json: error: \(missingVersion) [attack-bundle]"
    )
  }

  @Test(arguments: [
    (100, "the gzip data ends too early; download the file again"),
    (12, "the gzip data ends too early; download the file again"),
  ])
  func refusesTruncatedGzip(count: Int, expected: String) throws {
    let bytes = Array(try fixture("bundle-2.1.json.gz").prefix(count))
    #expect(try #require(throws: ImportError.self) { try importSTIX(bytes, version: nil) }.message == expected)
  }

  @Test func refusesDamagedGzip() throws {
    var bytes = try fixture("bundle-2.1.json.gz")
    bytes[bytes.count - 6] ^= 0xFF  // in the checksum
    let error = try #require(throws: ImportError.self) { try importSTIX(bytes, version: nil) }
    #expect(error.message == "the gzip data is damaged; download the file again")
  }

  @Test func readsSeveralGzipMembersAsOneText() throws {
    let text = try fixture("bundle-2.1.json.gz")
    // A line feed as `gzip -n` packs it.
    let lineFeed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xE3, 2, 0, 0x93, 6, 0xD7, 0x32, 1, 0, 0, 0]
    #expect(try importSTIX(lineFeed + text + lineFeed, version: nil).version == "99.1")
  }

  @Test func stopsUnpackingWhereNoBundleCanBe() throws {
    let zeros = try fixture("zeros-1MiB.gz")
    let error = try #require(throws: ImportError.self) {
      try importSTIX(Array(repeatElement(zeros, count: 257).joined()), version: nil)
    }
    #expect(error.message == "it is larger than 256 MiB, which no MITRE bundle is; check the file")
  }

  /// Bundles with one thing wrong, made of the small ones.
  @Test(arguments: [
    ("", "this isn't JSON, or it is incomplete; give MITRE's bundle as it was downloaded"),
    ("<html></html>", "this isn't JSON, or it is incomplete; give MITRE's bundle as it was downloaded"),
    (
      #"{"type": "bundle", "objects": [{"#,
      "this isn't JSON, or it is incomplete; give MITRE's bundle as it was downloaded"
    ),
    ("[1, 2]", "this is JSON, but not a STIX bundle with objects; give a bundle like enterprise-attack.json"),
    (
      #"{"type": "bundle"}"#,
      "this is JSON, but not a STIX bundle with objects; give a bundle like enterprise-attack.json"
    ),
    (
      #"{"type": "bundle", "objects": []}"#,
      "this is JSON, but not a STIX bundle with objects; give a bundle like enterprise-attack.json"
    ),
    (
      #"{"format":1, "domain":"enterprise-attack"}"#,
      "this is JSON, but not a STIX bundle with objects; give a bundle like enterprise-attack.json"
    ),
    (
      #"{"type": "bundle", "objects": [{"type": "identity", "id": "identity--1"}]}"#,
      "the bundle has no tactics (x-mitre-tactic); give a complete one like enterprise-attack.json"
    ),
    (
      #"{"type": "bundle", "objects": [{"type": "identity"}]}"#,
      "objects[0] has no 'id'; give MITRE's bundle as it was downloaded"
    ),
    (
      #"{"type": "bundle", "objects": [{"type": "identity", "id": 1}]}"#,
      "objects[0].id is of the wrong type; give MITRE's bundle as it was downloaded"
    ),
  ])
  func refusesWhatIsNoBundle(text: String, expected: String) throws {
    let error = try #require(throws: ImportError.self) { try importSTIX(Array(text.utf8), version: "1.0") }
    #expect(error.message == expected)
  }

  @Test(arguments: [
    (
      "x-mitre-matrix\"", "x-other\"",
      "the bundle has no matrix (x-mitre-matrix) to order its tactics; give a complete one like enterprise-attack.json"
    ),
    (
      "\"attack-pattern\"", "\"x-other\"",
      "the bundle has no techniques (attack-pattern); give one like enterprise-attack.json"
    ),
    (
      "\"x-mitre-tactic--a\"]", "\"x-mitre-tactic--z\"]",
      "the matrix names the tactic x-mitre-tactic--z, which the bundle doesn't have; download the bundle again"
    ),
    (
      "\"external_id\": \"ics-attack\"", "\"x\": 1",
      "the matrix has no id, which names the domain; give a bundle like enterprise-attack.json"
    ),
    (
      "phase_name\": \"collection", "phase_name\": \"other",
      "T0877 is active but belongs to no tactic; download the bundle again, or report it to MITRE"
    ),
    (
      "\"objects\": [",
      """
      "objects": [{"type": "x-mitre-matrix", "id": "x-mitre-matrix--2", "external_references": [
        {"source_name": "mitre-attack", "external_id": "enterprise-attack"}]},
      """,
      "the bundle mixes the domains enterprise-attack, ics-attack; give the bundle of one of them"
    ),
  ])
  func refusesBundlesThatLackAPart(part: String, replacement: String, expected: String) throws {
    let text = String(decoding: try fixture("bundle-2.0.json"), as: UTF8.self)
    let pieces = text.split(separator: part, omittingEmptySubsequences: false)
    #expect(pieces.count > 1, "the bundle has no \(part) to replace")
    let changed = Array(pieces.joined(separator: replacement).utf8)
    #expect(try #require(throws: ImportError.self) { try importSTIX(changed, version: "1.0") }.message == expected)
  }

  @Test func refusesReplacementsInACircle() throws {
    let text = String(decoding: try fixture("bundle-2.1.json"), as: UTF8.self)
    let end = #""source_ref": "attack-pattern--second", "target_ref": "attack-pattern--"#
    let changed = text.split(separator: end + "sub").joined(separator: end + "first")
    let error = try #require(throws: ImportError.self) { try importSTIX(Array(changed.utf8), version: nil) }
    #expect(
      error.message == "the replacements of T9002 lead in a circle; download the bundle again, or report it to MITRE")
  }
}

/// MITRE's own bundles at full size. Where they are missing, the run says that these are skipped.
@Suite struct FullBundleTests {
  /// 19.2 says the same as 19.1 but for its version and the day of its release.
  @Test(
    .enabled(if: isShared("enterprise-v19.1.stix.json.gz"), "MITRE's bundle of 19.1 is not in \(sharedFolder)/attack"))
  func theShippedDataIsWhatTheBundleGives() throws {
    let matrix = try importSTIX(try bytes(of: sharedFolder + "/attack/enterprise-v19.1.stix.json.gz"), version: "19.2")
    let shipped = try embedded("catalog/knowledge/attack/enterprise-attack.json").split(separator: UInt8(ascii: "\n"))
    let imported = matrix.serialized().split(separator: UInt8(ascii: "\n"))
    #expect(imported.count == shipped.count - 1)
    #expect(imported == shipped.filter { !$0.starts(with: "\"released\"".utf8) })
  }

  @Test(
    .enabled(if: isShared("enterprise-v18.1.stix.json.gz"), "MITRE's bundle of 18.1 is not in \(sharedFolder)/attack"))
  func readsTheSTIX20BundleOf18() throws {
    let matrix = try importSTIX(try bytes(of: sharedFolder + "/attack/enterprise-v18.1.stix.json.gz"), version: "18.1")
    #expect(
      numbers(matrix) == [
        "tactics": 14, "techniques": 216, "subtechniques": 475, "revokedTechniques": 132, "deprecatedTechniques": 12,
        "groups": 172,
        "campaigns": 0, "software": 784, "strategies": 0, "analytics": 0,
      ])
    #expect(matrix.groups.count == 187)
    #expect(matrix.software.count == 787)
    #expect(matrix.tactic(named: "defense-evasion")?.name == "Defense Evasion")
    #expect(matrix.resolve(try TechniqueID(known: "T1073")) == .active(try TechniqueID(known: "T1574.001")))
    let tag = AttackTag("defense_evasion", at: SourceSpan(SourcePosition(line: 1, column: 1)))
    #expect(matrix.coverage(of: [tag], in: SourceFile(path: "rule.yml")).findings.isEmpty)
  }

  @Test(
    .enabled(if: isShared("enterprise-v19.1.stix.json.gz"), "MITRE's bundle of 19.1 is not in \(sharedFolder)/attack"))
  func asksForTheVersionOfTheBundleOf19() throws {
    let bundle = try bytes(of: sharedFolder + "/attack/enterprise-v19.1.stix.json.gz")
    let error = try #require(throws: ImportError.self) { try importSTIX(bundle, version: nil) }
    #expect(error.message == missingVersion)
  }
}

private let missingVersion =
  "the bundle doesn't say which version of ATT&CK it is; name it, as in --version 19.1"
