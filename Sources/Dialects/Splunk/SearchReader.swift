import Diagnostics
import DialectReading
import QueryLanguages
import RuleModel
import Text

/// What is read the same way of a rule in YAML and of one in a configuration file.
protocol SearchReader: DraftReader {
  var context: DialectContext { get }
  /// Whether it reads only what other rules or products found.
  var readsAlerts: Bool { get set }
}

private let alertPlaces: Set = ["risk", "risk.all_risk", "alerts", "alerts.alerts", "notable", "risk_index"]

extension SearchReader {
  /// Reads the search with the macros that other files define.
  ///
  /// - Parameter dataSources: the names of what the rule reads, if it lists any.
  /// - Returns: how the results make the rule match.
  mutating func read(
    search: [UInt8], dataSources: [String], place: @escaping (Int) -> SourcePosition
  ) -> Match {
    let context = context
    let reading = readSPL(
      search, macros: { macro($0, $1, in: context) },
      definesCommand: { context.companion(.command, named: $0) != nil }, place: place)
    rule.stages = reading.stages
    rule.add(reading.faults)
    rule.lacksLogic = rule.stages.isUnread
    rule.leaveOutWhatIsTooLarge(
      at: SourceSpan(place(0)), limit: context.limits.tests)
    readsAlerts = areAlerts(reading.sources)
    let named = dataSources.flatMap(parts).map { LogSource(service: $0) }
    let read = logSources(of: reading.sources)
    (rule.logSources, rule.queryLogSources) = named.isEmpty ? (read, []) : (named, read)
    rule.logSourcePosition = reading.sources.first?.position
    addSources(dataSources)
    addLookups(reading.sources)
    return reading.match
  }

  /// `Sysmon EventID 1 AND Sysmon EventID 3` are two.
  private func parts(_ name: String) -> [String] {
    var parts: [[Substring]] = [[]]
    for word in name.split(separator: " ") {
      if word == "AND" { parts.append([]) } else { parts[parts.count - 1].append(word) }
    }
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
  }

  /// What the search itself says about where its events come from.
  private func logSources(of sources: [QuerySource]) -> [LogSource] {
    func names(_ kinds: QuerySource.Kind...) -> [String] {
      sources.filter { kinds.contains($0.kind) && $0.name != "*" }.map(\.name)
    }
    let (places, types) = (names(.source), names(.sourceType))
    var found: [LogSource] = []
    if readsAlerts {
      // Their sources are the rules that found them.
    } else if places.count == 1, types.count == 1 {
      found = [LogSource(product: places[0], service: types[0])]
    } else {
      found = places.map { LogSource(product: $0) } + types.map { LogSource(service: $0) }
    }
    found += names(.dataModel).map { LogSource(category: $0) }
    if found.isEmpty { found = names(.eventType, .index, .macro).map { LogSource(service: $0) } }
    return found.distinct()
  }

  /// Whether all of these hold what other rules or products found.
  private func areAlerts(_ sources: [QuerySource]) -> Bool {
    let places = sources.filter { [.index, .dataModel, .macro].contains($0.kind) }
    return !places.isEmpty && places.allSatisfy { alertPlaces.contains($0.name.lowercased()) }
  }

  private mutating func addSources(_ names: [String]) {
    let found = names.map { name in
      let source = context.companion(.dataSource, named: name)?.companion
      let parts = ["source", "sourcetype"].compactMap { key in source?.value(key).map { "\(key) \($0)" } }
      return parts.isEmpty ? name : "\(name) (\(parts.joined(separator: ", ")))"
    }
    add("Data sources", found)
  }

  private mutating func addLookups(_ sources: [QuerySource]) {
    add(
      "Lookups",
      sources.filter { $0.kind == .lookup }.map { source in
        context.companion(.lookup, named: source.name).map { "\(source.name) (\($0.source))" } ?? source.name
      })
  }

  func stories(_ names: [String]) -> [String] {
    names.map { name in
      let kinds = context.companion(.story, named: name)?.companion.values["category"] ?? []
      return kinds.isEmpty ? name : "\(name) (\(kinds.joined(separator: ", ")))"
    }
  }
}

private func macro(_ name: String, _ parameters: Int, in context: DialectContext) -> SPLMacro? {
  let name = Companion.name(ofMacro: name, parameters: parameters)
  guard let found = context.companion(.macro, named: name)?.companion, found.values["iseval"] == nil,
    let definition = found.value("definition")
  else { return nil }
  return SPLMacro(parameters: found.values["arguments"] ?? [], definition: definition.utf8)
}

extension Level {
  /// By contentctl's table of risk scores.
  init(riskScore score: Double) {
    self =
      score <= 20 ? .informational : score <= 40 ? .low : score <= 60 ? .medium : score <= 80 ? .high : .critical
  }
}
