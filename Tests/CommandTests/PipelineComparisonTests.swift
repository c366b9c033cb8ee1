import Documents
import TestSupport
import Testing

@testable import Commands

/// The comparison step of the pipelines that `ruledex init` writes, run as a host does: in a repository of two commits, of which the
/// second takes T1003's rule away.
@Suite struct PipelineComparisonTests {
  private let folder = TemporaryFolder()

  /// What the second commit says in its configuration, with the files that it adds for that.
  private struct Addition: CustomTestStringConvertible {
    var key: String
    var text: String
    var files: [String: String] = [:]

    var testDescription: String { key }
  }

  private static let additions = [
    Addition(key: "title", text: "title: New"),
    Addition(key: "paths", text: "", files: ["more/c.yml": smallRule("c", image: "\\c.exe")]),
    Addition(key: "include", text: "include: [\"*.yml\"]"),
    Addition(key: "exclude", text: "exclude: [drafts]"),
    Addition(key: "statuses", text: "statuses: [test]"),
    Addition(key: "base-url", text: "base-url: https://detections.example.com/"),
    Addition(key: "repository", text: "repository: https://git.example.com/{file}"),
    Addition(key: "output", text: "output: public"),
    Addition(key: "templates", text: "templates: look", files: ["look/style.css": "/* ours */"]),
    Addition(
      key: "attack", text: "attack: \(projectFolder)/catalog/knowledge/attack/enterprise-attack.json"),
    Addition(
      key: "events", text: "events: [maps/events.yml]",
      files: ["maps/events.yml": "providers: {Doorman: {events: {1: Door opened}}}\n"]),
    Addition(
      key: "fields", text: "fields: [maps/fields.yml]",
      files: [
        "maps/fields.yml":
          "classes: {doors: {logsources: [{product: doorman}], fields: {badge: {sigma: badge_id}}}}\n"
      ]),
    Addition(
      key: "telemetry", text: "telemetry: hosts/telemetry.yml",
      files: [
        "hosts/telemetry.yml": "sysmon: [sysmon.xml]\n",
        "hosts/sysmon.xml":
          "<Sysmon schemaversion=\"4.90\"><EventFiltering><ProcessCreate onmatch=\"exclude\"/></EventFiltering></Sysmon>",
      ]),
    Addition(key: "baseline", text: "baseline: [others]", files: ["others/x.yml": smallRule("x")]),
    Addition(key: "history", text: "history: [kept]", files: ["kept/.keep": ""]),
    Addition(key: "scope", text: "scope: {exclude: [TA0043]}"),
    Addition(key: "accepted", text: "accepted: [{technique: T1583, reason: We see no registrar}]"),
    Addition(key: "counted", text: "counted: [detection, hunt]"),
    Addition(key: "counted-disabled", text: "counted-disabled: true"),
    Addition(key: "pages", text: "pages: {techniques: covered}"),
    Addition(
      key: "notes", text: "notes: {fields: [runbook], techniques: notes/t, events: notes/e}",
      files: ["notes/t/T1059.md": "Look twice.\n", "notes/e/Microsoft-Windows-Sysmon.md": "On all hosts.\n"]),
    Addition(key: "limits", text: "limits: {tests: 100}"),
    Addition(key: "checks", text: "checks: {rule-author-missing: off}"),
  ]

  @Test func knowsEachKey() { #expect(Self.additions.map(\.key) == Configuration.keys) }

  @discardableResult
  private func git(_ arguments: String...) throws -> String {
    let run = try run(
      "git", ["-C", folder.path, "-c", "user.name=t", "-c", "user.email=t@example.com"] + arguments)
    try #require(run.code == 0, "\(arguments): \(run.errors)")
    return run.output.trimmingPrefix("\n").split(separator: "\n").first.map(String.init) ?? ""
  }

  /// - Parameter configuration: of the first commit; nil for none.
  /// - Returns: the first commit.
  private func commit(_ addition: Addition, onto configuration: String?) throws -> String {
    try git("init", "-q")
    folder.write(smallRule("a", more: "tags: [attack.t1059]"), to: "rules/a.yml")
    folder.write(smallRule("b", image: "\\b.exe", more: "tags: [attack.t1003]"), to: "rules/b.yml")
    if let configuration { folder.write(configuration, to: "ruledex.yml") }
    try git("add", "-A")
    try git("commit", "-qm", "before")
    let base = try git("rev-parse", "HEAD")
    try git("rm", "-q", "rules/b.yml")
    for (path, text) in addition.files { folder.write(text, to: path) }
    let paths = addition.key == "paths" ? "paths: [rules, more]\n" : "paths: [rules]\n"
    folder.write(paths + addition.text + "\n", to: "ruledex.yml")
    #expect(try run(builtProgram, ["init", "--pipeline", "github"], in: folder.path).code == 0)
    #expect(try run(builtProgram, ["init", "--pipeline", "gitlab"], in: folder.path).code == 0)
    try git("add", "-A")
    try git("commit", "-qm", "after")
    return base
  }

  /// The comparison's commands in a pipeline.
  private func script(_ path: String) throws -> String {
    let text = try #require(folder.read(path))
    let root = try #require(try parseYAML(Array(text.utf8)).first)
    let steps =
      root["jobs"]?["rules"]?["steps"]?.items.compactMap { $0["run"]?.text }
      ?? root["review"]?["script"]?.items.compactMap(\.text) ?? []
    return try #require(steps.first { $0.contains("ruledex diff") })
  }

  private func compare(_ path: String, from base: String) throws -> (run: ProgramRun, report: String) {
    let (work, home) = (folder.path, TemporaryFolder())
    try #require(try run("ln", ["-s", builtProgram, home("ruledex")]).code == 0)
    let path = try run(
      "bash", ["-eu", "-c", try script(path)], in: work,
      environment: [
        "BASE": base, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "GITHUB_WORKSPACE": work, "CI_PROJECT_DIR": work,
        "GITHUB_STEP_SUMMARY": "\(work)/changes.md", "HOME": home.path, "PATH": "\(home.path):/usr/bin:/bin",
      ])
    return (path, folder.read("changes.md") ?? "")
  }

  @Test(arguments: PipelineComparisonTests.additions)
  private func comparesWhateverTheConfigurationSays(addition: Addition) throws {
    let base = try commit(addition, onto: "paths: [rules]\n")
    let (run, report) = try compare(".github/workflows/ruledex.yml", from: base)
    #expect(run.code == 1, "\(run.errors)")
    #expect(run.errorLines == ["gate not met: lost-technique: 1 found: T1003"])
    #expect(report.contains("T1003"), "\(report)")
    #expect(try git("status", "--porcelain") == "?? changes.md")
  }

  /// The second commit brings the configuration, or fixes one that couldn't be used.
  @Test(arguments: [nil, "path: [rules]\n"])
  func comparesWithABaseThatHasNoConfigurationOfUse(configuration: String?) throws {
    let notes = try #require(Self.additions.last)
    let base = try commit(notes, onto: configuration)
    let (run, report) = try compare(".gitlab-ci.yml", from: base)
    #expect(run.code == 1, "\(run.errors)")
    #expect(run.errorLines == ["gate not met: lost-technique: 1 found: T1003"])
    #expect(report.contains("T1003"), "\(report)")
  }
}
