import Diagnostics
package import RuleModel
import Telemetry
import Text

/// What a rule sees of what is collected, in the form that `catalog.json` keeps.
package struct KeptVisibility: Hashable, Sendable {
  /// The states of the output format, which has no separate word for a rule that collectors' filters hide entirely.
  package enum State: String, Hashable, Sendable {
    case runs, partly, blind, unknown

    package init(_ state: RuleState) {
      switch state {
      case .runs: self = .runs
      case .partlyBlind: self = .partly
      case .hidden, .blind: self = .blind
      case .unknown: self = .unknown
      }
    }
  }

  /// A part of a collector's configuration that can hide what a rule looks for.
  package struct Hiding: Hashable, Sendable {
    package var place: KeptPlace
    /// `drops Image is C:\a.exe`.
    package var words: String

    package init(place: KeptPlace, words: String) { (self.place, self.words) = (place, words) }
  }

  package var state: State
  /// Its events, none of which is collected; empty if the state has another cause.
  package var missing: [Event]
  /// What hides what it looks for, most significant first.
  package var hiding: [Hiding]
  /// How much more there is of that.
  package var more: Int

  package init(state: State, missing: [Event] = [], hiding: [Hiding] = [], more: Int = 0) {
    self.state = state
    self.missing = missing
    self.hiding = hiding
    self.more = more
  }

  package init(_ visibility: RuleVisibility) {
    self.init(state: State(RuleState(visibility)))
    if case .blind(let events) = visibility { missing = events }
    if let (reasons, left) = visibility.hiding {
      hiding = reasons.map { Hiding(place: KeptPlace($0.location), words: $0.words) }
      more = left
    }
  }
}

/// A line of a published file.
package struct KeptPlace: Hashable, Sendable {
  package var file: String
  package var line: Int?

  package init(file: String, line: Int?) { (self.file, self.line) = (file, line) }

  init(_ location: SourceLocation) {
    self.init(file: location.file.source, line: location.position.map { Int($0.line) })
  }

  /// `sysmon.xml:14`.
  package var words: String { line.map { "\(file):\($0)" } ?? file }
}

/// How an event that rules read is collected, in the form that `catalog.json` keeps.
package struct KeptCollection: Hashable, Sendable {
  package var event: Event
  package var share: CollectedShare
  /// What delivers it, or prevents its delivery, in order.
  package var places: [KeptPlace]

  package init(event: Event, share: CollectedShare, places: [KeptPlace]) {
    self.event = event
    self.share = share
    self.places = places
  }
}

extension VisibilityReview {
  /// How each event that a rule reads is collected, by event.
  package var keptCollections: [KeptCollection] {
    collections.sorted { $0.key < $1.key }.map { event, collection in
      KeptCollection(
        event: event, share: CollectedShare(isCollected: collection.isCollected, isWhole: collection.isWhole),
        places: collection.sources.map { KeptPlace($0.location) }.distinct())
    }
  }
}
