import Attack
import Diagnostics
import RuleModel
import TestSupport
import Testing

@testable import Analysis

@Suite struct TechniqueCoverageTests {
  /// Two tactics; T1003 has two sub-techniques, T1059 none; T1002 was replaced by T1003.001, T1043 by nothing.
  private let matrix: AttackMatrix

  init() throws {
    matrix = try AttackMatrix(
      parsing: Array(
        """
        {"format": 1, "domain": "enterprise-attack", "version": "1.0", "notice": "n",
         "tactics": [{"id": "TA0002", "name": "Execution", "shortname": "execution"},
                     {"id": "TA0006", "name": "Credential Access", "shortname": "credential-access"}],
         "techniques": [
          {"id": "T1002", "name": "Old", "revokedBy": "T1003.001"},
          {"id": "T1003", "name": "Dumping", "tactics": "TA0006", "platforms": ["Windows"]},
          {"id": "T1003.001", "name": "LSASS", "tactics": "TA0006", "platforms": ["Windows"]},
          {"id": "T1003.002", "name": "SAM", "tactics": "TA0006", "platforms": ["Windows"]},
          {"id": "T1043", "name": "Gone", "deprecated": true},
          {"id": "T1059", "name": "Interpreter", "tactics": "TA0002 TA0006", "platforms": ["Linux"]}],
         "groups": [], "campaigns": [], "software": [], "dataComponents": [], "logSources": [], "strategies": []}
        """.utf8))
  }

  @Test func countsNoRuleThatCanNeverMatch() {
    let rules = ["a", "b"].map { slug in
      let rule = rule(slug).with {
        $0.attackTags = [AttackTag("t1059", at: SourceSpan(SourcePosition(line: 1, column: 1)))]
      }
      return rule
    }
    let coverage = TechniqueCoverage(
      of: RuleColumn(rules),
      attack: RuleColumn(rules).mapValues { matrix.coverage(of: $0.attackTags, in: SourceFile(path: "r.yml")) },
      matrix: matrix, neverMatching: [1])
    #expect(coverage.isCounted == [true, false])
    #expect(matrix.index(of: TechniqueID("T1059")!).map { coverage.techniques[$0].counted } == 1)
  }

  private func coverage(
    _ tags: [[String]], change: (inout RuleDraft, Int) -> Void = { _, _ in }
  ) -> TechniqueCoverage {
    let rules = tags.enumerated().map { number, tags in
      let rule = rule("r\(number)").with {
        $0.attackTags = tags.map { AttackTag($0, at: SourceSpan(SourcePosition(line: 1, column: 1))) }
        change(&$0, number)
      }
      return rule
    }
    return TechniqueCoverage(
      of: RuleColumn(rules),
      attack: RuleColumn(rules).mapValues { matrix.coverage(of: $0.attackTags, in: $0.source.file) }, matrix: matrix)
  }

  private func entry(_ id: String, _ coverage: TechniqueCoverage) throws -> TechniqueCoverage.Entry {
    let technique = try #require(TechniqueID(id))
    return coverage.techniques[try #require(matrix.index(of: technique))]
  }

  @Test func countsSubtechniquesForTheirTechniqueAndNeverTheOtherWayRound() throws {
    let coverage = coverage([["t1003"], ["t1003.001", "t1003.002"], ["t1003", "t1003.001"], ["t1059"]])
    #expect(try entry("T1003", coverage) == .init(own: [0, 2], all: [0, 1, 2], ownCounted: 2, counted: 3))
    #expect(try entry("T1003.001", coverage) == .init(own: [1, 2], all: [1, 2], ownCounted: 2, counted: 2))
    #expect(try entry("T1003.002", coverage) == .init(own: [1], all: [1], ownCounted: 1, counted: 1))
    #expect(try entry("T1059", coverage).all == [3])
  }

  @Test func leavesOutOfTheCountWhatIsRetiredOrNoDetection() throws {
    let coverage = coverage([["t1003"], ["t1003.001"], ["t1003.001"], ["t1003.002"]]) { rule, number in
      if number == 0 { rule.status = .deprecated }
      if number == 1 { rule.status = .stable }
      if number == 2 { rule.body = .correlation(nil) }
      if number == 3 { rule.status = .unsupported }
    }
    #expect(try entry("T1003", coverage) == .init(own: [0], all: [0, 1, 2, 3], ownCounted: 0, counted: 1))
    #expect(coverage.isCounted == [false, true, false, false])
    #expect(try entry("T1003.002", coverage).isCovered == false)
    #expect(coverage.total == .init(covered: 2, total: 4))
  }

  @Test func countsARevokedIdForItsReplacementAndKeepsWhoNamesIt() throws {
    let coverage = coverage([["t1002"], ["t1002", "t1003.001"], ["t1043"]])
    #expect(try entry("T1003.001", coverage).own == [0, 1])
    #expect(try entry("T1003", coverage) == .init(own: [], all: [0, 1], ownCounted: 0, counted: 2))
    #expect(try entry("T1002", coverage) == .init())
    let named = try ["T1002", "T1043"].map { coverage.naming[try #require(TechniqueID($0))] }
    #expect(named == [[0, 1], [2]])
  }

  @Test func sharesATacticsTechniquesOutIntoCoveredOnesAndOthers() {
    let coverage = coverage([["t1003.001"], ["t1059"], ["execution"], ["credential-access", "t1059"]])
    #expect(
      coverage.tactics == [
        .init(
          techniques: .init(covered: 1, total: 1), subtechniques: .init(), rules: [1, 3], unspecific: [2]),
        .init(
          techniques: .init(covered: 2, total: 2), subtechniques: .init(covered: 1, total: 2), rules: [0, 1, 3],
          unspecific: []),
      ])
  }
}
