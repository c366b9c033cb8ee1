import Foundation
import TestSupport
import Testing

/// The example catalog's site, as a reader sees and uses it.
@Suite(
  .enabled(if: Browser.isInstalled, "chromium is not installed; 'make test' installs it"), .serialized, .site(.example))
struct ExampleSiteTests {}

/// A site and one browser, made once for all tests of a suite.
struct BrowsedSite: Sendable {
  /// What it is made of.
  enum Kind: String, Sendable {
    /// The example catalog.
    case example
    /// One rule that says nothing, and all pages that need none.
    case bare
    /// Rules, notes, configuration and collectors that all attack whoever reads them.
    case hostile
  }

  @TaskLocal private static var current: BrowsedSite?

  let kind: Kind
  let folder: TemporaryFolder
  /// `Browser` reads and writes one pipe, and so isn't Sendable. It is of one test at a time, since the suite is serialised.
  nonisolated(unsafe) let browser: Browser
  /// The paths of all pages, sorted, with their sizes in bytes.
  let pages: [(path: String, size: Int)]

  /// The one that ``Made`` made for the running test.
  static func shared() throws -> BrowsedSite { try #require(current, "the suite lacks its trait") }

  private init(_ kind: Kind) throws {
    self.kind = kind
    folder = TemporaryFolder()
    let configuration =
      switch kind {
      case .example: projectFolder + "/catalog/ruledex.yml"
      case .bare: writeBareCatalog(in: folder)
      case .hostile: try writeHostileCatalog(in: folder)
      }
    let build = try run(builtProgram, ["build", "--config", configuration, "-o", folder("site")], in: folder.path)
    try #require(build.code == 0, "\(build.errors)")
    pages = folder.contents(of: "site").filter { $0.key.hasSuffix(".html") }.map { ($0.key, $0.value.count) }
      .sorted { $0.0 < $1.0 }
    browser = try Browser(in: folder)
  }

  var path: String { folder("site") }

  @discardableResult
  func open(_ page: String, _ rest: String = "") throws -> Browser.Visit { try browser.open("\(path)/\(page)", rest) }

  /// Lends a suite the site and the browser.
  struct Made: SuiteTrait, TestScoping {
    let kind: Kind

    func provideScope(
      for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
      let site = try BrowsedSite(kind)
      try await BrowsedSite.$current.withValue(site) { try await function() }
      try site.browser.end()
    }
  }
}

extension Trait where Self == BrowsedSite.Made {
  static func site(_ kind: BrowsedSite.Kind) -> Self { Self(kind: kind) }
}
