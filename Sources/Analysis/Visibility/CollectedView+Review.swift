package import Telemetry

extension CollectedView {
  /// As the review of rules has it.
  package init(_ review: VisibilityReview, of telemetry: Telemetry) {
    self.init(
      states: review.rules.map { RuleState($0) }, collected: telemetry.collectedEvents(),
      isCollected: { telemetry.collection(of: $0).isCollected })
  }
}

extension RuleState {
  package init(_ visibility: RuleVisibility) {
    switch visibility {
    case .runs: self = .runs
    case .partlyBlind: self = .partlyBlind
    case .hidden: self = .hidden
    case .blind: self = .blind
    case .unknown: self = .unknown
    }
  }
}
