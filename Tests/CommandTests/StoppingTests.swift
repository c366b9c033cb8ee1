import TestSupport
import Testing

/// A warning stops nothing; what stops a command is an error, and is said.
@Suite struct StoppingTests {
  private let folder = TemporaryFolder()

  init() { folder.write(smallRule("Rule"), to: "rules/rule.yml") }

  private static let said =
    "warning: the text has a bidirectional control, which is shown as an escape; remove it unless it belongs there "
    + "[bidirectional-control]"

  @Test(arguments: [
    ("ruledex.yml", "title: \"a\\u202Eb\"\npages: {techniques: covered}\n", "1:8"),
    ("events.yml", "providers:\n  Door:\n    title: \"a\\u202Eb\"\n    events: {x: y}\n", "3:12"),
    ("fields.yml", "schemas:\n  door: {title: \"a\\u202Eb\"}\n", "2:17"),
    ("telemetry.yml", "collected:\n  - provider: Microsoft-Windows-Sysmon # \u{202E}\n", "2:42"),
  ])
  func goesOnAfterAWarning(file: String, text: String, place: String) throws {
    folder.write(
      "events: [events.yml]\nfields: [fields.yml]\ntelemetry: telemetry.yml\npages: {techniques: covered}\n",
      to: "ruledex.yml")
    folder.write("providers: {Door: {title: Door}}\n", to: "events.yml")
    folder.write("schemas: {door: {title: Door}}\n", to: "fields.yml")
    folder.write("collected: [{provider: Microsoft-Windows-Sysmon}]\n", to: "telemetry.yml")
    folder.write(text, to: file)
    let build = try ruledex("build", "rules", "-o", "site", in: folder.path)
    #expect(build.code == 0)
    #expect(build.errorLines == ["\(file):\(place): \(StoppingTests.said)"])
    #expect(try SiteFolder(folder("site")).faults == [])
  }

  @Test func warnsOfBytesInTheConfigurationThatArentText() throws {
    folder.write(Array("pages: {techniques: covered}\ntitle: ".utf8) + [0xFF, 0x0A], to: "ruledex.yml")
    let build = try ruledex("build", "rules", "-o", "site", in: folder.path)
    #expect(build.code == 0)
    #expect(
      build.errorLines == [
        "ruledex.yml:2:8: warning: a byte sequence isn't UTF-8 and will show as U+FFFD; save the file as UTF-8 [not-utf8]"
      ])
  }

  /// An error beside the warning says why.
  @Test func stopsForAnErrorAndSaysBoth() throws {
    folder.write("titel: \"a\\u202Eb\"\n", to: "ruledex.yml")
    let build = try ruledex("build", "rules", "-o", "site", in: folder.path)
    #expect(build.code == 2)
    #expect(
      build.errorLines == [
        "ruledex.yml:1:1: error: unknown key 'titel'; did you mean 'title'? [configuration]",
        "ruledex.yml:1:8: \(StoppingTests.said)",
      ])
  }

  @Test func saysThatAFileCannotBeRead() throws {
    let gaps = try ruledex("gaps", "rules", "--telemetry", "/proc/self/mem", in: folder.path)
    #expect(gaps.code == 2)
    #expect(gaps.errorLines == ["/proc/self/mem: error: input/output error; check the path [file-unreadable]"])
  }

  // MARK: Sites among the rules

  private static let note =
    "note: the folder is a site that ruledex made, and isn't read; remove its .ruledex-manifest.json if it holds rules of your "
    + "own [site-folder]"

  @Test func leavesASiteOfOursOutAndSaysSo() throws {
    folder.keepSitesSmall()
    #expect(try ruledex("build", "rules", "-o", "rules/site", in: folder.path).code == 0)
    let lint = try ruledex("lint", "rules", in: folder.path)
    #expect(lint.code == 0)
    #expect(
      lint.errorLines == ["rules/site: \(StoppingTests.note)", "0 errors, 0 warnings, 0 notes in 1 file of rules"])
    // The site doesn't depend on whether it is there.
    let check = try ruledex("build", "rules", "-o", "rules/site", "--check", in: folder.path)
    #expect(check.code == 0)
    #expect(check.errorLines == ["rules/site: \(StoppingTests.note)"])
    let none = try ruledex("lint", "rules/site", in: folder.path)
    #expect(none.code == 2)
    #expect(
      none.errorLines.first
        == "rules/site: error: no rule was found there; name a folder or a file of Sigma, Elastic, Kusto, Splunk, YARA-L or Panther rules [file-unreadable]"
    )
    #expect(none.errorLines.dropFirst().first == "rules/site: \(StoppingTests.note)")
  }

  @Test(arguments: ["", "{}", "{\"format\": 1, \"files\": [\n\"../x\"\n]}\n", "anything"])
  func readsAFolderWhoseManifestIsntOurs(manifest: String) throws {
    folder.write(smallRule("Other", image: "\\other.exe"), to: "rules/a/other.yml")
    folder.write(manifest, to: "rules/a/.ruledex-manifest.json")
    folder.allowBareRules()
    let lint = try ruledex("lint", "rules", in: folder.path)
    #expect(lint.errorLines == ["0 errors, 0 warnings, 0 notes in 2 files of rules"])
  }
}
