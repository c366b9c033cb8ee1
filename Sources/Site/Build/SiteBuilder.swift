import Analysis
import Parallel
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
  ) throws(TemplateErrors) {
    let library = try TemplateLibrary(files: templates.filter { $0.name.hasSuffix(".html") })
    let frames = FrameBuilder(content, SiteMap(content))
    let lists = RuleListBuilder(content, frames)
    let rules = RulePageBuilder(content, frames)
    let fields = FieldPageBuilder(content, frames)
    let indicators = IndicatorsPageBuilder(content, frames)
    let duplicates = DuplicatesPageBuilder(content, frames)
    let layout = MatrixLayout(content.attack)
    let tables = RuleTableBuilder(content, lists)
    let matrixData = MatrixData(content)
    let matrix = MatrixPageBuilder(content, frames, layout, matrixData)
    let tactics = TacticPageBuilder(content, frames, tables, layout)
    let techniques = TechniquePageBuilder(content, frames, tables, layout)
    let events = EventPageBuilder(content, frames, tables)
    let eventList = EventListPageBuilder(content, frames)
    let logSources = LogSourceListPageBuilder(content, frames, tables)
    let techniqueIDs = frames.map.techniquePages
    let home = HomePageBuilder(content, frames, lists)

    // The list of pages: the dearest first, so that no thread works on them alone at the end.
    var pages = PageBinder(library)
    pages.add("rules.html", count: lists.all.count, model: { (lists.all[$0].address, lists.page(lists.all[$0])) })
    pages.add("field.html", count: fields.count, model: { (fields.address(of: $0), fields.page(of: $0)) })
    pages.add("event.html", count: events.count, model: { events.page($0) })
    pages.add("events.html", count: 1, model: { _ in (.events, eventList.page()) })
    pages.add("logsources.html", count: 1, model: { _ in (.logSources, logSources.page()) })
    pages.add("fields.html", count: 1, model: { _ in (.fields, fields.listPage()) })
    pages.add("indicators.html", count: 1, model: { _ in (.indicators, indicators.page()) })
    pages.add("duplicates.html", count: 1, model: { _ in (.duplicates, duplicates.page()) })
    pages.add("index.html", count: 1, model: { _ in (.home, home.page()) })
    pages.add(
      "matrix.html", count: 1, model: { _ in (.matrix, matrix.page()) },
      beside: { _ in [SiteFile(path: Address.matrixScript.path, bytes: matrixData.script)] })
    pages.add("tactic.html", count: content.attack.tactics.count, model: { tactics.page(of: $0) })
    pages.add(
      "technique.html", count: techniqueIDs.count,
      model: { (.technique(techniqueIDs[$0]), techniques.page(of: techniqueIDs[$0])) })
    pages.add(
      "rule.html", count: content.index.rules.count,
      model: { (.rule(content.index.rules[$0].key), rules.page(of: $0)) },
      beside: { index in
        let rule = content.index.rules[index]
        return [
          SiteFile(path: Address.body(of: rule).path, bytes: rule.source.body),
          SiteFile(path: Address.ruleXML(of: rule.key).path, bytes: ruleXML(index)),
        ]
      })
    if !pages.faults.isEmpty { throw TemplateErrors(pages.faults) }

    let assets = templates.filter { !$0.name.hasSuffix(".html") }
    groups =
      pages.groups + [
        PageGroup(count: assets.count) { [SiteFile(path: "assets/" + assets[$0].name, bytes: assets[$0].bytes)] }
      ]
  }

  /// Makes every file and hands it to `take`, on several threads; what it says of each comes back in the order of the pages.
  package func build<Result: Sendable>(
    jobs: Int, _ take: @escaping @Sendable (SiteFile) -> Result
  ) async -> [(path: String, result: Result)] {
    let work = groups.indices.flatMap { group in (0..<groups[group].count).map { (group, $0) } }
    return await inParallel(work, jobs: jobs, chunk: 32) { group, index in
      groups[group].make(index).map { (path: $0.path, result: take($0)) }
    }.flatMap { $0 }
  }
}
