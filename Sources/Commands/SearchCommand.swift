import Analysis
import ArgumentParser
import Reports
import RuleModel
import Search
import Site

/// `ruledex search`: finds rules by words, as the site's search page does.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Finds rules by words and filters.",
    discussion: """
      All terms must match. A word is found anywhere in a title, an id, a value that the rule looks for, a name of a technique, \
      an event, a field, an author or the log source, ignoring case. Words in quotation marks are found as a phrase; a \
      filter before a word says where it must occur; a hyphen before a term excludes what matches it. Put the query in single \
      quotes to protect it from the shell:

        ruledex search 'technique:T1059 level:high "net user" -powershell'

      Filters:

      \(SearchFilter.allCases.map { "  \($0.rawValue):\(String(repeating: " ", count: 10 - $0.rawValue.count)) \($0.help)" }.joined(separator: "\n"))

      Exit codes: 0 fine; 1 nothing was found; 2 wrong usage or unreadable input.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json
  }

  @Argument(help: "Words and filters.")
  var words: [String]

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp(
      "A folder or file of rules, instead of those in the configuration. May be repeated.", valueName: "path")
  )
  var paths: [String] = []

  @Option(help: ArgumentHelp("The form of the result: table or json.", valueName: "format"))
  var format = Format.table

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var telemetry: TelemetryOptions

  func validate() throws {
    if SearchQuery(query).terms.isEmpty { throw ValidationError("the query has no word; write one, such as 'lsass'") }
  }

  func run() async { await endingWithCode(search) }

  private func search(_ terminal: Terminal) async throws(InputError) -> Ending {
    let catalog = try await LoadedCatalog.load(paths, reading, terminal: terminal)
    let index = catalog.index
    let table = SearchTable(
      of: index, attack: catalog.knowledge.attack, events: catalog.knowledge.events,
      uses: fieldUses(indicators: index.indicators, exclusions: index.exclusions),
      states: try await states(of: catalog, terminal))
    let found = Searcher(table).rules(for: SearchQuery(query))
    terminal.endProgress()
    switch format {
    case .table:
      if found.isEmpty {
        terminal.note("no rule matches")
      } else {
        try terminal.result(foundRulesTable(found, of: index.rules))
      }
    case .json:
      try terminal.result(foundRulesJSON(found, of: index.rules, page: { SiteBuilder.page(of: index.rules[$0]) }))
    }
    return Ending(found.isEmpty ? 1 : 0, holding: catalog)
  }

  /// What each rule sees of what is collected, if a filter asks for it.
  ///
  /// - Throws: if it isn't known what is collected.
  private func states(
    of catalog: LoadedCatalog, _ terminal: Terminal
  ) async throws(InputError) -> RuleColumn<RuleState>? {
    guard SearchQuery(query).terms.contains(where: { $0.filter == .state }) else { return nil }
    guard let collected = try telemetry.read(catalog, terminal) else {
      throw InputError(
        .configuration, at: "state:",
        "it isn't known what is collected, so no rule has a state; name a telemetry file with --telemetry or in ruledex.yml"
      )
    }
    let view = await TelemetryView(collected.telemetry, catalog.index, catalog.knowledge, jobs: reading.threads)
    return view.collected.states
  }

  private var query: String { words.joined(separator: " ") }
}
