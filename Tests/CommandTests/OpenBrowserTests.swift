import Glibc
import TestSupport
import Testing

/// `ruledex serve --open`, with programs of its own for the system's.
@Suite(.timeLimit(.minutes(15))) struct OpenBrowserTests {
  private let folder = TemporaryFolder()

  init() {
    folder.keepSitesSmall()
    folder.write(smallRule("First title"), to: "rules/one.yml")
  }

  /// Waits until something holds, ten seconds at most.
  private func wait(until holds: () -> Bool) {
    for _ in 0..<500 {
      if holds() { return }
      usleep(20_000)
    }
  }

  /// Linux under Windows has both programs, and a browser often only for the second.
  @Test(arguments: ["xdg-open", "wslview"])
  func opensTheBrowser(opener: String) throws {
    writeProgram("exit 3", to: "bin/xdg-open")
    writeProgram("echo \"$1\" > '\(folder("opened"))'", to: "bin/\(opener)")
    let site = try ServedSite("rules", "--open", in: folder, environment: ["PATH": "\(folder("bin")):/usr/bin:/bin"])
    wait { folder.read("opened")?.isEmpty == false }
    #expect(folder.read("opened") == "http://127.0.0.1:\(site.port)/\n")
    #expect(site.end() == 0)
    #expect(folder.read("errors") == "")
  }

  private func writeProgram(_ script: String, to path: String) {
    folder.write("#!/bin/sh\n\(script)\n", to: path)
    chmod(folder(path), 0o755)
  }

  @Test(arguments: [
    ([], "no browser can be opened: xdg-open and wslview aren't installed; open "),
    (["xdg-open"], "'xdg-open' found no browser; open "),
    (["xdg-open", "wslview"], "'xdg-open' and 'wslview' found no browser; open "),
  ])
  func saysWhereThereIsNoBrowser(failing: [String], expected: String) throws {
    folder.makeFolder("bin")
    // The test's own way to start in a folder.
    try #require(try run("ln", ["-s", "/usr/bin/env", folder("bin/env")]).code == 0)
    for name in failing { writeProgram("exit 3", to: "bin/\(name)") }
    let site = try ServedSite("rules", "--open", in: folder, environment: ["PATH": folder("bin")])
    wait { folder.read("errors")?.isEmpty == false }
    #expect(folder.read("errors") == expected + "http://127.0.0.1:\(site.port)/ yourself\n")
    #expect(try site.get("/rules/sigma/one/index.html").status == 200)
    #expect(site.end() == 0)
  }
}
