import Analysis
import Parallel
import Reports
import Site
import Templates

extension BuildCommand {
  /// Makes all files of the site and hands each to `take`, on several threads.
  func makeSite<Taken: Sendable>(
    _ builder: SiteBuilder, _ catalog: LoadedCatalog, _ take: @escaping @Sendable (SiteFile) -> Taken
  ) async -> [(path: String, result: Taken)] {
    async let reports = makeReports(catalog, take)
    let pages = await builder.build(jobs: input.threads, take)
    let sitemap = sitemapFiles(catalog, pages: pages.map(\.path)).map { (path: $0.path, result: take($0)) }
    return pages + sitemap + (await reports)
  }

  /// Makes the reports and hands each to `take`, on several threads.
  private func makeReports<Taken: Sendable>(
    _ catalog: LoadedCatalog, _ take: @escaping @Sendable (SiteFile) -> Taken
  ) async -> [(path: String, result: Taken)] {
    let index = catalog.index
    let content = ReportContent(
      index: index, matrix: catalog.knowledge.attack, files: catalog.collection.tally,
      diagnostics: catalog.collection.diagnostics, title: catalog.configuration.title, generator: generator,
      baseURL: catalog.configuration.baseURL, schema: Embedded.file("Sources/Reports/catalog.rng"),
      source: { catalog.collection.source(of: $0) }, page: { SiteBuilder.page(of: index.rules[$0]) })
    return await inParallel(Report.all, jobs: input.threads, chunk: 1) { report in
      (report.path, take(SiteFile(path: report.path, bytes: report.bytes(content))))
    }
  }

  /// The sitemap of all pages; none without a base URL.
  private func sitemapFiles(_ catalog: LoadedCatalog, pages paths: [String]) -> [SiteFile] {
    guard let baseURL = catalog.configuration.baseURL else { return [] }
    return sitemap(of: paths.filter { $0.hasSuffix(".html") }, at: { baseURL + Link(relative: $0).address })
      .map { SiteFile(path: $0.path, bytes: $0.bytes) }
  }
}
