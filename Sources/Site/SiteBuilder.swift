import Analysis
package import RuleModel
import Templates

/// Makes all pages of a site from its content and the templates: those of rules immediately, the others, which depend
/// on all rules, on demand.
package struct SiteBuilder: Sendable {
  let content: SiteContent
  let frames: FrameBuilder
  private let rules: RulePageBuilder
  let templates: SiteTemplates
  private let ruleXML: @Sendable (RuleID) -> [UInt8]

  /// The file name of MITRE's licence among the assets.
  package static let attackLicence = "attack-license.txt"

  /// The path of a rule's page, relative to the site's root.
  package static func page(of rule: Rule) -> String { Address.rule(rule.key).path }

  /// - Parameter ruleXML: makes the file for programs beside a rule's page.
  package init(
    _ content: SiteContent, templates: SiteTemplates, ruleXML: @escaping @Sendable (RuleID) -> [UInt8]
  ) async {
    // Prepares what else the pages of rules need, concurrently.
    async let prepared: Void = content.index.prepareRelations()
    frames = FrameBuilder(content, await SiteMap(content))
    rules = RulePageBuilder(content, frames)
    (self.content, self.templates, self.ruleXML) = (content, templates, ruleXML)
    await prepared
  }

  /// The pages of rules, with the files beside each.
  package var ruleFiles: [PlannedFile] { files(of: content.index.rules.indices) }

  /// The page of a rule, or a file beside it; nil if no rule has the path.
  package func ruleFile(at path: String) -> PlannedFile? {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let key = RuleKey(
      dialect: Dialect(rawValue: String(decoding: parts[1], as: UTF8.self)),
      slug: String(decoding: parts[2], as: UTF8.self))
    guard let rule = content.index.rule(of: key) else { return nil }
    return files(of: CollectionOfOne(rule)).first { $0.path == path }
  }

  private func files(of ids: some Collection<RuleID>) -> [PlannedFile] {
    let index = content.index
    var pages = PageBinder(templates)
    pages.add(
      "rule.html", ids, at: { .rule(index.rules[$0].key) }, model: { [rules] in rules.page(of: $0) },
      beside: { [ruleXML] id in
        let rule = index.rules[id]
        let xml = PlannedFile(path: Address.ruleXML(of: rule.key).path) { ruleXML(id) }
        guard frames.map.sharedFiles.owner(of: id, in: index.rules) == id else { return [xml] }
        return [PlannedFile(path: Address.body(of: rule).path) { rule.source.body }, xml]
      })
    return pages.files
  }

  /// Every file, the most expensive first, so that no thread is left working on one of those alone at the end.
  ///
  /// - Parameter jobs: the number of threads.
  package func files(jobs: Int) async -> [PlannedFile] {
    let others = await otherFiles(jobs: jobs)
    return others.pages + ruleFiles + others.assets
  }

  /// The files besides those of rules.
  ///
  /// - Parameter jobs: the number of threads.
  package func otherFiles(jobs: Int) async -> (pages: [PlannedFile], assets: [PlannedFile]) {
    let map = frames.map
    async let related: Void = content.index.workOutRelations(jobs: jobs)
    async let checked: Void = content.findings.ofRules.workOut(jobs: jobs)
    // Most of what follows needs it.
    _ = map.fieldPlan
    let layout = MatrixLayout(content.attack)
    // These take long, and little else here depends on them.
    async let madeSearchData = SearchData(content, map)
    _ = content.review
    async let madePictures = PicturesPageBuilder(content, frames, layout)
    let lists = RuleListBuilder(content, frames)
    let fields = FieldPageBuilder(content, frames)
    let indicators = IndicatorsPageBuilder(content, frames)
    let tables = RuleTableBuilder(content, lists)
    let matrixData = MatrixData(content)
    let matrix = MatrixPageBuilder(content, frames, layout, matrixData)
    let tactics = TacticPageBuilder(content, frames, tables, layout)
    let techniques = TechniquePageBuilder(content, frames, tables, layout)
    let threats = ThreatPageBuilder(content, frames, tables)
    let threatLists = ThreatListPageBuilder(content, frames)
    let events = EventPageBuilder(content, frames, tables)
    let eventList = EventListPageBuilder(content, frames)
    let logSources = LogSourceListPageBuilder(content, frames, tables)
    let reviewLists = ReviewListBuilder(content, frames)
    let search = SearchPageBuilder(frames)
    _ = await (related, checked)
    async let madeLint = LintPageBuilder(content, frames)
    let duplicates = DuplicatesPageBuilder(content, frames)
    let (pictures, lint, searchData) = await (madePictures, madeLint, madeSearchData)
    let coverage = CoveragePageBuilder(content, frames, reviewLists, pictures.pictures)
    let home = HomePageBuilder(content, frames, lists, findings: lint.plan.count)

    var pages = PageBinder(templates)
    pages.add("rules.html", lists.pages.indices, at: { lists.address(of: $0) }, model: { lists.page($0) })
    pages.add("field.html", 0..<fields.count, at: { fields.address(of: $0) }, model: { fields.page(of: $0) })
    pages.add("event.html", 0..<events.count, at: { events.address(of: $0) }, model: { events.page($0) })
    pages.add("events.html", at: .events) { eventList.page() }
    pages.add("logsources.html", at: .logSources) { logSources.page() }
    pages.add("coverage.html", at: .coverage) { coverage.page() }
    pages.add(
      "review-list.html", reviewLists.pages.indices, at: { reviewLists.address(of: $0) },
      model: { reviewLists.page($0) })
    pages.add("fields.html", at: .fields) { fields.listPage() }
    pages.add("indicators.html", at: .indicators) { indicators.page() }
    pages.add("duplicates.html", at: .duplicates) { duplicates.page() }
    pages.add("pictures.html", at: .pictures, model: { pictures.page() }, beside: pictures.files)
    pages.add("lint.html", 0..<lint.count, at: { lint.address(of: $0) }, model: { lint.page(of: $0) })
    pages.add("index.html", at: .home) { home.page() }
    pages.add(
      "matrix.html", at: .matrix, model: { matrix.page() },
      beside: [PlannedFile(path: Address.matrixScript.path) { matrixData.script }])
    pages.add("search.html", at: .search) { search.page() }
    pages.add(
      "tactic.html", content.attack.tactics.indices, at: { [content] in .tactic(content.attack.tactics[$0].id) },
      model: { tactics.page(of: $0) })
    pages.add("technique.html", map.techniquePages, at: { .technique($0) }, model: { techniques.page(of: $0) })
    pages.add("threat.html", map.threats.pages, at: { .threat($0.id) }, model: { threats.page(of: $0) })
    pages.add("threats.html", map.threats.listed, at: { .threats($0) }, model: { threatLists.page(of: $0) })
    if !map.threats.listed.isEmpty {
      let data = ThreatData(content, map)
      pages.add(
        "compare.html", at: .compare, model: { threatLists.comparePage() },
        beside: [PlannedFile(path: Address.threatScript.path) { data.script }])
    }
    return (
      (0..<searchData.count).map(searchData.file) + pages.files,
      templates.assets.map { asset in PlannedFile(path: "assets/" + asset.name) { asset.bytes } }
        + content.index.notePictures.all.map { picture in
          PlannedFile(path: Address.notePicture(picture.name).path) { picture.bytes }
        }
    )
  }
}
