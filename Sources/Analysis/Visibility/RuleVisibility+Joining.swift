import RuleModel

/// How many reasons are kept for a rule.
let shownReasons = 3

extension RuleVisibility {
  /// Merges the effects of one line on several events into one reason.
  ///
  /// - Parameters:
  ///   - reasons: the most significant reasons; at least one.
  ///   - count: the number of all reasons.
  ///   - isHidden: whether they hide everything.
  init(partlyBlind reasons: [HidingReason], of count: Int, isHidden: Bool) {
    var joined: [HidingReason] = []
    for reason in reasons.sorted() {
      if let index = joined.firstIndex(where: { $0.location == reason.location && $0.kind.isLike(reason.kind) }) {
        joined[index].events = Set(joined[index].events + reason.events).sorted()
      } else {
        joined.append(reason)
      }
    }
    let shown = Array(joined.prefix(shownReasons))
    let more = max(0, count - shown.count)
    self = isHidden ? .hidden(shown, more: more) : .partlyBlind(shown, more: more)
  }

  /// All of the rules must run, so the worst of them decides.
  init(ofCorrelated parts: [RuleVisibility]) {
    var (missing, reasons, count): ([Event], [HidingReason], Int) = ([], [], 0)
    var (isBlind, isHidden, isUnknown) = (false, false, parts.isEmpty)
    if parts.contains(.neverMatches) {
      self = .neverMatches
      return
    }
    for part in parts {
      switch part {
      case .runs, .neverMatches: break
      case .partlyBlind(let found, let others), .hidden(let found, let others):
        reasons += found
        count += found.count + others
        if case .hidden = part { isHidden = true }
      case .blind(let events):
        isBlind = true
        missing += events
      case .unknown: isUnknown = true
      }
    }
    if isBlind {
      self = .blind(missing: Set(missing).sorted())
    } else if isUnknown, !isHidden {
      self = .unknown
    } else {
      self = reasons.isEmpty ? .runs : RuleVisibility(partlyBlind: reasons, of: count, isHidden: isHidden)
    }
  }
}

extension HidingReason.Kind {
  /// Whether it is the same, apart from the nearest clauses.
  fileprivate func isLike(_ other: HidingReason.Kind) -> Bool {
    switch (self, other) {
    case (.dropped(let one), .dropped(let other)), (.leftOut(let one), .leftOut(let other)): one.text == other.text
    case (.notKept, .notKept), (.turnedOff, .turnedOff): true
    default: false
    }
  }
}
