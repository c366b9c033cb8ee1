import Foundation
import TestSupport
import Testing

@testable import Commands

/// Writing a file anew that its user wrote.
@Suite struct OutputFileTests {
  private let folder = TemporaryFolder()
  private let known = Array("as it was read".utf8)

  private func replace(_ name: String) -> String? {
    do throws(InputError) {
      try OutputFile.replace(folder(name), holding: known, with: Array("new".utf8))
      return nil
    } catch {
      return error.diagnostics.map(\.message).joined()
    }
  }

  @Test func keepsTheMode() throws {
    folder.write(known, to: "a.yml")
    chmod(folder("a.yml"), 0o604)
    #expect(replace("a.yml") == nil)
    #expect(folder.read("a.yml") == "new" && folder.names() == ["a.yml"])
    let mode = try FileManager.default.attributesOfItem(atPath: folder("a.yml"))[.posixPermissions] as? Int
    #expect(mode == 0o604)
  }

  @Test(arguments: ["as it was real", "as it was read, and more", "", "as it was"])
  func leavesAFileAloneThatChanged(text: String) {
    folder.write(text, to: "a.yml")
    let before = folder.identity(of: "a.yml")
    #expect(replace("a.yml") == "the file changed since it was read, so it isn't overwritten; try again")
    #expect(folder.read("a.yml") == text && folder.identity(of: "a.yml") == before && folder.names() == ["a.yml"])
  }

  @Test func followsNoLinkAndOpensNoPipe() {
    folder.write(known, to: "outside/a.yml")
    folder.makeLink("a.yml", to: "outside/a.yml")
    folder.makePipe("b.yml")
    #expect(replace("a.yml")?.hasPrefix("too many levels of symbolic links") == true)
    #expect(replace("b.yml")?.hasPrefix("the file changed") == true)
    #expect(replace("c.yml")?.hasPrefix("no such file") == true)
    #expect(folder.contents() == ["outside/a.yml": known])
  }
}
