package import Diagnostics
package import RuleModel

/// What a collector does with one kind of event: which it keeps, and which it drops of those.
///
/// An event passes when one of ``keeps`` takes it (any event does where that is nil) and none of ``drops`` does.
package struct EventFilter: Hashable, Sendable {
  package var source: TelemetrySource
  /// What an event must be like; nil for any. Empty: the collector is there, and has this event turned off.
  package var keeps: [FilterClause]?
  /// What an event must not be like.
  package var drops: [FilterClause]
  /// What no event that is recorded is like, although what happened is: values that are left out of a field.
  package var lacks: [FilterClause] = []
  /// Whether the file doesn't name the event, so that the collector's own default decides.
  package var isDefault: Bool

  package init(
    source: TelemetrySource, keeps: [FilterClause]? = nil, drops: [FilterClause] = [], isDefault: Bool = false
  ) {
    self.source = source
    self.keeps = keeps
    self.drops = drops
    self.isDefault = isDefault
  }

  /// One of which it isn't known what passes.
  ///
  /// - Parameter text: what isn't understood, in one line.
  init(source: TelemetrySource, unclear text: String) {
    self.init(source: source, keeps: [FilterClause(.opaque(text), at: source.location, text: text)])
  }

  /// Of a file, or a part of one, that can't be read.
  init(unread source: TelemetrySource) { self.init(source: source, unclear: "can't be read") }

  /// Whether no event passes, whatever is in it.
  package var isOff: Bool { keeps?.isEmpty == true || drops.contains { $0.predicate.isAlways } }

  /// Whether every event passes.
  package var isOpen: Bool {
    (keeps == nil || keeps?.contains { $0.predicate.isAlways } == true) && drops.isEmpty && lacks.isEmpty
  }
}

/// One condition of a collector's configuration, or several that are together.
package struct FilterClause: Hashable, Sendable {
  /// Over the event's own fields. What can't be said with tests is opaque.
  package var predicate: Predicate
  package var location: SourceLocation
  /// As the file has it, in one line: `Image end with \AcroRd32.exe`.
  package var text: String

  package init(_ predicate: Predicate, at location: SourceLocation, text: String) {
    self.predicate = predicate
    self.location = location
    self.text = text
  }
}
