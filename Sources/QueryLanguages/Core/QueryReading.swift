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

  /// Keeps a query of a language that isn't read as one part, without the white space before it; empty for an empty
  /// query.
  ///
  /// - Parameter fault: what is reported of it.
  static func unread(
    _ query: [UInt8], in language: QueryLanguage, form: Stage.Form, _ fault: String, place: (Int) -> SourcePosition
  ) -> QueryReading {
    guard let start = query.firstIndex(where: { $0 > UInt8(ascii: " ") }) else { return QueryReading() }
    let text = String(decoding: query[start...], as: UTF8.self)
    let stage = Stage(
      name: "query", form: form, language: language, text: text,
      predicate: .opaque(shortened(text), at: place(start)), position: place(start))
    return QueryReading(stages: [stage], faults: [QueryFault(.queryUnread, fault, at: place(start))])
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
