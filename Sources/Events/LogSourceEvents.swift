package import RuleModel
import Text

/// What a log source holds, and how its rules choose among its events.
package struct LogSourceEvents: Sendable {
  /// The category, product and service that a rule must have; those that are nil don't matter. Where the map gives only
  /// what other dialects call it, the first of these names.
  package let logSource: LogSource
  /// Whether the map gives it a category, product or service.
  package let isInTaxonomy: Bool
  /// What rules of other dialects call it.
  let names: DialectNames
  /// Whether its events are operations: API calls, audit-log operations.
  package let namesOperations: Bool
  /// What its events are called that have no title of their own: `API call`.
  package let operationTitle: String?
  package let targets: [Target]
  let pin: Pin
  /// The fields that say something of the event.
  let fields: FieldTable

  init(
    logSource: LogSource, names: DialectNames = DialectNames(), namesOperations: Bool, operationTitle: String? = nil,
    targets: [Target], pin: Pin
  ) {
    isInTaxonomy = !logSource.isEmpty
    self.logSource = logSource.isEmpty ? names.logSource : logSource
    self.names = names
    self.namesOperations = namesOperations
    self.operationTitle = operationTitle
    self.targets = targets
    self.pin = pin
    fields = FieldTable(
      choosing: pin.fields + targets.flatMap { $0.when.map(\.field) }, numbers: pin.numberFields,
      several: pin.severalFields, needed: targets.flatMap(\.lacks))
  }

  /// The fields in which a rule can name the event or its provider, as the map lists them.
  package var pinnedFields: [String] { pin.fields }

  /// Whether its entries list all numbers that its rules may name, and a rule that names none may mean any of them.
  var listsPinnedOnly: Bool {
    !targets.isEmpty && targets.allSatisfy { if case .pinned = $0.extent { true } else { false } }
  }

  /// Whether an entry lists an event of that name.
  func isPinned(_ name: String) -> Bool {
    targets.contains { target in
      guard case .pinned(let names) = target.extent else { return false }
      return names.contains(name)
    }
  }

  /// One event, all of a provider's, or those of a provider that are listed.
  package struct Target: Hashable, Sendable {
    package enum Extent: Hashable, Sendable {
      /// This event of the log source.
      case event(String)
      /// Any event of the provider; what a rule names goes here unless another target lists it.
      case any
      /// These events, where a rule names them, or any of them where no entry is of another kind.
      case pinned(PinnedNames)
    }

    /// With a `{word}` where the pattern of the event's name gives a part.
    package var provider: String
    package var extent: Extent
    /// Fields that the log source has and this event hasn't.
    package var lacks: [String] = []
    /// Fields whose values say that it is this event, each with the values.
    package var when: [Condition] = []
    /// Whether it counts only where a rule names the event, or the provider.
    package var mustBeNamed = false
  }

  package struct Condition: Hashable, Sendable {
    package var field: String
    package var values: [String]

    package init(field: String, values: [String]) {
      self.field = field
      self.values = values
    }
  }
}

/// Events by name or pattern.
package struct PinnedNames: Hashable, Sendable {
  /// As the map lists them.
  package let patterns: [NamePattern]
  private let literals: Set<String>
  private let others: [NamePattern]

  init(_ patterns: [NamePattern]) {
    self.patterns = patterns
    literals = Set(patterns.filter(\.isLiteral).map { lowercasedASCII($0.text) })
    others = patterns.filter { !$0.isLiteral }
  }

  func contains(_ name: String) -> Bool { lists(name) || match(name) != nil }

  func lists(_ name: String) -> Bool { literals.contains(lowercasedASCII(name)) }

  /// What the first pattern that matches captured; nil where none does.
  func match(_ name: String) -> (word: String?, text: String)? {
    for pattern in others {
      if let text = pattern.match(name) { return (pattern.word, text) }
    }
    return nil
  }
}

/// How rules name the event and its provider.
struct Pin: Hashable, Sendable {
  enum LetterCase: String, Hashable, Sendable, CaseIterable {
    case upper, lower
  }

  /// A way to name the event; the first that a rule takes counts.
  enum EventForm: Hashable, Sendable {
    /// The field's value; in one case where the source doesn't tell case apart.
    case field(String, LetterCase?)
    /// What the field's value means; other values mean nothing.
    case translated(String, [String: String])
    /// A name made of several fields.
    case composed([Piece])
  }

  enum Piece: Hashable, Sendable {
    case text(String)
    case field(String)
  }

  /// A field that names the provider.
  struct ProviderForm: Hashable, Sendable {
    var field: String
    /// nil where the field's value is a provider's name or alias.
    var derivation: Derivation?
  }

  /// What a field's value must match, and the provider's name that results, with the pattern's `{word}`.
  struct Derivation: Hashable, Sendable {
    var pattern: NamePattern
    var name: String
  }

  var events: [EventForm] = []
  var providers: [ProviderForm] = []
  /// The fields whose values are numbers of events, which leading zeros don't change, and of which ranges can be asked.
  var numberFields: Set<String> = []
  /// The fields that hold several values at once, so that a rule can ask for two of them.
  var severalFields: Set<String> = []

  var fields: [String] {
    var result: [String] = []
    for form in events {
      switch form {
      case .field(let field, _), .translated(let field, _): result.append(field)
      case .composed(let pieces):
        for case .field(let field) in pieces { result.append(field) }
      }
    }
    result += providers.map(\.field)
    var seen: Set<String> = []
    return result.filter { seen.insert($0).inserted }
  }

  mutating func add(_ other: Pin) {
    events += other.events.filter { !events.contains($0) }
    providers += other.providers.filter { !providers.contains($0) }
    numberFields.formUnion(other.numberFields)
    severalFields.formUnion(other.severalFields)
  }
}
