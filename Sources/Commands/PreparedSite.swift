import Analysis
import Reports
import Site
import Templates

/// A site that is ready to be made: all that its files are, each made when it is asked for.
struct PreparedSite: Sendable {
  let catalog: LoadedCatalog
  /// The reports, the most expensive first.
  private let reports: [PlannedFile]
  private let pages: [PlannedFile]

  /// - Parameter templates: from ``templateFiles(in:)``.
  /// - Throws: all faults of all templates.
  init(_ catalog: LoadedCatalog, review: SiteReview, templates: [TemplateFile]) async throws(InputError) {
    self.catalog = catalog
    let builder = try await PreparedSite.builder(catalog, review, templates)
    let files = builder.files
    pages = files + PreparedSite.sitemap(of: files, at: catalog.configuration.baseURL)
    let content = PreparedSite.reportContent(catalog, review.coverage)
    reports = Report.all.map { report in PlannedFile(path: report.path) { report.bytes(content) } }
  }

  /// Every file.
  var files: [PlannedFile] { reports + pages }

  /// Makes every file and hands it to `take`, on several threads.
  func make<Taken: Sendable>(
    jobs: Int, _ take: @escaping @Sendable (SiteFile) -> Taken
  ) async -> [(path: String, result: Taken)] {
    async let reports = Site.make(reports, jobs: jobs, chunk: 1, take)
    let pages = await Site.make(pages, jobs: jobs, chunk: 64, take)
    return pages + (await reports)
  }

  private static func builder(
    _ catalog: LoadedCatalog, _ review: SiteReview, _ templates: [TemplateFile]
  ) async throws(InputError) -> SiteBuilder {
    let index = catalog.index
    do throws(TemplateErrors) {
      return try await SiteBuilder(catalog.siteContent(review), templates: templates) { rule in
        ruleXML(rule, of: index, page: SiteBuilder.page(of: index.rules[rule]))
      }
    } catch {
      throw InputError(error.diagnostics)
    }
  }

  private static func reportContent(_ catalog: LoadedCatalog, _ coverage: CoverageReview) -> ReportContent {
    let index = catalog.index
    return ReportContent(
      index: index, matrix: catalog.knowledge.attack, coverage: coverage, files: catalog.collection.tally,
      diagnostics: catalog.reported, title: catalog.configuration.title, generator: generator,
      baseURL: catalog.configuration.baseURL, schema: Embedded.file("Sources/Reports/catalog.rng"),
      page: { SiteBuilder.page(of: index.rules[$0]) })
  }

  /// The sitemap of all pages; none without a base URL.
  private static func sitemap(of files: [PlannedFile], at baseURL: String?) -> [PlannedFile] {
    guard let baseURL else { return [] }
    let pages = files.map(\.path).filter { $0.hasSuffix(".html") }
    return Reports.sitemap(of: pages, at: { baseURL + Link(relative: $0).address }).map { file in
      PlannedFile(path: file.path) { file.bytes }
    }
  }
}

extension LoadedCatalog {
  /// What pages are made from.
  func siteContent(_ review: SiteReview) -> SiteContent {
    SiteContent(
      index: index, findings: checked, readers: collection.readers, attack: knowledge.attack,
      events: knowledge.events, fields: knowledge.fields,
      strategies: knowledge.strategies, review: review, tally: collection.tally,
      diagnostics: collection.diagnostics, title: configuration.title, generator: generator,
      repository: configuration.repository.map { RepositoryPages(pattern: $0, folder: configuration.folder) },
      baseURL: configuration.baseURL,
      techniquePages: configuration.techniquePages)
  }
}

/// What the site says made it.
let generator = "ruledex \(version)"
