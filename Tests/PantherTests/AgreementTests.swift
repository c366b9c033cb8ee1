import Diagnostics
import DialectReading
import Documents
import Foundation
import RuleModel
import TestSupport
import Testing

/// The logic that was read from a rule says of the events of its own tests what the rule's author expects.
@Suite struct AgreementTests {
  private struct Counts {
    var agreeing = 0
    var undecided = 0
    var differing: [String] = []
  }

  @Test func agreesWithTheTestsOfTheExamples() throws {
    let counts = try compare(in: projectFolder + "/catalog/rules/panther")
    #expect(counts.differing.isEmpty)
    #expect(counts.agreeing >= 17)
  }

  /// With `RULEDEX_PANTHER` set to a folder of rules with their Python; see CONTRIBUTING.md.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["RULEDEX_PANTHER"] != nil))
  func agreesWithTheTestsOfACollection() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["RULEDEX_PANTHER"])
    let counts = try compare(in: folder)
    let decided = counts.agreeing + counts.differing.count
    print("agree \(counts.agreeing), differ \(counts.differing.count), undecided \(counts.undecided)")
    for difference in counts.differing.sorted() { print(difference) }
    #expect(decided > 0)
    #expect(Double(counts.agreeing) >= 0.97 * Double(decided))
  }

  private func compare(in folder: String) throws -> Counts {
    var files: [String: String] = [:]
    let walk = try #require(FileManager.default.enumerator(atPath: folder))
    for case let path as String in walk where path.hasSuffix(".yml") || path.hasSuffix(".py") {
      files[path] = try? String(contentsOfFile: folder + "/" + path, encoding: .utf8)
    }
    let panther = try PantherFolder(files: files)
    var counts = Counts()
    for (path, text) in files where path.hasSuffix(".yml") {
      let document = try SourceDocument(SourceFile(path: path, bytes: Array(text.utf8)))
      guard let node = document.nodes(as: .yaml).first, node["Tests"] != nil, node["Filename"] != nil,
        let rule = try? panther.rules(in: path).first
      else { continue }
      let isPolicy = node["PolicyID"] != nil
      // What a scheduled rule's query selects isn't in the results that its tests are about.
      let stages = rule.stages.filter { $0.language == .python }
      for test in node["Tests"]?.items ?? [] {
        guard let event = test["Log"] ?? test["Resource"], let expected = test["ExpectedResult"]?.boolean else {
          continue
        }
        let evaluation = EventEvaluation(
          stages: stages.count == rule.stages.count ? stages : withoutQuery(rule), event: event)
        switch evaluation.matches {
        case nil: counts.undecided += 1
        case .some(let matches) where matches == (expected != isPolicy): counts.agreeing += 1
        default: counts.differing.append("\(path): \(test["Name"]?.text ?? "")")
        }
      }
    }
    return counts
  }

  private func withoutQuery(_ rule: Rule) -> [Stage] {
    rule.stages.map { stage in
      var stage = stage
      if stage.form != .condition { stage.predicate = .all([]) }
      return stage
    }
  }
}
