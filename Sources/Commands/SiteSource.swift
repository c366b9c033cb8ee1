import Diagnostics
import Files
import Reading
import Site
import Templates

/// Where a site comes from: options, and all that they name. It keeps what was read, so that making the site again costs no more
/// than what changed.
struct SiteSource {
  private let options: SiteOptions
  private let baseURL: String?
  private var kept = KeptCatalog()
  private var templates: (files: [TemplateFile], bound: SiteTemplates)?
  private var catalogVersion: Int?
  private var review = ReviewSource()
  private var reviewVersion: Int?
  /// What the review was last read with.
  private var knowledge: KnowledgeFiles?
  private var current: PreparedSite?
  /// Another number for each site that isn't the one before.
  private(set) var version = 0

  /// - Throws: where an option can't be used.
  init(_ options: SiteOptions) throws(InputError) {
    self.options = options
    baseURL = try options.checkedBaseURL()
  }

  /// The site as its files are now; the same one, by ``version`` too, where nothing changed.
  ///
  /// - Throws: what keeps it from being made.
  mutating func site(terminal: Terminal) async throws(InputError) -> PreparedSite {
    var catalog = try await LoadedCatalog.load(
      options.input.paths, options.input.reading, keeping: &kept, terminal: terminal)
    let templateFiles = try templateFiles(in: options.templates ?? catalog.configuration.templates)
    if kept.knowledge?.files != knowledge { review.forgetWhatHangsOnKnowledge() }
    knowledge = kept.knowledge?.files
    try await review.read(catalog.configuration, catalog.knowledge, jobs: jobs, terminal: terminal)
    if let current, catalogVersion == kept.version, reviewVersion == review.version, templates?.files == templateFiles {
      return current
    }
    catalog.configuration.baseURL = baseURL ?? catalog.configuration.baseURL
    let pages = try bound(templateFiles)
    let site = await PreparedSite(catalog, await review.siteContent(of: catalog, jobs: jobs), templates: pages)
    (catalogVersion, reviewVersion, current) = (kept.version, review.version, site)
    version += 1
    return site
  }

  /// The templates, bound again only where they are others.
  private mutating func bound(_ files: [TemplateFile]) throws(InputError) -> SiteTemplates {
    if let templates, templates.files == files { return templates.bound }
    do throws(TemplateErrors) {
      let bound = try SiteTemplates(files)
      templates = (files, bound)
      return bound
    } catch {
      throw InputError(error.diagnostics)
    }
  }

  /// How many threads work.
  var jobs: Int { options.input.reading.threads }

  /// What is worth knowing of what the site is made from, besides the findings on rules and their files.
  var remarks: [Diagnostic] { current.map { $0.catalog.remarks + review.remarks } ?? [] }

  /// What keeps a part of the telemetry files from being read; the rest of them counts.
  var errors: [Diagnostic] { review.errors }

  /// Where changes of the site can come from, as far as is known by now.
  var places: [WatchedPlace] {
    let inputs = kept.configuration.map { SiteInput.all(options, $0, collectors: review.collectorFiles) }
    return kept.folders.map { .folder($0) }
      + (inputs?.flatMap(\.places) ?? [.entry(options.input.reading.configurationPath)])
  }
}
