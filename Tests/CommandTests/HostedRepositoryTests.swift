import TestSupport
import Testing

@testable import Commands

/// The address of rules' files that `ruledex init` proposes.
@Suite struct HostedRepositoryTests {
  private let folder = TemporaryFolder()

  private func git(_ arguments: String...) throws {
    let run = try run(
      "git", ["-C", folder.path, "-c", "user.name=t", "-c", "user.email=t@example.com"] + arguments)
    try #require(run.code == 0, "\(run.errors)")
  }

  /// The addresses that `git clone` takes (git-clone(1), “Git URLs”). What is a secret, or of another protocol, isn't in the page's.
  @Test(arguments: [
    ("https://github.com/team/detections.git", "https://github.com/team/detections"),
    ("https://user:secret@git.example.com:8443/a/b/c.git/", "https://git.example.com:8443/a/b/c"),
    ("http://git.example.com/a/b", "http://git.example.com/a/b"),
    ("git@github.com:team/detections.git", "https://github.com/team/detections"),
    ("git.example.com:a/b", "https://git.example.com/a/b"),
    ("ssh://git@git.example.com:2222/a/b.git", "https://git.example.com/a/b"),
    ("git://git.example.com/a/b.git", "https://git.example.com/a/b"),
    ("git@ssh.dev.azure.com:v3/org/project/repo", "https://dev.azure.com/org/project/_git/repo"),
    ("https://git.example.com/a b/ü.git", "https://git.example.com/a%20b/%C3%BC"),
    ("/srv/git/detections.git", nil), ("../detections", nil), ("file:///srv/git/a.git", nil), ("./a:b", nil),
  ])
  func knowsThePageOfARemote(address: String, page: String?) {
    #expect(HostedRepository.page(ofRemote: address) == page)
  }

  @Test(arguments: [
    ("https://github.com/t/d", "https://github.com/t/d/blob/main/{file}"),
    ("https://gitlab.example.com/t/d", "https://gitlab.example.com/t/d/-/blob/main/{file}"),
    ("https://bitbucket.org/t/d", "https://bitbucket.org/t/d/src/main/{file}"),
    ("https://codeberg.org/t/d", "https://codeberg.org/t/d/src/branch/main/{file}"),
    ("https://dev.azure.com/t/d/_git/r", "https://dev.azure.com/t/d/_git/r?version=GBmain&path=/{file}"),
  ])
  func showsAFileAsItsHostDoes(page: String, pattern: String) {
    #expect(HostedRepository(page: page, branch: "main", folder: "").pattern == pattern)
  }

  /// As a new user does it: with folders side by side, below the repository's root, and notes.
  @Test func givesLinksThatWorkWhenTheLineIsTakenIntoUse() throws {
    try git("init", "-q", "-b", "trunk")
    try git("remote", "add", "origin", "git@github.com:team/detections.git")
    folder.write(smallRule("One", more: "tags: [attack.t1059]"), to: "our content/rules/one.yml")
    folder.write(smallRule("Two", image: "\\two.exe"), to: "our content/hunting/deep/two.yml")
    folder.write("none", to: "our content/docs/a.txt")
    #expect(try run(builtProgram, ["init", "our content"], in: folder.path).code == 0)
    let text = try #require(folder.read("our content/ruledex.yml"))
    #expect(
      text.contains("\n#repository: https://github.com/team/detections/blob/trunk/our%20content/{file}\n"), "\(text)")
    folder.write("Look twice.\n", to: "our content/notes/T1059.md")
    folder.write(
      text.replacing("#repository:", with: "repository:") + "\nnotes: {techniques: notes}\n",
      to: "our content/ruledex.yml")
    let build = try run(
      builtProgram, ["build", "--config", "our content/ruledex.yml", "-o", "site"], in: folder.path)
    #expect(build.code == 0, "\(build.errors)")
    let site = try SiteFolder(folder("site"))
    let base = "https://github.com/team/detections/blob/trunk/our%20content/"
    for (page, file) in [
      ("rules/sigma/one/index.html", "rules/one.yml"), ("rules/sigma/two/index.html", "hunting/deep/two.yml"),
      ("attack/T1059/index.html", "notes/T1059.md"),
    ] {
      let links = try site.page(page).named("a").compactMap { $0.value(of: "href") }
      #expect(links.contains(base + file), "\(page): \(links.filter { $0.hasPrefix("https://github") })")
    }
  }

  @Test func saysToWriteAnAddressWhereNoHostIsKnown() throws {
    folder.write(smallRule("One"), to: "rules/one.yml")
    #expect(try run(builtProgram, ["init"], in: folder.path).code == 0)
    let text = try #require(folder.read("ruledex.yml"))
    #expect(
      text.contains(
        "# Source. Write the address of yours.\n#repository: https://git.example.com/detections/blob/main/{file}\n"))
  }
}
