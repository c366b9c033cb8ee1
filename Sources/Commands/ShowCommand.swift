import ArgumentParser
import Reports
import RuleModel
import Site

/// `ruledex show`: shows the page of one rule in the terminal.
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows one rule and how it relates to the others.",
    discussion: """
      The rule is named by its key (sigma/proc_creation_win_net_user), its slug, its id, its title or its file. All rules of the \
      catalog are read, since counts, neighbours and relations depend on all of them.

      Exit codes: 0 fine; 2 no such rule, several of that name, wrong usage or unreadable input.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, xml
  }

  @Argument(help: "The rule: a key, a slug, an id, a title or a file.")
  var rule: String

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp(
      "A folder or file of rules, instead of those in the configuration. May be repeated.", valueName: "path")
  )
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "The form of the result: text, json (as in catalog.json) or xml (rule.xml).", valueName: "format"))
  var format = Format.text

  @OptionGroup var reading: ReadingOptions

  func run() async { await endingWithCode(show) }

  private func show(_ terminal: Terminal) async throws(InputError) -> Ending {
    var catalog = try await LoadedCatalog.load(paths, reading, terminal: terminal)
    terminal.endProgress()
    guard let number = number(in: catalog, terminal) else { return Ending(2) }
    let page = SiteBuilder.page(of: catalog.index.rules[number])
    let content = try await siteContent(of: &catalog, terminal)
    switch format {
    case .text:
      let layout = TextLayout(width: terminal.outputWidth, usesColour: terminal.coloursOutput)
      try terminal.result(layout.text(await ruleText(number, of: content)))
    case .json: try terminal.result(ruleJSON(number, of: catalog.index, content.visibility, page: page))
    case .xml: try terminal.result(ruleXML(number, of: catalog.index, content.visibility, page: page))
    }
    return Ending(0, holding: catalog)
  }

  /// Includes what is collected, but not what only the review's own page shows.
  private func siteContent(of catalog: inout LoadedCatalog, _ terminal: Terminal) async throws(InputError)
    -> SiteContent
  {
    var configuration = catalog.configuration
    (configuration.baseline, configuration.history) = ([], [])
    var review = ReviewSource()
    try await review.read(configuration, catalog.knowledge, jobs: reading.threads, terminal: terminal)
    return await review.siteContent(of: &catalog, jobs: reading.threads)
  }

  /// - Returns: nil if no rule matches, or several do; the candidates have then been reported.
  private func number(in catalog: LoadedCatalog, _ terminal: Terminal) -> RuleID? {
    let rules = catalog.index.rules
    func list(_ numbers: [RuleID]) -> String {
      numbers.map { "\n  \(Terminal.harmless(rules[$0].key.description))  \(Terminal.harmless(rules[$0].title))" }
        .joined()
    }
    let name = Terminal.harmless(rule)
    switch RuleFinder(rules: rules).find(rule) {
    case .rule(let number): return number
    case .several(let numbers):
      terminal.note("Error: '\(name)' names \(numbers.count) rules; give the key of one:" + list(numbers))
    case .none(let nearest) where nearest.isEmpty:
      terminal.note("Error: no rule is called '\(name)'; 'ruledex search' finds rules by words")
    case .none(let nearest):
      terminal.note(
        "Error: no rule is called '\(name)'; did you mean" + (nearest.count > 1 ? " one of these?" : " this one?")
          + list(nearest))
    }
    return nil
  }
}
