import ArgumentParser
import Foundation
import Site
import TestSupport
import Testing

@testable import Commands

/// A site that is served is made of what is kept of the one before. It must never have a wrong page.
@Suite struct ServedChangesTests {
  private let folder = TemporaryFolder()

  private func options() throws -> SiteOptions {
    try SiteOptions.parse(["--config", folder("ruledex.yml"), "--jobs", "2"])
  }

  /// Waits until a change of what was written by now would leave another time.
  private func settle() { usleep(30_000) }

  /// A note that can't be read changes what was found, and no note.
  @Test func reportsWhatIsWrongInAFolderOfNotes() async throws {
    folder.write("paths: [rules]\nnotes: {techniques: notes}\n\(quietChecks)", to: "ruledex.yml")
    folder.write(smallRule("a"), to: "rules/a.yml")
    folder.makeFolder("notes")
    var kept = try SiteSource(try options())
    #expect(try await kept.site(terminal: Terminal()).catalog.diagnostics.isEmpty)
    folder.write([0, 1, 2], to: "notes/T1003.md")
    #expect(try await kept.site(terminal: Terminal()).catalog.diagnostics.map(\.id.name) == ["not-text"])
    folder.rename("notes/T1003.md", to: "T1003.md")
    #expect(try await kept.site(terminal: Terminal()).catalog.diagnostics.isEmpty)
  }

  /// Of 200 random changes with `RULEDEX_CHANGES=200`, each beside a full build.
  @Test(.timeLimit(.minutes(20))) func neverHasAWrongPage() async throws {
    var changes = RandomChanges(in: folder, seed: 15)
    changes.writeCatalog()
    let terminal = Terminal()
    var kept = try SiteSource(try options())
    var change = RandomChanges.Change.nothing
    for step in 0..<(ProcessInfo.processInfo.environment["RULEDEX_CHANGES"].flatMap { Int($0) } ?? 24) {
      if step > 0 { change = changes.makeNext() }
      if changes.chance(of: 2) { settle() }
      let site = try await kept.site(terminal: terminal)
      var fresh = try SiteSource(try options())
      let made = try await fresh.site(terminal: terminal).make(jobs: 2) { $0.bytes }
      let expected = Dictionary(made.map { ($0.path, $0.result) }, uniquingKeysWith: { first, _ in first })
      // At times pages of rules are made before what all rules need is, one by one, as when one is looked at after each change.
      var served: [String: [UInt8]] = [:]
      if changes.chance(of: 2) {
        for file in site.ruleFiles { served[file.path] = site.ruleFile(at: file.path)?.bytes() }
      }
      for file in await site.otherFiles(jobs: 2) { served[file.path] = file.bytes() }
      for file in site.ruleFiles where served[file.path] == nil { served[file.path] = file.bytes() }
      let wrong = Set(served.keys).union(expected.keys).filter { served[$0] != expected[$0] }.sorted()
      #expect(wrong.isEmpty, "\(change) at step \(step)")
      #expect(kept.errors == fresh.errors && kept.remarks == fresh.remarks, "\(change) at step \(step)")
    }
  }
}
