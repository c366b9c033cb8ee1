import Analysis
package import RuleModel
package import Templates

/// Makes all pages of a site from its content and the templates.
package struct SiteBuilder: Sendable {
  /// Every file, in the order of the list of pages.
  package let files: [PlannedFile]

  /// The name that MITRE's licence has among the assets.
  package static let attackLicence = "attack-license.txt"

  /// The path of a rule's page from the site's root.
  package static func page(of rule: Rule) -> String { Address.rule(rule.key).path }

  /// - Parameters:
  ///   - templates: pages, and what else is in the templates' folder: style sheet, script.
  ///   - ruleXML: a rule for programs: what is beside its page.
  /// - Throws: all faults of all templates.
  package init(
    _ content: SiteContent, templates: [TemplateFile], ruleXML: @escaping @Sendable (RuleID) -> [UInt8]
  ) async throws(TemplateErrors) {
    async let planned = SiteMap(content)
    let library = try TemplateLibrary(files: templates.filter { $0.name.hasSuffix(".html") })
    let map = await planned
    let frames = FrameBuilder(content, map)
    let layout = MatrixLayout(content.attack)
    // They take long, and little else here depends on them.
    async let madeSearchData = SearchData(content, map)
    async let madePictures = PicturesPageBuilder(content, frames, layout)
    async let madeLint = LintPageBuilder(content, frames)
    let lists = RuleListBuilder(content, frames)
    let rules = RulePageBuilder(content, frames)
    let fields = FieldPageBuilder(content, frames)
    let indicators = IndicatorsPageBuilder(content, frames)
    let duplicates = DuplicatesPageBuilder(content, frames)
    let tables = RuleTableBuilder(content, lists)
    let matrixData = MatrixData(content)
    let matrix = MatrixPageBuilder(content, frames, layout, matrixData)
    let tactics = TacticPageBuilder(content, frames, tables, layout)
    let techniques = TechniquePageBuilder(content, frames, tables, layout)
    let events = EventPageBuilder(content, frames, tables)
    let eventList = EventListPageBuilder(content, frames)
    let logSources = LogSourceListPageBuilder(content, frames, tables)
    let coverage = CoveragePageBuilder(content, frames)
    let (pictures, lint) = await (madePictures, madeLint)
    let home = HomePageBuilder(content, frames, lists, findings: lint.plan.count)
    let search = SearchPageBuilder(frames)
    let searchData = await madeSearchData

    // The list of pages: the most expensive first, so that no thread works on them alone at the end.
    var pages = PageBinder(library)
    pages.add("rules.html", lists.pages.indices, at: { lists.address(of: $0) }, model: { lists.page($0) })
    pages.add("field.html", 0..<fields.count, at: { fields.address(of: $0) }, model: { fields.page(of: $0) })
    pages.add("event.html", 0..<events.count, at: { events.address(of: $0) }, model: { events.page($0) })
    pages.add("events.html", at: .events) { eventList.page() }
    pages.add("logsources.html", at: .logSources) { logSources.page() }
    pages.add("coverage.html", at: .coverage) { coverage.page() }
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
      "tactic.html", content.attack.tactics.indices, at: { .tactic(content.attack.tactics[$0].id) },
      model: { tactics.page(of: $0) })
    pages.add("technique.html", map.techniquePages, at: { .technique($0) }, model: { techniques.page(of: $0) })
    pages.add(
      "rule.html", content.index.rules.indices, at: { .rule(content.index.rules[$0].key) },
      model: { rules.page(of: $0) },
      beside: { id in
        let rule = content.index.rules[id]
        let xml = PlannedFile(path: Address.ruleXML(of: rule.key).path) { ruleXML(id) }
        guard map.sharedFiles.owner(of: id, in: content.index.rules) == id else { return [xml] }
        return [PlannedFile(path: Address.body(of: rule).path) { rule.source.body }, xml]
      })
    if !pages.faults.isEmpty { throw TemplateErrors(pages.faults) }

    let assets = templates.filter { !$0.name.hasSuffix(".html") }
    files =
      (0..<searchData.count).map(searchData.file) + pages.files
      + assets.map { asset in PlannedFile(path: "assets/" + asset.name) { asset.bytes } }
  }
}
