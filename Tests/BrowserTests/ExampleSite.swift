import TestSupport
import Testing

/// The example catalog's site, as a reader sees and uses it.
@Suite(
  .enabled(if: Browser.isInstalled, "chromium is not installed; 'make test' installs it"), .serialized, .exampleSite)
struct ExampleSiteTests {}

/// The example catalog's site and one browser, made once for all tests of a suite.
struct ExampleSite: Sendable {
  @TaskLocal private static var current: ExampleSite?

  private let folder: TemporaryFolder
  /// `Browser` reads and writes one pipe, and so isn't Sendable. It is of one test at a time, since the suite is serialised.
  nonisolated(unsafe) let browser: Browser
  /// The paths of all pages, sorted, with their sizes in bytes.
  let pages: [(path: String, size: Int)]

  /// The one that ``Made`` made for the running test.
  static func shared() throws -> ExampleSite { try #require(current, "the suite lacks its trait") }

  private init() throws {
    folder = TemporaryFolder()
    let build = try ruledex("build", "--config", projectFolder + "/catalog/ruledex.yml", "-o", folder("site"))
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
    func provideScope(
      for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
      let site = try ExampleSite()
      try await ExampleSite.$current.withValue(site) { try await function() }
      try site.browser.end()
    }
  }
}

extension Trait where Self == ExampleSite.Made {
  static var exampleSite: Self { Self() }
}
