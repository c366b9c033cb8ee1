import Events
import RuleModel

/// The names by which the fields of a catalog's rules are compared, looked up only once for rules that read the same
/// logs.
struct CanonicalFields: Sendable {
  /// What a field's meaning depends on.
  private struct Context: Hashable {
    var logSources: [LogSource]
    var dialect: Dialect
    var events: [Event]
  }

  private let map: FieldMap
  private var contexts: [Context: Int] = [:]
  /// For each context, what fields mean in it.
  private var meanings: [FieldMap.Meanings] = []
  private var names: [[String: String?]] = []

  init(map: FieldMap) { self.map = map }

  /// The number of the context that determines the meaning of a rule's fields.
  ///
  /// - Parameter events: the events that the rule reads.
  mutating func context(of rule: Rule, events: [Event]) -> Int {
    let context = Context(
      logSources: rule.logSources.map(\.withoutDefinition), dialect: rule.key.dialect, events: events)
    if let known = contexts[context] { return known }
    contexts[context] = meanings.count
    meanings.append(
      FieldMap.Meanings(of: map, for: context.logSources, dialect: context.dialect, events: context.events))
    names.append([:])
    return meanings.count - 1
  }

  /// A field's canonical name; nil if it is the same as written.
  mutating func name(of field: String, in context: Int) -> String? {
    if let known = names[context][field] { return known }
    let name = meanings[context].canonical(field)
    // Strings that Swift considers equal may differ in their bytes, and so in the name found.
    if field.utf8.allSatisfy({ $0 < 0x80 }) { names[context][field] = .some(name) }
    return name
  }
}
