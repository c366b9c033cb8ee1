import Reading
import TestSupport
import Testing

/// Folders of notes that are in each other, or in a folder of rules.
@Suite struct NoteFolderTests {
  private let folder = TemporaryFolder()

  /// What each folder has: the names of its notes with the paths that they are published by.
  private func read(_ paths: [String], rules: [String] = ["rules"]) -> [[String: String]] {
    let roots = rules.map { CatalogRequest.Root(path: folder($0)) }
    return NoteFolder.reading(paths.map { folder($0) }, beside: CatalogRequest(roots: roots, jobs: 1)).map {
      $0.notes.mapValues(\.file.source)
    }
  }

  @Test(arguments: [(["team", "team/on/events"], [0, 1]), (["team/on/events", "team"], [1, 0])])
  func givesAFileOneFolderAndOnePath(paths: [String], order: [Int]) {
    folder.write("On it.", to: "team/T1003.md")
    folder.write("On another.", to: "team/on/T1059.md")
    folder.write("On an event.", to: "team/on/events/Okta/1.md")
    let read = read(paths)
    #expect(
      order.map { read[$0] } == [
        ["T1003": "team/T1003.md", "on/T1059": "team/on/T1059.md"], ["Okta/1": "team/on/events/Okta/1.md"],
      ])
  }

  @Test func publishesNotesAmongRulesAsTheirFolderIs() {
    folder.write("On it.", to: "rules/docs/notes/T1003.md")
    #expect(read(["rules/docs/notes"]) == [["T1003": "docs/notes/T1003.md"]])
    #expect(read(["rules/docs/notes"], rules: ["more", "rules"]) == [["T1003": "rules/docs/notes/T1003.md"]])
  }

  @Test func leavesNotesOfRulesToTheRules() {
    folder.write("On it.", to: "team/T1003.md")
    folder.write("On a rule.", to: "team/rules/one.md")
    #expect(read(["team"], rules: ["team/rules"]) == [["T1003": "team/T1003.md"]])
  }

  @Test func readsAFolderTwiceThatIsGivenTwice() {
    folder.write("On it.", to: "team/T1003.md")
    #expect(read(["team", "team/../team"]) == [["T1003": "team/T1003.md"], ["T1003": "team/T1003.md"]])
    #expect(read(["teams"]) == [[:]])
  }
}
