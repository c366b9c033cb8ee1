import TestSupport
import Testing

@testable import Commands

/// What Ruledex is built with is listed once; whoever else names it names the same.
@Suite struct PackageListTests {
  private let packages = SetupFiles.packages

  private func file(_ path: String) throws -> String {
    let bytes = try #require(TemporaryFolder.bytes(of: "\(projectFolder)/\(path)"))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func isReadByTheMakefile() throws {
    let run = try run(
      "make", ["-s", "-C", projectFolder, "-f", "Makefile", "--eval", "list: ; @echo $(PACKAGES)", "list"])
    #expect(run.output.split { $0 == " " || $0 == "\n" }.map(String.init) == packages, "\(run.errors)")
  }

  @Test func isWhatTheReadmeNames() throws {
    let text = try file("README.md")
    let list = try #require(text.firstMatch(of: /installs the libraries that are missing \(([^;]+);/))
    #expect(list.1.matches(of: /`([a-z0-9-]+)`/).map { String($0.1) } == packages)
  }

  @Test func holdsWhatTheManifestNames() throws {
    let named = try file("Package.swift").matches(of: /\.apt\(\[([^\]]+)\]\)/)
      .flatMap { $0.1.matches(of: /"([^"]+)"/).map { String($0.1) } }
    // toml++ is a library of headers alone, and pkg-config a program.
    #expect(Set(named).union(["libtomlplusplus-dev", "pkg-config"]) == Set(packages))
  }
}
