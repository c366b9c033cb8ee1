package import RuleModel
import Text

/// What a log source contains, and how its rules select among its events.
package struct LogSourceEvents: Sendable {
  /// The category, product and service that a rule must have; nil ones don't matter. If the map gives only names in
  /// other dialects, the first of those.
  package let logSource: LogSource
  /// Whether the map gives it a category, product or service.
  package let isInTaxonomy: Bool
  /// Its names in other dialects.
  let names: DialectNames
  /// Whether its events are operations: API calls, audit-log operations.
  package let namesOperations: Bool
  /// The title of its events that have none of their own: `API call`.
  package let operationTitle: String?
  package let targets: [Target]
  let pin: Pin
  /// The fields that provide information about the event.
  let fields: FieldTable
  /// The events that a rule means if its tests name none, since its log source's name does: `1` in `Sysmon EventID 1`.
  private(set) var namedEvents: [String] = []

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

  /// The same log source under a name that itself names events.
  func naming(_ events: [String]) -> LogSourceEvents {
    var result = self
    result.namedEvents = events
    return result
  }

  /// The fields in which a rule can name the event or its provider, in map order.
  package var pinnedFields: [String] { pin.fields }

  /// The fields that the map says something about: those that name the event, those whose values decide, and those that
  /// some event lacks.
  package var knownFieldNames: [String] { fields.names }

  /// Whether its entries list all numbers that its rules can name, and a rule that names none can mean any of them.
  var listsPinnedOnly: Bool {
    !targets.isEmpty && targets.allSatisfy { if case .pinned = $0.extent { true } else { false } }
  }

  /// Whether an entry lists an event with this name.
  func isPinned(_ name: String) -> Bool {
    targets.contains { target in
      guard case .pinned(let names) = target.extent else { return false }
      return names.contains(name)
    }
  }

  /// One event, all events of a provider, or a provider's listed events.
  package struct Target: Hashable, Sendable {
    package enum Extent: Hashable, Sendable {
      /// This event of the log source.
      case event(String)
      /// Any event of the provider; an event that a rule names counts here unless another target lists it.
      case any
      /// These events if a rule names them, or any of them if all entries are of this kind.
      case pinned(PinnedNames)
    }

    /// With a `{word}` to be filled with a part that the event name's pattern captures.
    package var provider: String
    package var extent: Extent
    /// Fields that the log source has but this event lacks.
    package var lacks: [String] = []
    /// Fields whose values identify this event, each with those values.
    package var when: [Condition] = []
    /// Whether it counts only if a rule names the event or the provider.
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

/// Events given by name or pattern.
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

  /// What the first matching pattern captured; nil if none matches.
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

  /// A way to name the event; the first one that a rule uses counts.
  enum EventForm: Hashable, Sendable {
    /// The field's value, converted to one case if the source is case-insensitive.
    case field(String, LetterCase?)
    /// A translation of the field's value; other values have no meaning.
    case translated(String, [String: String])
    /// A name composed of several fields.
    case composed([Piece])
  }

  enum Piece: Hashable, Sendable {
    case text(String)
    case field(String)
  }

  /// A field that names the provider.
  struct ProviderForm: Hashable, Sendable {
    var field: String
    /// nil if the field's value is a provider's name or alias.
    var derivation: Derivation?
  }

  /// A pattern for a field's value, and the provider name that results from its `{word}`.
  struct Derivation: Hashable, Sendable {
    var pattern: NamePattern
    var name: String
  }

  var events: [EventForm] = []
  var providers: [ProviderForm] = []
  /// The fields whose values are event numbers, in which leading zeros don't matter and ranges are allowed.
  var numberFields: Set<String> = []
  /// The fields with several values at once, so that a rule can require two of them.
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
    return result.distinct()
  }

  mutating func add(_ other: Pin) {
    events += other.events.filter { !events.contains($0) }
    providers += other.providers.filter { !providers.contains($0) }
    numberFields.formUnion(other.numberFields)
    severalFields.formUnion(other.severalFields)
  }
}
