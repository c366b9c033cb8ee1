package import Diagnostics

/// One step of a rule's logic. A rule's first stage is its condition; those that follow are what it names. A query's first stage is what it
/// reads, whose logic is that of its commands together.
@usableFromInline package struct Stage: Hashable, Sendable {
  package enum Form: Hashable, Sendable {
    /// A condition, or what it names: a search identifier, an event of a sequence.
    case condition
    /// What a query reads: tables, indices.
    case source
    /// A command of a query's pipeline.
    case command
  }

  /// The search identifier, `condition`, or the word of a query's command: `where`.
  package var name: String
  package var form: Form
  /// What its text is written in; nil for a dialect whose rules aren't queries.
  package var language: QueryLanguage?
  /// The text of a condition, of what a query reads or of a command, as written; nil for other stages.
  package var text: String?
  /// What its events come from, in the words of the rule's log sources: the category of an event of a sequence, the tables that a
  /// command's rows are from; empty where they may come from any of them.
  package var reads: [String]
  @usableFromInline package var predicate: Predicate
  package var position: SourcePosition

  package init(
    name: String, form: Form = .condition, language: QueryLanguage? = nil, text: String? = nil, reads: [String] = [],
    predicate: Predicate, position: SourcePosition
  ) {
    self.name = name
    self.form = form
    self.language = language
    self.text = text
    self.reads = reads
    self.predicate = predicate
    self.position = position
  }
}

extension Stage {
  /// What a stage is to its rule.
  package enum Role: Hashable, Sendable {
    case condition
    /// What the rule looks for.
    case selection
    /// What the rule leaves out.
    case filter
    /// What a query reads.
    case source
    /// A step of a query.
    case command
  }

  /// With which signs the condition uses a stage, by way of others too.
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
  /// What each is to the rule, by how the condition uses it: a filter is what is used under an odd number of `not` only. Of a stage that
  /// isn't used, as where the condition can't be read, its name says it.
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
