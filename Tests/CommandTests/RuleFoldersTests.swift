import Testing

@testable import Commands

/// Which folders `ruledex init` names, by where rules lie: `path: rules` or `path: rules/retired ones`.
@Suite struct RuleFoldersTests {
  private func folders(_ files: [(path: String, rules: Int, retired: Int)]) -> RuleFolders {
    RuleFolders(
      of: files.map { file in
        RuleFile(
          folders: file.path.split(separator: "/").dropLast().map(String.init), rules: file.rules, retired: file.retired
        )
      })
  }

  @Test(
    arguments: [
      // Folders beside each other; others, of tests, and such as are retired by name or by what they hold.
      (
        ["rules/a.yml", "rules-hunting/x/a.yml", "deprecated/a.yml", "tests/a.yml", "old/r.yml", "docs/-.md", "-.md"],
        ["rules", "rules-hunting"], ["deprecated", "old", "tests"], []
      ),
      // Past a folder that holds more than rules, and not into one that is of rules.
      (["catalog/rules/sigma/a.yml", "catalog/knowledge/-.yml", "src/-.c"], ["catalog/rules"], [], []),
      (["rules/windows/a.yml", "rules/images/-.png"], ["rules"], [], []),
      (["content/windows/a.yml"], ["content"], [], []),
      (["security/detections/a.yml", "security/docs/-.md", "security/siem/b.yml"], ["security"], [], []),
      // Rules in the folder itself, or only folders of rules in it.
      (["a.yml", "linux/a.yml", "docs/-.md"], ["."], [], []),
      (["windows/a.yml", "linux/a.yml", "-.md"], ["."], [], []),
      // What lies below a root has to be excluded.
      (["rules/a.yml", "rules/x/Deprecated/a.yml"], ["rules"], ["rules/x/Deprecated"], ["Deprecated"]),
      (["a.yml", "deprecated/a.yml", "old/r.yml"], ["."], ["deprecated", "old"], ["/old", "deprecated"]),
      (["node_modules/m/a.yml", "rules/a.yml"], ["rules"], ["node_modules"], []),
      // Too many to name.
      ((0..<9).map { "f\($0)/a.yml" } + ["docs/-.md"], ["."], [], []),
      // Nothing else is there.
      (["tests/a.yml", "docs/-.md"], ["tests"], [], []), (["old/r.yml", "docs/-.md"], ["old"], [], []),
      (["docs/-.yml"], [], [], []), ([], [], [], []),
      // A letter whose first byte follows a slash.
      (["régles/a.yml", "\u{301}x/a.yml", "docs/-.md"], ["régles", "\u{301}x"], [], []),
    ] as [([String], [String], [String], [String])])
  func areFewAndHoldAllThatCounts(paths: [String], roots: [String], leftOut: [String], exclude: [String]) {
    let folders = folders(
      paths.map { path in
        // `a` and `b` hold a rule, `r` a retired one, `-` none.
        let isRule = !path.contains("-.")
        return (path, isRule ? 1 : 0, path.hasSuffix("r.yml") ? 1 : 0)
      })
    #expect(folders.roots.map(\.path) == roots)
    #expect(folders.leftOut.map(\.path) == leftOut)
    #expect(folders.exclude == exclude)
  }

  @Test func countsTheRulesOfEach() {
    let folders = folders([("rules/a.yml", 3, 0), ("rules/old/b.yml", 2, 2), ("tests/a.yml", 4, 0), ("x/a.yml", 5, 5)])
    #expect(folders.roots == [RuleFolders.Root(path: "rules", rules: 5)])
    #expect(
      folders.leftOut == [
        RuleFolders.LeftOut(path: "tests", rules: 4, reason: .tests),
        RuleFolders.LeftOut(path: "x", rules: 5, reason: .retiredByStatus),
      ])
    #expect(folders.rules == 5)
  }
}
