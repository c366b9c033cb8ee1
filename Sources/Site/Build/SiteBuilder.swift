import Analysis
import Parallel
package import RuleModel
package import Templates

/// Makes all pages of a site from its content and the templates.
package struct SiteBuilder: Sendable {
  private let content: SiteContent
  private let assets: [TemplateFile]
  private let home: Template<HomePage>
  private let list: Template<RuleListPage>
  private let rule: Template<RulePage>

  /// - Parameter templates: pages, and what else stands in the templates' folder: style sheet, script.
  /// - Throws: all faults of all templates.
  package init(_ content: SiteContent, templates: [TemplateFile]) throws(TemplateErrors) {
    self.content = content
    assets = templates.filter { !$0.name.hasSuffix(".html") }
    let library = try TemplateLibrary(files: templates.filter { $0.name.hasSuffix(".html") })
    home = try library.page("index.html", for: HomePage.self)
    list = try library.page("rules.html", for: RuleListPage.self)
    rule = try library.page("rule.html", for: RulePage.self)
  }

  /// The name that MITRE's licence has among the assets.
  package static let attackLicence = "attack-license.txt"

  /// The path of a rule's page from the site's root.
  package static func page(of rule: Rule) -> String { Address.rule(rule.key).path }

  /// Makes every file and hands it to `take`, on several threads; what it says of each comes back in the order of the work.
  package func build<Result: Sendable>(
    jobs: Int, _ take: @escaping @Sendable (SiteFile) -> Result
  ) async -> [(path: String, result: Result)] {
    let frames = FrameBuilder(content)
    let lists = RuleListBuilder(content, frames)
    let pages = RulePageBuilder(content, frames)
    // The dearest first, so that the last thread doesn't work alone at the end.
    let work =
      lists.all.indices.map(Work.list) + [.home] + assets.indices.map(Work.asset)
      + content.index.rules.indices.map(Work.rule)
    return await inParallel(work, jobs: jobs, chunk: 32) { item in
      files(of: item, lists, pages, frames).map { (path: $0.path, result: take($0)) }
    }.flatMap { $0 }
  }

  /// What is made in one go: a page, or a rule's page and its file.
  private enum Work: Sendable {
    case home
    case list(Int)
    case asset(Int)
    case rule(Int)
  }

  private func files(
    of work: Work, _ lists: RuleListBuilder, _ pages: RulePageBuilder, _ frames: FrameBuilder
  ) -> [SiteFile] {
    switch work {
    case .home: [SiteFile(path: Address.home.path, bytes: home.render(HomePageBuilder(content, frames, lists).page()))]
    case .list(let index):
      [SiteFile(path: lists.all[index].address.path, bytes: list.render(lists.page(lists.all[index])))]
    case .asset(let index): [SiteFile(path: "assets/" + assets[index].name, bytes: assets[index].bytes)]
    case .rule(let index):
      [
        SiteFile(path: Address.rule(content.index.rules[index].key).path, bytes: rule.render(pages.page(of: index))),
        SiteFile(
          path: Address.body(of: content.index.rules[index]).path, bytes: content.index.rules[index].source.body),
      ]
    }
  }
}
