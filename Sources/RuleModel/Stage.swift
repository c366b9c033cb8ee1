package import Diagnostics

/// One step of a rule's logic. A rule's first stage is its condition, followed by the stages that it names. A query's
/// first stage is what it reads, with the combined logic of its commands.
@usableFromInline package struct Stage: Hashable, Sendable {
  package enum Form: Hashable, Sendable {
    /// A condition, or something that it names: a search identifier, an event of a sequence.
    case condition
    /// What a query reads: tables, indices.
    case source
    /// A command of a query's pipeline.
    case command
  }

  /// The search identifier, `condition`, or the name of a query command: `where`.
  package var name: String
  package var form: Form
  /// The language of its text; nil for a dialect whose rules aren't queries.
  package var language: QueryLanguage?
  /// The text of a condition, of a query's source or of a command, as written; nil for other stages.
  package var text: String?
  /// Where its events come from, using the names in the rule's log sources: the category of an event of a sequence, the
  /// tables that a command's rows come from. Empty if they may come from any of them.
  package var reads: [String]
  /// What decides besides the predicate, as written: the constants of a query at its first stage (`let limit = 5`), the
  /// join keys and options of an event of a sequence (`by process.entity_id`, `with runs=3`).
  package var settings: [String]
  /// A digest of the words of its settings and, if its text counts as logic, of its text; nil for none.
  package var wordsDigest: UInt64?
  @usableFromInline package var predicate: Predicate
  package var position: SourcePosition

  package init(
    name: String, form: Form = .condition, language: QueryLanguage? = nil, text: String? = nil, reads: [String] = [],
    settings: [String] = [], predicate: Predicate, position: SourcePosition
  ) {
    self.name = name
    self.form = form
    self.language = language
    self.text = text
    self.reads = reads
    self.settings = settings
    self.predicate = predicate
    self.position = position
  }
}

extension Stage {
  /// The role of a stage in its rule.
  package enum Role: Hashable, Sendable {
    case condition
    /// What the rule looks for.
    case selection
    /// What the rule excludes.
    case filter
    /// What a query reads.
    case source
    /// A step of a query.
    case command
  }

  /// The signs with which the condition uses a stage, directly or through other stages.
  package struct Use: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Under an even number of `not`.
    package static let plain = Use(rawValue: 1)
    /// Under an odd number of `not`.
    package static let negated = Use(rawValue: 2)
  }
}

extension [Stage] {
  /// The role of each stage, from how the condition uses it: a filter is used only under an odd number of `not`. The
  /// name of a stage decides if the stage isn't used, as when the condition can't be read.
  package var roles: [Stage.Role] {
    zip(self, uses).enumerated().map { index, stage in
      let (stage, use) = stage
      switch stage.form {
      case .source: return .source
      case .command: return .command
      case .condition where index == 0: return .condition
      case .condition: break
      }
      let isFilter = use.isEmpty ? stage.name.lowercased().hasPrefix("filter") : use == .negated
      return isFilter ? .filter : .selection
    }
  }
}
