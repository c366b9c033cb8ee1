package import Diagnostics
package import RuleModel

/// What a collector does with one kind of event: which ones it keeps, and which of those it drops.
///
/// An event passes if one of ``keeps`` matches it (or ``keeps`` is nil) and none of ``drops`` does.
package struct EventFilter: Hashable, Sendable {
  package var source: TelemetrySource
  /// The conditions for keeping an event; nil for any event. Empty if the collector is present but has this event
  /// disabled.
  package var keeps: [FilterClause]?
  /// The conditions for dropping an event.
  package var drops: [FilterClause]
  /// Conditions that no recorded event meets although the activity took place: values that are omitted from a field. Whether
  /// a doubtful one holds isn't known.
  package var lacks: [FilterClause] = []
  /// Whether the file doesn't mention the event, so that the collector's default applies.
  package var isDefault: Bool

  package init(
    source: TelemetrySource, keeps: [FilterClause]? = nil, drops: [FilterClause] = [], isDefault: Bool = false
  ) {
    self.source = source
    self.keeps = keeps
    self.drops = drops
    self.isDefault = isDefault
  }

  /// A filter for which it isn't known what passes.
  ///
  /// - Parameter text: the text that isn't understood, in one line.
  init(source: TelemetrySource, unclear text: String) {
    self.init(source: source, keeps: [FilterClause(.opaque(text), at: source.location, text: text)])
  }

  /// A filter of a file, or a part of one, that can't be read.
  init(unread source: TelemetrySource) { self.init(source: source, unclear: "can't be read") }

  /// Whether no event passes, whatever its data.
  package var isOff: Bool { keeps?.isEmpty == true || drops.contains { $0.predicate.isAlways } }

  /// Whether every event passes.
  package var isOpen: Bool {
    (keeps == nil || keeps?.contains { $0.predicate.isAlways } == true) && drops.isEmpty && lacks.isEmpty
  }
}

/// One condition in a collector's configuration, or several combined.
package struct FilterClause: Hashable, Sendable {
  /// A condition on the event's own fields. Conditions that tests can't express are opaque.
  package var predicate: Predicate
  package var location: SourceLocation
  /// As written in the file, in one line: `Image end with \AcroRd32.exe`.
  package var text: String

  /// Whether it isn't known if it holds, or for which events.
  package var isDoubtful: Bool {
    var isDoubtful = false
    predicate.forEachLeaf { leaf, _ in if case .text = leaf { isDoubtful = true } }
    return isDoubtful
  }

  package init(_ predicate: Predicate, at location: SourceLocation, text: String) {
    self.predicate = predicate
    self.location = location
    self.text = text
  }
}
