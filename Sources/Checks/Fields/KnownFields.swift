import Analysis
import Events
import RuleModel
import Text

/// Which fields the events of each rule can have, looked up once for rules that read the same logs.
struct KnownFields: Sendable {
  private struct Context: Hashable {
    var logSources: [LogSource]
    var events: [Event]
  }

  /// All names that a field of some events can have.
  final class Names: Sendable {
    /// Without what separates words, which agents write in different ways: `Feature Name` is `Feature_Name`.
    private let names: Set<String>
    /// In UTF-8 byte order.
    let sorted: [String]
    /// Whether no event of the providers is missing from the map, so that a name like none of these is wrong, too.
    let isWhole: Bool

    init(_ names: Set<String>, isWhole: Bool) {
      self.names = Set(names.map(Names.joined))
      sorted = names.sorted(by: inByteOrder)
      self.isWhole = isWhole
    }

    func contains(_ field: String) -> Bool { names.contains(Names.joined(field)) }

    private static func joined(_ name: String) -> String {
      let separators = " _-".utf8
      return name.utf8.contains { separators.contains($0) }
        ? String(decoding: name.utf8.filter { !separators.contains($0) }, as: UTF8.self) : name
    }
  }

  private let map: EventMap
  private let fields: FieldMap
  private var names: RuleColumn<Names?> = RuleColumn()

  init(in index: CatalogIndex, map: EventMap, fields: FieldMap) {
    (self.map, self.fields) = (map, fields)
    var known: [Context: Names?] = [:]
    names = index.rules.mapPlaces { (id: RuleID) -> Names? in
      let rule = index.rules[id]
      guard rule.key.dialect == .sigma, rule.ruleClass == .detection || rule.ruleClass == .hunt else { return nil }
      let context = Context(
        logSources: rule.logSources.map(\.withoutDefinition), events: index.events[id].events.map(\.event))
      if let found = known[context] { return found }
      let names = made(context)
      known[context] = .some(names)
      return names
    }
  }

  /// The names of a Sigma rule's fields; nil if the map doesn't know all fields of each of its events.
  subscript(rule: RuleID) -> Names? { names[rule] }

  private func made(_ context: Context) -> Names? {
    guard !context.events.isEmpty else { return nil }
    var names: Set<String> = []
    var isWhole = true
    for event in context.events {
      guard !event.isAny, let own = map.fields(of: event) else { return nil }
      names.formUnion(own)
      isWhole = isWhole && map.provider(named: event.provider)?.isComplete == true
    }
    for logSource in context.logSources {
      for entry in map.entries(for: logSource, dialect: .sigma) { names.formUnion(entry.knownFieldNames) }
    }
    names.formUnion(fields.names(for: context.logSources, dialect: .sigma, events: context.events))
    // The head of every Windows record, as collectors flatten it.
    if context.logSources.contains(where: { $0.product == "windows" }) { names.formUnion(EventMap.windowsHead) }
    return Names(names, isWhole: isWhole)
  }
}
