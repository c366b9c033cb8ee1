package import Diagnostics
package import RuleModel

/// What a query says, in the words of the rule model.
package struct QueryReading: Sendable {
  /// What the query reads, each once, in the order of the text. What only a negated subquery reads isn't among them.
  package var sources: [QuerySource]
  /// First what the query reads, then its commands; see ``Stage``. None for an empty query.
  package var stages: [Stage]
  package var match: Match
  /// What is wrong with the query, in the order of the text.
  package var faults: [QueryFault]

  package init(
    sources: [QuerySource] = [], stages: [Stage] = [], match: Match = .single, faults: [QueryFault] = []
  ) {
    self.sources = sources
    self.stages = stages
    self.match = match
    self.faults = faults
  }
}

/// Something that a query reads events from.
package struct QuerySource: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// An index, a data stream or a pattern of such.
    case index
    /// A table, or a function that stands for one.
    case table
    /// The category of events, as EQL's `process where`.
    case category
  }

  package var kind: Kind
  /// As written, without quotes.
  package var name: String
  package var position: SourcePosition

  package init(_ kind: Kind, _ name: String, at position: SourcePosition) {
    self.kind = kind
    self.name = name
    self.position = position
  }
}

/// What is wrong with a query.
package struct QueryFault: Hashable, Sendable {
  package var id: CheckID
  /// What is wrong, and what to do about it.
  package var message: String
  package var position: SourcePosition

  package init(_ id: CheckID, _ message: String, at position: SourcePosition) {
    self.id = id
    self.message = message
    self.position = position
  }
}
