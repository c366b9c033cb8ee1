import Glibc
import Reading
import RuleModel
import TestSupport
import Testing

/// Reading again costs no more than what changed, and finds the same as a first reading.
@Suite struct KeptReadingsTests {
  private let folder = TemporaryFolder()

  private func ruleText(_ title: String) -> String {
    "title: \(title)\nlogsource: {product: windows}\ndetection: {selection: {A: 1}, condition: selection}\n"
  }

  private func read(_ kept: inout KeptReadings) async -> RuleCollection {
    await readCatalog(CatalogRequest(roots: [CatalogRequest.Root(path: folder.path)], jobs: 2), keeping: &kept)
  }

  /// Reads again, and compares with a reading that keeps nothing.
  private func readsAnew(_ kept: inout KeptReadings) async -> (titles: [String], isNew: Bool) {
    let version = kept.version
    let again = await read(&kept)
    let first = await readCatalog(CatalogRequest(roots: [CatalogRequest.Root(path: folder.path)], jobs: 2))
    #expect(again.rules.map(\.title) == first.rules.map(\.title))
    #expect(again.rules.map(\.source.body) == first.rules.map(\.source.body))
    #expect(again.files == first.files)
    #expect(again.diagnostics == first.diagnostics)
    return (again.rules.map(\.title), kept.version != version)
  }

  @Test func isAnotherVersionOnlyWhereSomethingElseWasRead() async {
    folder.write(ruleText("One"), to: "one.yml")
    folder.write(ruleText("Two"), to: "sub/two.yml")
    folder.write("a: [\n", to: "broken.yml")
    folder.write("notes", to: "notes.txt")
    folder.makeLink("link.yml", to: "nowhere")
    var kept = KeptReadings()
    #expect(await readsAnew(&kept) == (["One", "Two"], true))
    #expect(await readsAnew(&kept) == (["One", "Two"], false))

    // Another file with the same text, and other times.
    folder.write(ruleText("One"), to: "one.new")
    folder.rename("one.new", to: "one.yml")
    utimes(folder("sub/two.yml"), nil)
    #expect(await readsAnew(&kept) == (["One", "Two"], false))

    folder.write(ruleText("2nd"), to: "one.yml")
    #expect(await readsAnew(&kept) == (["2nd", "Two"], true))
    // As long as before, and written at once.
    folder.write(ruleText("3rd"), to: "one.yml")
    #expect(await readsAnew(&kept) == (["3rd", "Two"], true))
    folder.write(ruleText("4th"), to: "one.yml")
    #expect(await readsAnew(&kept) == (["4th", "Two"], true))

    folder.write("a: [1\n", to: "broken.yml")
    #expect(await readsAnew(&kept).isNew)
    folder.write(ruleText("Mended"), to: "broken.yml")
    #expect(await readsAnew(&kept) == (["Mended", "4th", "Two"], true))
    folder.rename("sub/two.yml", to: "sub/renamed.yml")
    #expect(await readsAnew(&kept) == (["Mended", "4th", "Two"], true))
    folder.rename("sub/renamed.yml", to: ".hidden.yml")
    #expect(await readsAnew(&kept) == (["Mended", "4th"], true))
    folder.write("", to: "nowhere")
    #expect(await readsAnew(&kept).isNew)
    #expect(await readsAnew(&kept) == (["Mended", "4th"], false))
  }

  @Test func seesAChangeThatKeepsLengthAndTimes() async {
    folder.write(ruleText("One"), to: "one.yml")
    let old = timespec(tv_sec: 1_000_000_000, tv_nsec: 0)
    utimensat(AT_FDCWD, folder("one.yml"), [old, old], 0)
    var kept = KeptReadings()
    #expect(await readsAnew(&kept).titles == ["One"])
    folder.write(ruleText("Two"), to: "one.yml")
    utimensat(AT_FDCWD, folder("one.yml"), [old, old], 0)
    #expect(await readsAnew(&kept) == (["Two"], true))
  }

  /// What is known of a rule by itself is kept with the object.
  @Test func keepsTheRulesOfFilesThatAreTheSame() async {
    for name in ["one", "two", "three"] { folder.write(ruleText(name), to: "\(name).yml") }
    usleep(30_000)
    var kept = KeptReadings()
    let first = await read(&kept).rules
    folder.write(ruleText("2nd"), to: "two.yml")
    folder.write(ruleText("new"), to: "a.yml")
    let second = await read(&kept).rules
    #expect(second.map(\.title) == ["new", "one", "three", "2nd"])
    #expect(second[1] === first[0] && second[2] === first[1] && second[3] !== first[2])
    // A note is part of its rule.
    folder.write("Call the owner.", to: "one.md")
    let third = await read(&kept).rules
    #expect(third[1] !== second[1] && third[1].notes.count == 1 && third[2] === second[2])
    // The key is another one where another rule comes to share it.
    folder.write(ruleText("twin"), to: "deeper/three.yml")
    let fourth = await read(&kept).rules
    #expect(fourth.map(\.title) == ["new", "one", "twin", "three", "2nd"] || fourth.count == 5)
    #expect(Set(fourth.map(\.key)).count == 5 && !fourth.contains { $0 === third[2] })
  }

  @Test func listsTheFoldersThatWereLookedInto() async {
    folder.write(ruleText("One"), to: "a/b/one.yml")
    folder.makeFolder("empty")
    folder.makeFolder(".git")
    var kept = KeptReadings()
    let folders = await read(&kept).folders.map(\.text)
    #expect(folders.sorted() == ["", "/a", "/a/b", "/empty"].map { folder.path + $0 })
  }
}
