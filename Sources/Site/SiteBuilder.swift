import Analysis
package import RuleModel
package import Templates

/// Makes all pages of a site from its content and the templates.
package struct SiteBuilder: Sendable {
  private let groups: [PageGroup]

  /// The name that MITRE's licence has among the assets.
  package static let attackLicence = "attack-license.txt"

  /// The path of a rule's page from the site's root.
  package static func page(of rule: Rule) -> String { Address.rule(rule.key).path }

  /// - Parameters:
  ///   - templates: pages, and what else stands in the templates' folder: style sheet, script.
  ///   - ruleXML: a rule for programs, by its index: what stands beside its page.
  /// - Throws: all faults of all templates.
  package init(
    _ content: SiteContent, templates: [TemplateFile], ruleXML: @escaping @Sendable (Int) -> [UInt8]
  ) async throws(TemplateErrors) {
    async let planned = SiteMap(content)
    let library = try TemplateLibrary(files: templates.filter { $0.name.hasSuffix(".html") })
    let map = await planned
    let frames = FrameBuilder(content, map)
    let layout = MatrixLayout(content.attack)
    // They take long, and little else here hangs on them.
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
    let techniqueIDs = frames.map.techniquePages
    let coverage = CoveragePageBuilder(content, frames)
    let (pictures, lint) = await (madePictures, madeLint)
    let home = HomePageBuilder(content, frames, lists, findings: lint.plan.count)
    let search = SearchPageBuilder(frames)
    let searchData = await madeSearchData

    // The list of pages: the dearest first, so that no thread works on them alone at the end.
    var pages = PageBinder(library)
    pages.add("rules.html", count: lists.pages.count, at: { lists.address(of: $0) }, model: { lists.page($0) })
    pages.add("field.html", count: fields.count, at: { fields.address(of: $0) }, model: { fields.page(of: $0) })
    pages.add("event.html", count: events.count, at: { events.address(of: $0) }, model: { events.page($0) })
    pages.add("events.html", count: 1, at: { _ in .events }, model: { _ in eventList.page() })
    pages.add("logsources.html", count: 1, at: { _ in .logSources }, model: { _ in logSources.page() })
    pages.add("coverage.html", count: 1, at: { _ in .coverage }, model: { _ in coverage.page() })
    pages.add("fields.html", count: 1, at: { _ in .fields }, model: { _ in fields.listPage() })
    pages.add("indicators.html", count: 1, at: { _ in .indicators }, model: { _ in indicators.page() })
    pages.add("duplicates.html", count: 1, at: { _ in .duplicates }, model: { _ in duplicates.page() })
    pages.add(
      "pictures.html", count: 1, at: { _ in .pictures }, model: { _ in pictures.page() },
      beside: { _ in pictures.files })
    pages.add("lint.html", count: lint.count, at: { lint.address(of: $0) }, model: { lint.page(of: $0) })
    pages.add("index.html", count: 1, at: { _ in .home }, model: { _ in home.page() })
    pages.add(
      "matrix.html", count: 1, at: { _ in .matrix }, model: { _ in matrix.page() },
      beside: { _ in [PlannedFile(path: Address.matrixScript.path) { matrixData.script }] })
    pages.add("search.html", count: 1, at: { _ in .search }, model: { _ in search.page() })
    pages.add(
      "tactic.html", count: content.attack.tactics.count, at: { .tactic(content.attack.tactics[$0].id) },
      model: { tactics.page(of: $0) })
    pages.add(
      "technique.html", count: techniqueIDs.count, at: { .technique(techniqueIDs[$0]) },
      model: { techniques.page(of: techniqueIDs[$0]) })
    pages.add(
      "rule.html", count: content.index.rules.count, at: { .rule(content.index.rules[$0].key) },
      model: { rules.page(of: $0) },
      beside: { index in
        let rule = content.index.rules[index]
        let xml = PlannedFile(path: Address.ruleXML(of: rule.key).path) { ruleXML(index) }
        guard map.sharedFiles.owner(of: index, in: content.index.rules) == index else { return [xml] }
        return [PlannedFile(path: Address.body(of: rule).path) { content.index.rules[index].source.body }, xml]
      })
    if !pages.faults.isEmpty { throw TemplateErrors(pages.faults) }

    let assets = templates.filter { !$0.name.hasSuffix(".html") }
    groups =
      [PageGroup(count: searchData.count) { [searchData.file($0)] }] + pages.groups + [
        PageGroup(count: assets.count) { index in
          [PlannedFile(path: "assets/" + assets[index].name) { assets[index].bytes }]
        }
      ]
  }

  /// Every file, in the order of the list of pages.
  package var files: [PlannedFile] { groups.flatMap { group in (0..<group.count).flatMap(group.files) } }
}
