import RuleModel

/// How many reasons are kept of a rule.
let shownReasons = 3

extension RuleVisibility {
  /// What one line does to several events is one reason.
  ///
  /// - Parameters:
  ///   - reasons: at least one; those that tell most.
  ///   - count: of all there are.
  ///   - isHidden: whether they hide all.
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

  /// All of the rules must run; the worst of them decides.
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
  /// Whether it is the same but for what comes nearest.
  fileprivate func isLike(_ other: HidingReason.Kind) -> Bool {
    switch (self, other) {
    case (.dropped(let one), .dropped(let other)), (.leftOut(let one), .leftOut(let other)): one.text == other.text
    case (.notKept, .notKept), (.turnedOff, .turnedOff): true
    default: false
    }
  }
}
