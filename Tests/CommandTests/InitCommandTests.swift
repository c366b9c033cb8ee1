import Diagnostics
import Documents
import Glibc
import Telemetry
import TestSupport
import Testing

@testable import Commands

/// `ruledex init`, and the other commands with what it writes.
@Suite struct InitCommandTests {
  private let folder = TemporaryFolder()

  private func initialise(_ arguments: String...) throws -> ProgramRun {
    try run(builtProgram, ["init"] + arguments, in: folder.path)
  }

  /// The diagnostics of a configuration in this folder.
  private func faults(_ text: String) -> [String] {
    do throws(ConfigurationError) {
      _ = try Configuration(parsing: Array(text.utf8), path: "ruledex.yml", folder: "")
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }

  /// A text with each of its commented keys set, alone, by key.
  private func uncommented(_ text: String) -> [(key: String, text: String)] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.indices.compactMap { index in
      guard let key = lines[index].firstMatch(of: /^#([a-z-]+):/)?.1 else { return nil }
      var changed = lines
      changed[index].removeFirst()
      return (String(key), changed.joined(separator: "\n"))
    }
  }

  private func keys(_ text: String) throws -> [String] {
    try parseYAML(Array(text.utf8)).first?.entries.compactMap(\.0.text) ?? []
  }

  @Test func writesAConfigurationThatNamesEachKey() throws {
    folder.write(smallRule("a"), to: "rules/windows/a.yml")
    let result = try initialise()
    #expect(result.code == 0)
    #expect(result.errors == "")
    #expect(result.output.hasPrefix("1 rule in rules\n"))
    let text = try #require(folder.read("ruledex.yml"))
    #expect(faults(text) == [])
    #expect(try keys(text) == ["title", "paths"])
    let commented = uncommented(text)
    #expect(Set(commented.map(\.key)).union(["title", "paths"]) == Set(Configuration.keys))
    for (key, text) in commented { #expect(faults(text) == [], "\(key)") }
  }

  @Test func writesATelemetryFileThatNamesEachKeyAndClaimsNothing() throws {
    folder.write(smallRule("a"), to: "rules/a.yml")
    folder.write(smallRule("b"), to: "rules/b.yml")
    folder.write(smallRule("c", product: "linux"), to: "rules/c.yml")
    folder.write(smallRule("d", product: "doorman"), to: "rules/d.yml")
    #expect(try initialise().code == 0)
    let text = try #require(folder.read("telemetry.yml"))
    let (file, diagnostics) = TelemetryFile.parse(Array(text.utf8), of: SourceFile(path: "telemetry.yml"))
    #expect(diagnostics == [])
    #expect(file == TelemetryFile())
    let commented = uncommented(text)
    #expect(Set(commented.map(\.key)).union(["collected"]) == Set(TelemetrySource.Kind.allCases.map(\.rawValue)))
    for (key, text) in commented {
      #expect(TelemetryFile.parse(Array(text.utf8), of: SourceFile(path: "telemetry.yml")).diagnostics == [], "\(key)")
    }
    // What the rules ask for, most first; ready to be taken into use.
    let wanted = text.split(separator: "\n").filter { $0.hasPrefix("#  - logsource:") }.map(String.init)
    #expect(
      wanted == [
        "#  - logsource: {product: windows, category: process_creation}  # 2 rules",
        "#  - logsource: {product: linux, category: process_creation}  # 1 rule",
      ])
    let used = text.replacing("#  - ", with: "  - ").replacing("#    ", with: "    ")
    let (all, faults) = TelemetryFile.parse(Array(used.utf8), of: SourceFile(path: "telemetry.yml"))
    #expect(faults == [])
    #expect(all.statements.count == 3)
  }

  /// As a new user would.
  @Test func isFollowedByTheOtherCommands() throws {
    folder.write(smallRule("a", more: "tags: [attack.t1059]"), to: "rules/a.yml")
    folder.write(smallRule("b"), to: "deprecated/b.yml")
    #expect(try initialise().code == 0)
    let build = try ruledex("build", in: folder.path)
    #expect(build.code == 0 && build.errors == "")
    #expect(build.summary.first == "1 rule: Sigma 1")
    let coverage = try ruledex("coverage", in: folder.path)
    #expect(coverage.code == 0 && coverage.errors == "")
    // Nothing is said to be blind while nobody said what is collected.
    let gaps = try ruledex("gaps", in: folder.path)
    #expect(gaps.code == 0 && gaps.errors == "")
    #expect(!gaps.output.contains("blind rules only"))
    // Set too early, it is told.
    let early = try ruledex("gaps", "--telemetry", "telemetry.yml", in: folder.path)
    #expect(
      early.errorLines == [
        "telemetry.yml: warning: it lists nothing as collected, so all rules are blind; list what is collected under 'collected' [telemetry]"
      ])
  }

