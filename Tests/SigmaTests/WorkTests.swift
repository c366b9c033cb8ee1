import Diagnostics
import Documents
import RuleModel
import Sigma
import Testing

/// How the work of reading grows with a file: counted in steps, never in seconds.
@Suite struct WorkTests {
  private func steps(of text: String, limits: ReadingLimits = .standard) throws -> (spent: Int, allowed: Int, Reading) {
    let bytes = Array(text.utf8)
    let work = WorkBudget(bytes: bytes.count, limits: limits)
    let reading = readSigma(
      try parseYAML(bytes), from: RuleSource(in: SourceFile(path: "x.yml", bytes: bytes)), limits: limits, work: work)
    return (work.spent, work.steps, reading)
  }

  private func rule(_ detection: [String], condition: String) -> String {
    "title: T\nlogsource: {product: x}\ndetection:\n" + detection.map { "  \($0)\n" }.joined()
      + "  condition: \(condition)\n"
  }

  private enum Kind: String, CaseIterable {
    case values, selections, documents, conditions, repeatedNames, repeatedPatterns, mergeKey, regexes, unknownModifiers
    case patternsOfNothing, patternsOfOne, patternsByEnds
  }

  private func text(_ kind: Kind, _ n: Int) -> String {
    let numbers = 0..<n
    switch kind {
    case .values: return rule(["s: {A: [\(numbers.map { "v\($0)" }.joined(separator: ", "))]}"], condition: "s")
    case .selections: return rule(numbers.map { "s\($0): {A: \($0)}" }, condition: "1 of s*")
    case .documents: return numbers.map { rule(["s: {A: \($0)}"], condition: "s") }.joined(separator: "---\n")
    case .conditions: return rule(["s: {A: 1}"], condition: "[\(numbers.map { _ in "s" }.joined(separator: ", "))]")
    case .repeatedNames: return rule(["s: {A: 1}"], condition: numbers.map { _ in "unknown" }.joined(separator: " or "))
    case .repeatedPatterns:
      return rule(["s: {A: 1}"], condition: numbers.map { _ in "1 of x*" }.joined(separator: " or "))
    case .mergeKey:
      return "base: &b {\(numbers.map { "k\($0): v" }.joined(separator: ", "))}\n"
        + rule(["s: {<<: *b, \(numbers.map { "j\($0): v" }.joined(separator: ", "))}"], condition: "s")
    case .patternsOfNothing:
      return rule(numbers.map { "s\($0): {A: 1}" }, condition: numbers.map { "1 of x\($0)*" }.joined(separator: " or "))
    case .patternsOfOne:
      return rule(
        numbers.map { "s\($0)_: {A: 1}" }, condition: numbers.map { "1 of s\($0)_*" }.joined(separator: " or "))
    case .patternsByEnds:
      return rule(
        numbers.map { "s\($0)_: {A: 1}" }, condition: numbers.map { "1 of *s*\($0)_" }.joined(separator: " or "))
    case .regexes:
      return rule(["s: {A|re: [\(numbers.map { "'a(b|c)\($0)'" }.joined(separator: ", "))]}"], condition: "s")
    case .unknownModifiers:
      return rule(["s: {\(numbers.map { "A\($0)|contians: x" }.joined(separator: ", "))}"], condition: "s")
    }
  }

  @Test(arguments: Kind.allCases.map(\.rawValue))
  func growsWithTheFile(name: String) throws {
    let kind = try #require(Kind(rawValue: name))
    let counts = try [200, 400, 800].map { try steps(of: text(kind, $0)).spent }
    #expect(counts[0] > 0 && counts[1] <= 9 * counts[0] / 4 && counts[2] <= 9 * counts[1] / 4, "\(counts)")
  }

  private enum Excess: String, CaseIterable {
    case unknownNames, patternsThatMatchNothing, starsInPatterns, globalDocuments, repeatedDocuments
  }

  /// What grows with the square of a file, as large as it must be to be stopped.
  private func text(_ excess: Excess) -> String {
    func names(_ n: Int) -> [String] { (0..<n).map { "selection_number_\($0): {A: \($0)}" } }
    switch excess {
    case .unknownNames:
      return rule(names(500), condition: (0..<500).map { "unknown_name_\($0)" }.joined(separator: " or "))
    case .patternsThatMatchNothing:
      return rule(names(2_000), condition: (0..<2_000).map { "1 of *x\($0)*" }.joined(separator: " or "))
    case .starsInPatterns:
      return rule(names(500), condition: (0..<500).map { "1 of *s*e*x\($0)*" }.joined(separator: " or "))
    case .globalDocuments:
      return "action: global\n" + rule(names(500), condition: "1 of s*")
        + (0..<500).map { "---\ntitle: T\($0)\n" }.joined()
    case .repeatedDocuments:
      return rule(names(1), condition: "1 of s*")
        + (0..<1_000).map { "---\naction: repeat\ndetection: {selection_x\($0): {A: 1}}\n" }.joined()
    }
  }

  /// The file costs one finding and its own rules.
  @Test(arguments: Excess.allCases.map(\.rawValue))
  func stopsWhatDoesNot(name: String) throws {
    var limits = ReadingLimits.standard
    // The base that each file has is made small by a smaller budget for its bytes only; this is what remains.
    limits.work = 1
    let (spent, allowed, reading) = try steps(of: text(try #require(Excess(rawValue: name))), limits: limits)
    #expect(spent > allowed && reading.content == .broken && reading.rules.isEmpty)
    #expect(
      reading.diagnostics.map(\.description) == [
        "x.yml: error: reading the file takes more than the \(allowed) steps that its size allows; "
          + "split it, or raise 'work' under 'limits' in ruledex.yml [work-limit]"
      ])
  }

  /// Each place is found by arithmetic once the text was held against the source.
  @Test func quotesNoMoreThan120CharactersOfAValue() throws {
    let long = String(repeating: "x", count: 900)
    let (_, _, reading) = try steps(
      of: "title: T\nlogsource: {product: x}\nlevel: \(long)\nstatus: \(long)\ndate: \(long)\ntags: [\(long)]\n"
        + "detection:\n  s: {A|\(long): 1, B|lt: \(long), C|cidr: \(long), D|re: '(\(long)', '\(long)': {a: b}}\n"
        + "  \(long): {A: 1}\n  condition: s and \(long)_ and 1 of \(long)y*\n")
    let messages = reading.rules.flatMap(\.findings).map(\.message)
    #expect(messages.count == 11)
    #expect(messages.allSatisfy { $0.utf8.count < 400 })
  }

  @Test(arguments: [
    ("sel_*", ["sel_a", "sel_b"]), ("*_a", ["sel_a", "a_a"]), ("sel*a", ["sel_a", "sela"]),
    ("s*", ["sel_a", "sel_b", "sela", "s"]),
    ("*", ["sel_a", "sel_b", "a_a", "sela", "s", "z"]), ("*l*", ["sel_a", "sel_b", "sela"]), ("s", ["s"]), ("ss*s", []),
    ("_*", ["_a", "_sel"]), ("*sel", []), ("zz*", []), ("a*", ["a_a"]),
  ])
  func findsTheNamesOfAPattern(pattern: String, names: [String]) throws {
    let all = ["sel_a", "_a", "sel_b", "a_a", "sela", "s", "z", "_sel"]
    let text = rule(all.map { "\($0): {A: 1}" }, condition: "1 of \(pattern)")
    let stages = try #require(try steps(of: text).2.rules.first).stages
    #expect(stages.dropFirst().map(\.name) == names)
  }
}
