import Diagnostics
import DialectReading
import Reading
import RuleModel
import TestSupport
import Testing

/// Rules use what other files define by name, wherever these are in the folder that was given.
@Suite struct NamedCompanionTests {
  private let folder = TemporaryFolder()

  private func read(_ kept: inout KeptReadings, jobs: Int = 2) async -> RuleCollection {
    await readCatalog(
      CatalogRequest(
        roots: [CatalogRequest.Root(path: folder.path)], readers: DialectReaders([.sigma, .watchman()]), jobs: jobs),
      keeping: &kept)
  }

  /// The values that each rule looks for, by its title.
  private func values(_ collection: RuleCollection) -> [String: [String]] {
    var values: [String: [String]] = [:]
    for rule in collection.rules { rule.forEachTest { test, _ in values[rule.title, default: []].append(test.value) } }
    return values
  }

  private func values(_ kept: inout KeptReadings) async -> [String: [String]] {
    let again = await read(&kept)
    var new = KeptReadings()
    let first = await read(&new, jobs: 1)
    #expect(again.files == first.files && again.diagnostics == first.diagnostics)
    #expect(values(again) == values(first))
    return values(again)
  }

  @Test func areFoundAnywhereAndCounted() async {
    folder.write("rule Night\nsee zone in @vaults\n", to: "a/night.watch")
    folder.write("rule Plain\nsee zone in @gates\n", to: "b/plain.watch")
    folder.write("rule None\nsee zone in @missing\n", to: "none.watch")
    folder.write("group vaults\neast\nwest\ngroup gates\nnorth\n", to: "z/groups.watch")
    var kept = KeptReadings()
    let collection = await read(&kept)
    #expect(values(collection) == ["Night": ["east", "west"], "Plain": ["north"]])
    #expect(
      collection.files.map { "\($0.path) \($0.content)" } == [
        "a/night.watch rules", "b/plain.watch rules", "none.watch rules", "z/groups.watch companion",
      ])
  }

  @Test func makeTheirRulesNewWhenTheyChange() async {
    folder.write("rule Night\nsee zone in @vaults\n", to: "night.watch")
    folder.write("rule Day\nsee zone hall\n", to: "day.watch")
    folder.write("group vaults\neast\n", to: "groups.watch")
    var kept = KeptReadings()
    #expect(await values(&kept) == ["Night": ["east"], "Day": ["hall"]])
    let (version, rules) = (kept.version, await read(&kept).rules)
    #expect(kept.version == version)
    folder.write("group vaults\nwest\n", to: "groups.watch")
    #expect(await values(&kept) == ["Night": ["west"], "Day": ["hall"]])
    #expect(kept.version != version)
    let again = await read(&kept).rules
    #expect(again[0] === rules[0] && again[1] !== rules[1])
    folder.rename("groups.watch", to: "groups.old")
    #expect(await values(&kept) == ["Day": ["hall"]])
    folder.write("group vaults\nsouth\n", to: "new.watch")
    #expect(await values(&kept) == ["Night": ["south"], "Day": ["hall"]])
  }

  @Test func ofOneNameAreReportedAndTheNearestIsUsed() async {
    folder.write("rule Night\nsee zone in @vaults\n", to: "b/rules/night.watch")
    folder.write("rule Day\nsee zone in @vaults\n", to: "c/day.watch")
    folder.write("group vaults\neast\n", to: "a/groups.watch")
    folder.write("group vaults\nwest\n", to: "b/lists/groups.watch")
    folder.write("group vaults\neast\n", to: "z.watch")
    var kept = KeptReadings()
    let collection = await read(&kept)
    #expect(values(collection) == ["Night": ["west"], "Day": ["east"]])
    #expect(
      collection.diagnostics.map { $0.description(spelled: .published) } == [
        "b/lists/groups.watch:1:1: warning: the group 'vaults' is also defined differently in 'a/groups.watch', line 1; "
          + "each rule uses the nearest one, so rename or remove one of them [companion-duplicate]"
      ])
  }
}
