/// Shows that no event can meet several demands at once.
///
/// Tests on the same field are compared in pairs. If a demand can be met in several ways, those that are impossible are
/// eliminated, and a single remaining way becomes a demand itself. Finally, the remaining ways are tried one by one.
/// Whatever isn't known, or would take too long, counts as possible.
package struct Refutation {
  private struct Choice {
    var ways: [EventLogic]
    /// Whether its ways are worth trying: it is what is being asked about, or some way has been eliminated.
    var isOpen: Bool
  }

  /// The demands on a field.
  private struct Demands {
    var plain: [FieldTest] = []
    var negated: [FieldTest] = []
  }

  /// A test is compared with at most this many demands of each kind on its field.
  private static let compared = 1_024
  /// Choices with more ways aren't tried: each try costs as much as checking all demands.
  private static let waysTried = 1_024

  private let pool: PatternPool
  private var demands: [Int32: Demands] = [:]
  private var choices: [Choice] = []
  private var isRefuted = false

  package init(in pool: PatternPool) { self.pool = pool }

  /// - Parameter isAskedAbout: whether its alternatives are tried one by one.
  package mutating func demand(_ logic: EventLogic, isAskedAbout: Bool = false) {
    guard !isRefuted else { return }
    switch logic {
    case .opaque: break
    case .all(let parts): for part in parts { demand(part, isAskedAbout: isAskedAbout) }
    case .any(let parts) where parts.count == 1: demand(parts[0], isAskedAbout: isAskedAbout)
    case .any(let ways): choices.append(Choice(ways: ways, isOpen: isAskedAbout))
    case .test(let test):
      isRefuted = excludes(test)
      if test.isNegated {
        demands[test.field, default: Demands()].negated.append(test)
      } else {
        demands[test.field, default: Demands()].plain.append(test)
      }
    }
  }

  /// - Parameter tries: the maximum number of choices whose ways are tried.
  package func isImpossible(tries: Int = 64) -> Bool {
    var left = tries
    return isImpossible(left: &left)
  }

  private func isImpossible(left: inout Int) -> Bool {
    var state = self
    state.settle()
    if state.isRefuted { return true }
    let next = state.choices.firstIndex { $0.isOpen && $0.ways.count <= Refutation.waysTried }
    guard left > 0, let index = next else { return false }
    left -= 1
    let choice = state.choices.remove(at: index)
    return choice.ways.allSatisfy { way in
      var state = state
      state.demand(way, isAskedAbout: true)
      return state.isImpossible(left: &left)
    }
  }

  /// Eliminates impossible ways until nothing changes.
  private mutating func settle() {
    var isSettled = false
    while !isSettled, !isRefuted {
      isSettled = true
      for index in choices.indices.reversed() {
        let ways = choices[index].ways.filter { !excludes($0) }
        guard ways.count < choices[index].ways.count else { continue }
        isSettled = false
        if ways.count > 1 {
          choices[index] = Choice(ways: ways, isOpen: true)
        } else {
          let isOpen = choices.remove(at: index).isOpen
          if let way = ways.first { demand(way, isAskedAbout: isOpen) } else { isRefuted = true }
        }
        if isRefuted { return }
      }
    }
  }

  private func excludes(_ logic: EventLogic) -> Bool {
    switch logic {
    case .opaque: false
    case .all(let parts): parts.contains { excludes($0) }
    case .any(let parts): parts.allSatisfy { excludes($0) }
    case .test(let test): excludes(test)
    }
  }

  private func excludes(_ test: FieldTest) -> Bool {
    guard let demands = demands[test.field] else { return false }
    func isExcluded(by others: [FieldTest]) -> Bool {
      others.prefix(Refutation.compared).contains { $0.excludes(test, in: pool) }
    }
    // Two negated tests never exclude each other.
    return isExcluded(by: demands.plain) || !test.isNegated && isExcluded(by: demands.negated)
  }
}
