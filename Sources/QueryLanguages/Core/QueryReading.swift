package import Diagnostics
package import RuleModel

/// The meaning of a query, in terms of the rule model.
package struct QueryReading: Sendable {
  /// The sources that the query reads, without duplicates, in text order. Sources read only by a negated subquery are
  /// excluded.
  package var sources: [QuerySource]
  /// First the sources, then the commands; see ``Stage``. Empty for an empty query.
  package var stages: [Stage]
  package var match: Match
  /// The problems found in the query, in text order.
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

/// A source that a query reads events from.
package struct QuerySource: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// An index, a data stream, or a pattern for either.
    case index
    /// A table, or a function that returns one.
    case table
    /// An event category, as in EQL's `process where`.
    case category
    /// A part of a data model: Splunk's `Endpoint.Processes`.
    case dataModel
    /// Where events come from, and their format: Splunk's `source` and `sourcetype`.
    case source, sourceType
    /// Splunk's `eventtype`, a saved search that says which events are meant.
    case eventType
    /// A table that values are looked up in.
    case lookup
    /// A macro that names any of these, and isn't known.
    case macro
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

/// A problem in a query.
package struct QueryFault: Hashable, Sendable {
  package var id: CheckID
  /// What is wrong, and how to fix it.
  package var message: String
  package var position: SourcePosition

  package init(_ id: CheckID, _ message: String, at position: SourcePosition) {
    self.id = id
    self.message = message
    self.position = position
  }
}
