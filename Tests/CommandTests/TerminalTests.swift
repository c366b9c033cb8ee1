import Glibc
import TestSupport
import Testing

@testable import Commands

/// What is said to whom: results, findings, progress, colour.
@Suite struct TerminalTests {
  private let folder = TemporaryFolder()

  init() {
    folder.keepSitesSmall()
    folder.write(smallRule("Rule").replacing("level: medium", with: "level: severe"), to: "rules/rule.yml")
  }

  /// What `ruledex build` writes to a terminal that is its standard error.
  private func errorsOnATerminal(_ environment: [String: String]) throws -> String {
    var (terminal, other): (Int32, Int32) = (-1, -1)
    try #require(openpty(&terminal, &other, nil, nil, nil) == 0)
    defer { close(terminal) }
    let program = try RunningProgram(
      builtProgram, ["build", "rules", "-o", "site"], in: folder.path, environment: environment,
      descriptors: [(own: other, its: STDERR_FILENO)])
    close(other)
    var (bytes, chunk): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 4096))
    // Ends when the program has closed its side.
    while case let count = read(terminal, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    #expect(program.wait() == 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let words =
    "the level 'severe' is unknown; write one of informational, low, medium, high, critical [rule-level]"

  @Test func showsProgressAndColourOnATerminal() throws {
    let errors = try errorsOnATerminal(["NO_COLOR": ""])
    #expect(
      errors.hasPrefix("\r\u{1B}[KReading rules …\r\u{1B}[KAnalyzing 1 rule …\r\u{1B}[KBuilding pages …\r\u{1B}[K"))
    #expect(errors.contains("rules/rule.yml:10:8\u{1B}[1;33m: warning: \u{1B}[0m\(TerminalTests.words)"))
  }

  /// https://no-color.org: “when present and not an empty string (regardless of its value)”.
  @Test(arguments: ["1", "0"])
  func leavesColourOutWhereNobodyWantsIt(value: String) throws {
    let errors = try errorsOnATerminal(["NO_COLOR": value])
    #expect(errors.contains("\r\u{1B}[KBuilding pages …"))
    #expect(errors.contains("rules/rule.yml:10:8: warning: \(TerminalTests.words)"))
    #expect(!errors.contains("\u{1B}[1;"))
  }

  @Test func keepsProgressAndColourOutOfFilesAndPipes() throws {
    let run = try ruledex("build", "rules", "-o", "site", in: folder.path, environment: ["NO_COLOR": ""])
    #expect(run.errors == "rules/rule.yml:10:8: warning: \(TerminalTests.words)\n")
    #expect(!run.output.contains("\u{1B}") && !run.output.contains("\r"))
    #expect(run.summary.count == 6)
  }

  @Test(arguments: [
    ("plain “text” – é", "plain “text” – é"), ("\u{1B}[31mred", "\\u{1B}[31mred"),
    ("a\nb\rc\td", "a\\u{A}b\\u{D}c\\u{9}d"),
    ("\u{202E}fdp", "\\u{202E}fdp"), ("\u{2028}\u{2029}\u{85}\u{7F}\u{0}", "\\u{2028}\\u{2029}\\u{85}\\u{7F}\\u{0}"),
    ("\u{200B}\u{FEFF}", "\\u{200B}\\u{FEFF}"), ("日本 😀", "日本 😀"),
  ])
  func showsWhatCouldSteerATerminalAsEscapes(text: String, shown: String) { #expect(Terminal.harmless(text) == shown) }
}
