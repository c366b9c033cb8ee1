import RuleModel
import TestSupport
import Testing

@testable import Analysis

@Suite struct AuthoringGuideTests {
  /// Rules 0 to 2 are asked about; 3 to 5 are others of the catalog.
  private let index: CatalogIndex
  private let guide: AuthoringGuide

  init() async throws {
    let notepad = test("Image", .endsWith, "\\notepad.exe")
    let rules = [
      rule("a", test("TargetImage", .endsWith, "\\lsass.exe"), test("Image", .eq, "a.exe"), .not(notepad)),
      rule("b", test("TargetImage", .endsWith, "\\LSASS.exe"), test("TargetImage", .eq, "x"), .not(notepad)),
      rule("c", test("Image", .eq, "A.EXE"), test(nil, .keyword, "mimikatz")),
      rule("d", test("Image", .eq, "a.exe"), .not(notepad)),
      rule("e", test("Image", .contains, "b")),
      rule("f", test("Image", .contains, "b")),
    ]
    index = try await catalogIndex(of: rules)
    guide = AuthoringGuide(of: [0, 1, 2], in: index, fields: counts(of: index))
  }

  @Test func putsFieldsFirstThatManyOfTheRulesTestAndFewOthers() {
    // 2 × 2/2, 1 × 1/1, and Image, which five of the six rules test: 2 × 2/5.
    #expect(
      guide.fields.map { "\($0.name ?? "-") \($0.rules) of \($0.catalog)" } == [
        "TargetImage 2 of 2", "- 1 of 1", "Image 2 of 5",
      ])
    #expect(
      guide.fields.map { $0.kinds.map { "\($0.kind.rawValue) \($0.rules)" } } == [
        ["ends_with 2", "eq 1"], ["keyword 1"], ["eq 2"],
      ])
    #expect(
      guide.fields.map { $0.values.map { "\($0.entry.test.value) \($0.rules) of \($0.catalog)" } } == [
        ["\\lsass.exe 2 of 2", "x 1 of 1"], ["mimikatz 1 of 1"], ["a.exe 2 of 3"],
      ])
  }

  @Test func keepsTestsThatHaveNoValueAmongTheCommonest() async throws {
    let rules = [
      rule("a", test("StartModule", .isNull, ""), test("Caps", .exists, "true")),
      rule("b", test("StartModule", .isNull, ""), test("StartModule", .eq, "")),
    ]
    let index = try await catalogIndex(of: rules)
    let kinds = [[TestKind.exists], [.isNull, .eq]]
    let guide = AuthoringGuide(of: [0, 1], in: index, fields: counts(of: index))
    #expect(Set(guide.fields.map { $0.values.map(\.entry.test.kind) }) == Set(kinds))
    let fields = EventFields(of: [0, 1], in: index, known: [])
    #expect(Set(fields.others.map { $0.commonest.map(\.entry.test.kind) }) == Set(kinds))
  }

  @Test func listsWhatTwoOfTheRulesShareWithTheRareFirst() {
    #expect(
      guide.indicators.map { "\($0.entry.comparedField ?? "-") \($0.entry.test.value) \($0.rules) of \($0.catalog)" }
        == [
          "TargetImage \\lsass.exe 2 of 2", "Image a.exe 2 of 3",
        ])
    #expect(
      guide.exclusions.map { "\($0.entry.test.value) \($0.rules) of \($0.catalog)" } == ["\\notepad.exe 2 of 3"])
  }

  @Test func countsARuleOnceForAFieldThatItTestsTwice() {
    let fields = counts(of: index)
    let byName = Dictionary(uniqueKeysWithValues: zip(fields.names, fields.ruleCounts))
    #expect(byName == ["TargetImage": 2, "Image": 5, nil: 1])
  }
}

private func counts(of index: CatalogIndex) -> FieldCounts {
  FieldCounts(
    of: fieldUses(indicators: index.indicators, exclusions: index.exclusions), in: index.indicators)
}
