import TestSupport
import Testing

/// The same rules give the same bytes, whoever builds them, where, and how.
@Suite struct ReproducibilityTests {
  /// One way to build the example's rules, which must make no difference.
  struct Circumstances: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var arguments = ["rules"]
    var environment: [String: String] = [:]
    var writesBackwards = false
    /// Whether the path is given from the disk's root.
    var isAbsolute = false
  }

  private static let standard = Result { try build(Circumstances(testDescription: "standard")) }

  @Test(arguments: [
    Circumstances(testDescription: "again, in another folder"),
    Circumstances(testDescription: "one thread", arguments: ["rules", "--jobs", "1"]),
    Circumstances(testDescription: "four threads", arguments: ["rules", "--jobs", "4"]),
    Circumstances(testDescription: "files written in another order", writesBackwards: true),
    Circumstances(
      testDescription: "another language and time zone",
      environment: ["LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo", "HOME": "/nonexistent"]),
    Circumstances(testDescription: "the path given with a slash", arguments: ["./rules/"]),
    Circumstances(testDescription: "the path given whole", isAbsolute: true),
  ])
  func givesTheSameBytes(circumstances: Circumstances) throws {
    let (expected, site) = (try ReproducibilityTests.standard.get(), try ReproducibilityTests.build(circumstances))
    #expect(expected.keys.sorted() == site.keys.sorted())
    #expect(expected.filter { site[$0.key] != $0.value }.keys.sorted() == [])
  }

  private static func build(_ circumstances: Circumstances) throws -> [String: [UInt8]] {
    let folder = TemporaryFolder()
    folder.keepSitesSmall()
    let rules = TemporaryFolder.contents(of: projectFolder + "/catalog/rules").sorted { $0.key < $1.key }
    for (path, bytes) in circumstances.writesBackwards ? rules.reversed() : rules {
      folder.write(bytes, to: "rules/" + path)
    }
    let arguments = circumstances.isAbsolute ? [folder("rules")] : circumstances.arguments
    let run = try run(
      builtProgram, ["build"] + arguments + ["-o", "site"], in: folder.path, environment: circumstances.environment)
    try #require(run.code == 0)
    return folder.contents(of: "site")
  }
}
