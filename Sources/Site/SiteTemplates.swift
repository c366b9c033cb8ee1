import Diagnostics
package import Templates

/// The templates of all pages, each bound to the model of its pages, and the other files in their folder.
package struct SiteTemplates: Sendable {
  /// By file name.
  private var pages: [String: any Sendable] = [:]
  /// Style sheet, scripts and the like.
  let assets: [TemplateFile]

  /// - Parameter files: pages, and the other files in the templates' folder.
  /// - Throws: all faults of all templates.
  package init(_ files: [TemplateFile]) throws(TemplateErrors) {
    assets = files.filter { !$0.name.hasSuffix(".html") }
    let library = try TemplateLibrary(files: files.filter { $0.name.hasSuffix(".html") })
    var faults: [Diagnostic] = []
    func bind<Model: TemplateModel>(_ name: String, to model: Model.Type) {
      do throws(TemplateErrors) { pages[name] = try library.page(name, for: model) } catch {
        faults += error.diagnostics
      }
    }
    bind("coverage.html", to: CoveragePage.self)
    bind("duplicates.html", to: DuplicatesPage.self)
    bind("event.html", to: EventPage.self)
    bind("events.html", to: EventListPage.self)
    bind("field.html", to: FieldPage.self)
    bind("fields.html", to: FieldListPage.self)
    bind("index.html", to: HomePage.self)
    bind("indicators.html", to: IndicatorsPage.self)
    bind("lint.html", to: LintPage.self)
    bind("logsources.html", to: LogSourceListPage.self)
    bind("matrix.html", to: MatrixPage.self)
    bind("pictures.html", to: PicturesPage.self)
    bind("review-list.html", to: ReviewListPage.self)
    bind("rule.html", to: RulePage.self)
    bind("rules.html", to: RuleListPage.self)
    bind("search.html", to: SearchPage.self)
    bind("tactic.html", to: TacticPage.self)
    bind("technique.html", to: TechniquePage.self)
    if !faults.isEmpty { throw TemplateErrors(faults) }
  }

  /// The template for a kind of page.
  func page<Model: TemplateModel>(_ name: String) -> Template<Model> {
    guard let template = pages[name] as? Template<Model> else { preconditionFailure("'\(name)' is bound above") }
    return template
  }
}
