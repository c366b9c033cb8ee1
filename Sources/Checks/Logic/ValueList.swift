import Diagnostics
import RuleModel
import Text

/// Tests of one field that are joined in the same way, as the values of a list are.
struct ValueList {
  /// Whether all of them must match, instead of one.
  let isAll: Bool
  let tests: [Test]
  /// The values as engines compare them.
  let values: [[UInt8]]

  /// The lists in a predicate, without following stages.
  static func lists(in predicate: Predicate, dialect: Dialect) -> [ValueList] {
    var collector = Collector(dialect: dialect)
    collector.collect(predicate)
    return collector.lists
  }
}

private struct Collector {
  let dialect: Dialect
  private(set) var lists: [ValueList] = []

  init(dialect: Dialect) { self.dialect = dialect }

  mutating func collect(_ predicate: Predicate) {
    switch predicate {
    case .not(let inner): collect(inner)
    case .all(let parts): collect(parts, isAll: true)
    case .any(let parts): collect(parts, isAll: false)
    case .test, .stage, .text: break
    }
  }

  private mutating func close(_ run: inout [Test], isAll: Bool) {
    if run.count > 1 {
      lists.append(ValueList(isAll: isAll, tests: run, values: run.map { $0.comparedValue(in: dialect) }))
    }
    run.removeAll(keepingCapacity: true)
  }

  private mutating func collect(_ parts: [Predicate], isAll: Bool) {
    var run: [Test] = []
    for part in parts {
      guard case .test(let test) = part else {
        close(&run, isAll: isAll)
        collect(part)
        continue
      }
      if let last = run.last, !last.isOfOneList(with: test, isAll: isAll) { close(&run, isAll: isAll) }
      run.append(test)
    }
    close(&run, isAll: isAll)
  }
}

extension Test {
  /// Whether they can be values of one key.
  fileprivate func isOfOneList(with other: Test, isAll: Bool) -> Bool {
    guard modifiers == other.modifiers, !isAll || kind == other.kind else { return false }
    switch (field, other.field) {
    case (nil, nil): return true
    case (let one?, let two?): return one.utf8.elementsEqual(two.utf8)
    default: return false
    }
  }

  /// The value as engines compare it. Encoded texts differ if their case does; and which operators of other dialects
  /// than Sigma mind case isn't known here, so there it counts.
  fileprivate func comparedValue(in dialect: Dialect) -> [UInt8] {
    let encoded: TestModifiers = [.base64, .base64offset, .wide, .utf16, .utf16le, .utf16be]
    if dialect != .sigma || isCaseSensitive || !modifiers.isDisjoint(with: encoded) { return Array(value.utf8) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(value.utf8.count)
    value.appendLowercased(to: &bytes)
    return bytes
  }

  /// How a message names it.
  var words: String {
    switch kind {
    case .startsWith: "'\(shortened(value))*'"
    case .endsWith: "'*\(shortened(value))'"
    case .isNull: "null"
    default: "'\(shortened(value))'"
    }
  }
}
