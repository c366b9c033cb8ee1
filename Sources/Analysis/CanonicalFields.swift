import Events
import RuleModel

/// The names by which the fields of a catalog's rules are compared, each looked up once for all rules of like logs.
struct CanonicalFields: Sendable {
  /// What a field's meaning depends on.
  private struct Context: Hashable {
    var logSources: [LogSource]
    var dialect: Dialect
    var events: [Event]
  }

  private let map: FieldMap
  private var contexts: [Context: Int] = [:]
  /// What the first rule of each context reads, which stands for the others.
  private var models: [Context] = []
  private var names: [[String: String?]] = []

  init(map: FieldMap) { self.map = map }

  /// The number of what the meaning of a rule's fields depends on.
  ///
  /// - Parameter events: that the rule reaches.
  mutating func context(of rule: Rule, events: [Event]) -> Int {
    let context = Context(
      logSources: rule.logSources.map(\.withoutDefinition), dialect: rule.key.dialect, events: events)
    if let known = contexts[context] { return known }
    contexts[context] = models.count
    models.append(context)
    names.append([:])
    return models.count - 1
  }

  /// A field's canonical name; nil where it is the one written.
  mutating func name(of field: String, in context: Int) -> String? {
    if let known = names[context][field] { return known }
    let model = models[context]
    let name = map.canonical(field, for: model.logSources, dialect: model.dialect, events: model.events)
    // Names that Swift takes to be equal may be other bytes, which the name found can have.
    if field.utf8.allSatisfy({ $0 < 0x80 }) { names[context][field] = .some(name) }
    return name
  }
}
