import Diagnostics
import Files
import Reading
import RuleModel
import Site
import Templates

/// The source of a site: options, and everything that they name. It keeps what was read, so that making the site again
/// costs no more than what changed.
struct SiteSource {
  private let options: SiteOptions
  private let baseURL: String?
  private let day: CalendarDate?
  private var kept = KeptCatalog()
  private var templates: (files: [TemplateFile], bound: SiteTemplates)?
  private var catalogVersion: Int?
  private var review = ReviewSource()
  private var reviewVersion: Int?
  /// The knowledge with which the review was last read.
  private var knowledge: KnowledgeFiles?
  private var current: PreparedSite?
  /// A number that changes with the site.
  private(set) var version = 0

  /// - Throws: if an option can't be used.
  init(_ options: SiteOptions) throws(InputError) {
    self.options = options
    baseURL = try options.checkedBaseURL()
    day = try options.day.day()
  }

  /// The site for the current files; if nothing changed, the same site with the same ``version``.
  ///
  /// - Throws: if the site can't be made.
  mutating func site(terminal: Terminal) async throws(InputError) -> PreparedSite {
    var catalog = try await LoadedCatalog.load(
      options.input.paths, options.input.reading, keeping: &kept, terminal: terminal)
    let templateFiles = try templateFiles(in: options.templates ?? catalog.configuration.templates)
    if kept.knowledge?.files != knowledge { review.forgetWhatDependsOnKnowledge() }
    knowledge = kept.knowledge?.files
    try await review.read(catalog.configuration, catalog.knowledge, on: day, jobs: jobs, terminal: terminal)
    if let current, catalogVersion == kept.version, reviewVersion == review.version, templates?.files == templateFiles {
      return current
    }
    catalog.configuration.baseURL = baseURL ?? catalog.configuration.baseURL
    let pages = try bound(templateFiles)
    let content = await review.siteContent(of: &catalog, jobs: jobs)
    let site = await PreparedSite(catalog, content, templates: pages)
    (catalogVersion, reviewVersion, current) = (kept.version, review.version, site)
    version += 1
    return site
  }

  /// The templates, bound again only if they changed.
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

  /// The pictures of notes.
  var pictures: KeptPictures { kept.pictures }

  /// The number of threads.
  var jobs: Int { options.input.reading.threads }

  /// Remarks on the inputs of the site, other than the findings in rules and their files.
  var remarks: [Diagnostic] { current.map { $0.catalog.remarks + review.remarks } ?? [] }

  /// Errors that prevent a part of the telemetry files from being read; the rest is used.
  var errors: [Diagnostic] { review.errors }

  /// The places where changes to the site can originate, as far as they are known.
  var places: [WatchedPlace] {
    let inputs = kept.configuration.map { SiteInput.all(options, $0, collectors: review.collectorFiles) }
    return kept.folders.map { .folder($0) } + kept.pictures.watchedPaths.map { .entry($0) }
      + (inputs?.flatMap(\.places) ?? [.entry(options.input.reading.configurationPath)])
  }
}
