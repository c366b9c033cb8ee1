package import Telemetry
import Text

extension CollectedView {
  /// Creates the view from a review of what rules see.
  ///
  /// - Parameter jobs: the number of threads.
  package init(_ review: VisibilityReview, of telemetry: Telemetry, jobs: Int) async {
    let events = telemetry.knownEvents()
    let collected = await inParallel(events, jobs: jobs) { telemetry.collection(of: $0).isCollected }
    let known = Dictionary(zip(events, collected), uniquingKeysWith: { first, _ in first })
    self.init(
      states: review.rules.mapValues { RuleState($0) }, collected: zip(events, collected).filter(\.1).map(\.0),
      isCollected: { known[$0] ?? telemetry.collection(of: $0).isCollected },
      isWhole: { telemetry.collection(of: $0).isWhole })
    unmatched = review.unmatched
  }
}

extension RuleState {
  package init(_ visibility: RuleVisibility) {
    switch visibility {
    case .runs: self = .runs
    case .partlyBlind: self = .partlyBlind
    case .hidden: self = .hidden
    case .blind, .neverMatches: self = .blind
    case .unknown: self = .unknown
    }
  }
}