  @Test func excludesWhatItLeavesOut() throws {
    folder.write(smallRule("a"), to: "rules/a.yml")
    folder.write(smallRule("b"), to: "rules/windows/deprecated/b.yml")
    folder.write(smallRule("c"), to: "tests/c.yml")
    let result = try initialise()
    #expect(result.output.contains("\nleft out: rules/windows/deprecated, 1 rule, retired, as its name says\n"))
    #expect(result.output.contains("\nleft out: tests, 1 rule, of tests, as its name says\n"))
    let text = try #require(folder.read("ruledex.yml"))
    #expect(text.contains("\nexclude: [deprecated]\n"))
    #expect(text.contains("\n# Left out:\n#   rules/windows/deprecated: 1 rule, retired, as its name says\n"))
    #expect(try ruledex("coverage", in: folder.path).output.hasSuffix(" by 0 of 1 rules\n"))
  }

  @Test func namesFilesOfCollectorsWithTheirFaults() throws {
    folder.write(smallRule("a"), to: "rules/a.yml")
    folder.write(
      "<Sysmon schemaversion=\"4.50\"><EventFiltering><ProcessCreate onmatch=\"exclude\"/></EventFiltering></Sysmon>",
      to: "hosts/sysmon: all #1.xml")
    folder.write("<Subscription/>", to: "hosts/old.xml")
    folder.write("-w /etc/passwd -p wa\n", to: "hosts/audit.rules")
    folder.write("<project/>", to: "pom.xml")
    let result = try initialise()
    #expect(result.code == 0)
    #expect(
      result.output.contains("\n1 file of sysmon, named in telemetry.yml\n1 file of auditd, named in telemetry.yml\n"))
    let text = try #require(folder.read("telemetry.yml"))
    let (file, diagnostics) = TelemetryFile.parse(Array(text.utf8), of: SourceFile(path: "telemetry.yml"))
    #expect(diagnostics == [])
    #expect(file.references.map(\.path) == ["hosts/sysmon: all #1.xml", "hosts/audit.rules"])
    #expect(text.contains("\n# Found, and not usable as they are:\n#   wef, hosts/old.xml:1:"))
    // Now that something is known, it counts.
    #expect(try keys(try #require(folder.read("ruledex.yml"))) == ["title", "paths", "telemetry"])
    let coverage = try ruledex("coverage", in: folder.path)
    #expect(coverage.code == 0 && coverage.errors == "")
    #expect(coverage.output.contains(" run ("))
  }

  @Test(arguments: [
    "a b", "a: b", "a #b", "#a", "it's", "\"q\"", "[x]", "{x: 1}", "*", "&a", "!t", "- a", "yes", "1.5", "~", "a, b",
    "%a",
    "Regeln für 日本", "@title@", "$(id)",
  ])
  func quotesNamesOfFolders(name: String) throws {
    folder.write(smallRule("a"), to: "\(name)/a.yml")
    folder.write(smallRule("b"), to: "content/\(name)/x/b.yml")
    folder.write("none", to: "content/docs/a.md")
    folder.write("none", to: "docs/a.md")
    #expect(try initialise().code == 0)
    let text = try #require(folder.read("ruledex.yml"))
    let roots = try Configuration(parsing: Array(text.utf8), path: "ruledex.yml", folder: "").paths
    #expect(Set(roots.map(\.path)) == [name, "content/\(name)"])
    // Their last parts are the same, and would not tell them apart.
    #expect(Set(roots.map(\.name)) == [name, "content/\(name)"])
  }

  /// The configuration takes no name that a reader can't see.
  @Test(arguments: ["a\nb", "\u{202E}x", "\u{7}"])
  func namesTheFolderAboveWhereANameCannotBeShown(name: String) throws {
    folder.write(smallRule("a"), to: "\(name)/a.yml")
    folder.write("none", to: "docs/a.md")
    #expect(try initialise().code == 0)
    let text = try #require(folder.read("ruledex.yml"))
    #expect(faults(text) == [])
    #expect(text.contains("\n#   .: 1 rule\npaths:\n  - \(yamlScalar("."))\n"))
  }

  @Test func neverReplacesAFileUnasked() throws {
    folder.write(smallRule("a"), to: "rules/a.yml")
    folder.write("mine", to: "telemetry.yml")
    let refused = try initialise("--pipeline", "gitlab")
    #expect(refused.code == 2)
    #expect(refused.output == "")
    #expect(
      refused.errorLines == [
        "telemetry.yml: error: the file is there already, and nothing was written; use --force to replace it [output]"
      ])
    #expect(folder.names() == ["rules", "telemetry.yml"])
    #expect(folder.read("telemetry.yml") == "mine")
    #expect(try initialise("--pipeline", "gitlab", "--force").code == 0)
    #expect(folder.names() == [".gitlab-ci.yml", "ruledex.yml", "rules", "telemetry.yml"])
    #expect(folder.read("telemetry.yml")?.hasPrefix("# What is really collected") == true)
  }

  @Test func leavesNothingBehindWhereItCannotWrite() throws {
    folder.write(smallRule("a"), to: "rules/a.yml")
    folder.write("", to: ".github")
    let result = try initialise("--pipeline", "github")
    #expect(result.code == 2)
    #expect(
      result.errorLines == [
        ".github/workflows/ruledex.yml: error: not a directory; check the folder and its permissions [output]"
      ])
    #expect(folder.names() == [".github", "rules"])
  }

  @Test func saysWhatToDoWhereThereAreNoRules() throws {
    folder.makeFolder("empty")
    let empty = try initialise("empty")
    #expect(empty.code == 2)
    #expect(
      empty.errorLines == [
        "empty: error: no rule was found there; name the folder of your Sigma, Elastic, Kusto, Splunk, YARA-L or Panther rules, or put the first into a folder 'rules' [file-unreadable]"
      ])
    #expect(folder.names(in: "empty") == [])
    #expect(
      try initialise("missing").errorLines == [
        "missing: error: there is no such folder; check the path [file-unreadable]"
      ])
    #expect(try initialise("--pipeline", "jenkins").code == 2)
  }

  @Test func worksOnAnotherFolder() throws {
    folder.write(smallRule("a"), to: "ours/rules/a.yml")
    let result = try initialise("ours")
    #expect(result.code == 0)
    #expect(result.output.contains("\n  cd ours\n"))
    #expect(folder.names(in: "ours") == ["ruledex.yml", "rules", "telemetry.yml"])
  }

  // MARK: Pipelines

  @Test(arguments: [("github", ".github/workflows/ruledex.yml"), ("gitlab", ".gitlab-ci.yml")])
  func writesAPipelineWithOneThingToSet(host: String, path: String) throws {
    folder.write(smallRule("a"), to: "rules/a.yml")
    let result = try initialise("--pipeline", host)
    #expect(result.code == 0)
    #expect(result.output.hasSuffix("\n  set RULEDEX_URL at the head of \(path)\n"))
    let text = try #require(folder.read(path))
    let root = try #require(try parseYAML(Array(text.utf8)).first)
    #expect(root[host == "github" ? "env" : "variables"]?["RULEDEX_URL"]?.text == "")
    #expect(text.components(of: "RULEDEX_URL: ") == 2)
    #expect(!text.contains(/@[a-z]+@/))
    // Every command in it is one that there is.
    let command = #/[ (]ruledex ([a-z]+) /#
    let commands = Set(text.matches(of: command).map { String($0.1) })
    #expect(commands == ["lint", "build", "badge", "diff", "coverage", "gaps"])
    let packages = try #require(text.firstMatch(of: /apt-get install -y -qq --no-install-recommends ([a-z0-9 -]+)\n/))
    #expect(packages.1.split(separator: " ").map(String.init) == SetupFiles.packages)
  }

  @Test func addsOnlyThePipelineWhereThereIsAConfiguration() throws {
    folder.write("paths: [rules]\ntitle: Ours\n", to: "ruledex.yml")
    let result = try initialise("--pipeline", "gitlab")
    #expect(result.code == 0 && result.errors == "")
    #expect(result.output == "wrote .gitlab-ci.yml\n\nNext:\n  set RULEDEX_URL at the head of .gitlab-ci.yml\n")
    #expect(folder.names() == [".gitlab-ci.yml", "ruledex.yml"])
    #expect(folder.read("ruledex.yml") == "paths: [rules]\ntitle: Ours\n")
    let again = try initialise("--pipeline", "gitlab")
    #expect(again.code == 2 && again.errors.hasPrefix(".gitlab-ci.yml: error: the file is there already"))
    #expect(try initialise("--pipeline", "gitlab", "--force").code == 0)
    #expect(folder.read("ruledex.yml") == "paths: [rules]\ntitle: Ours\n")
  }

  /// Hosts look nowhere else.
  @Test func putsAPipelineIntoTheRepositorysRootOnly() throws {
    folder.write(smallRule("a"), to: "ours/rules/a.yml")
    folder.makeFolder(".git")
    let result = try initialise("ours", "--pipeline", "github")
    #expect(result.code == 2)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.contains("ours: error: a pipeline belongs in the repository's root, '"))
    #expect(folder.names(in: "ours") == ["rules"])
    #expect(try initialise("--pipeline", "github").code == 0)
  }
}

extension String {
  /// How many parts a separator leaves.
  fileprivate func components(of separator: String) -> Int { ranges(of: separator).count + 1 }
}
