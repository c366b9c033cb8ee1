import Analysis
import Reports
import RuleModel
import Site
import Templates
import Text

/// A site ready to be generated: the list of its files, each made on demand.
struct PreparedSite: Sendable {
  let catalog: LoadedCatalog
  private let content: SiteContent
  private let builder: SiteBuilder

  /// - Parameter content: made from the catalog.
  init(_ catalog: LoadedCatalog, _ content: SiteContent, templates: SiteTemplates) async {
    self.catalog = catalog
    self.content = content
    let (index, visibility) = (catalog.index, content.visibility)
    builder = await SiteBuilder(content, templates: templates) { rule in
      ruleXML(rule, of: index, visibility, page: SiteBuilder.page(of: index.rules[rule]))
    }
  }

  /// The pages of rules, and the files next to each.
  var ruleFiles: [PlannedFile] { builder.ruleFiles }

  /// One of these; nil if no rule has the path.
  func ruleFile(at path: String) -> PlannedFile? { builder.ruleFile(at: path) }

  /// Every other file.
  ///
  /// - Parameter jobs: the number of threads.
  func otherFiles(jobs: Int) async -> [PlannedFile] {
    let (pages, assets) = await builder.otherFiles(jobs: jobs)
    return reports + pages + assets + sitemap(of: pages + ruleFiles)
  }

  /// Makes every file and passes it to `take`, on several threads.
  func make<Taken: Sendable>(
    jobs: Int, _ take: @escaping @Sendable (SiteFile) -> Taken
  ) async -> [(path: String, result: Taken)] {
    let files = await builder.files(jobs: jobs)
    async let madeReports = Site.make(reports, jobs: jobs, chunk: 1, take)
    let pages = await Site.make(files + sitemap(of: files), jobs: jobs, chunk: 64, take)
    return pages + (await madeReports)
  }

  /// The reports, the most expensive first.
  private var reports: [PlannedFile] {
    let content = OnDemand { reportContent }
    return Report.all.map { report in PlannedFile(path: report.path) { report.bytes(content.value) } }
  }

  private var reportContent: ReportContent {
    let index = catalog.index
    return ReportContent(
      index: index, matrix: catalog.knowledge.attack, coverage: content.review.coverage, visibility: content.visibility,
      files: catalog.collection.tally,
      diagnostics: catalog.reported, title: catalog.configuration.title, generator: generator,
      baseURL: catalog.configuration.baseURL, schema: Embedded.file("Sources/Reports/catalog.rng"),
      page: { SiteBuilder.page(of: index.rules[$0]) })
  }

  /// The sitemap of all pages; empty without a base URL.
  private func sitemap(of files: [PlannedFile]) -> [PlannedFile] {
    guard let baseURL = catalog.configuration.baseURL else { return [] }
    let pages = files.map(\.path).filter { $0.hasSuffix(".html") }
    return Reports.sitemap(of: pages, at: { baseURL + Link(relative: $0).address }).map { file in
      PlannedFile(path: file.path) { file.bytes }
    }
  }
}

extension LoadedCatalog {
  /// The content from which pages are made.
  func siteContent(_ collected: SiteReview.Collected?, _ review: OnDemand<SiteReview>) -> SiteContent {
    SiteContent(
      index: index, findings: checked, readers: collection.readers, attack: knowledge.attack,
      events: knowledge.events, fields: knowledge.fields,
      strategies: knowledge.strategies, collected: collected, review: review, tally: collection.tally,
      diagnostics: collection.diagnostics, title: configuration.title, generator: generator,
      repository: configuration.repository.map { RepositoryPages(pattern: $0, folder: configuration.folder) },
      baseURL: configuration.baseURL,
      techniquePages: configuration.techniquePages, groupPages: configuration.groupPages,
      softwarePages: configuration.softwarePages)
  }
}

/// The program and version that the site names as its generator.
let generator = "ruledex \(version)"
