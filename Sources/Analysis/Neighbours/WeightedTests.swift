import RuleModel

/// A test from either table, numbered with exclusions after indicators.
struct TestID: ColumnID {
  private let number: UInt32

  init(_ index: Int) { number = UInt32(truncatingIfNeeded: index) }
  var index: Int { Int(number) }
}

/// The tests of each rule: indicators first, then exclusions, since a test that one rule looks for and another excludes
/// isn't shared. Rarer tests have more weight.
struct WeightedTests {
  /// For each rule, rarest first; ties by number.
  let ofRule: RuleColumn<[TestID]>
  /// The total weight of each rule's tests.
  let totals: RuleColumn<Int>
  /// 256 times the binary logarithm of (number of rules + 1) / (rules that have the test): an integer above 0, so that
  /// the order is the same on every machine.
  let weights: Column<TestID, Int>
  /// Whether each test selects the event that its rules read.
  let namesEvent: Column<TestID, Bool>

  init(indicators: IndicatorTable, exclusions: IndicatorTable, pins: EventPins) {
    namesEvent = Column(pins.indicators.values + pins.exclusions.values)
    let counts = Column<TestID, Int>(indicators.ruleCounts.values + exclusions.ruleCounts.values)
    let offset = indicators.ruleCounts.count
    let whole = fixedLog2(indicators.entries.count + 1)
    let weights = counts.mapValues { max(1, whole - fixedLog2($0)) }
    ofRule = indicators.entries.mapPlaces { rule in
      var tests = indicators.ids(of: rule).map { TestID($0.index) }
      tests += exclusions.ids(of: rule).map { TestID($0.index + offset) }
      return tests.sorted { left, right in
        let (first, second) = (counts[left], counts[right])
        return first != second ? first < second : left < right
      }
    }
    totals = ofRule.mapValues { $0.reduce(0) { $0 + weights[$1] } }
    self.weights = weights
  }
}

/// The integer part of 256 · log₂ x, computed by squaring: floating-point results could depend on the machine's
/// library.
///
/// - Precondition: x is from 1 to 2³¹.
func fixedLog2(_ x: Int) -> Int {
  let exponent = Int.bitWidth - 1 - x.leadingZeroBitCount
  // From 1 to below 2, in units of 2⁻³¹.
  var mantissa = UInt64(x) << UInt64(31 - exponent)
  var result = exponent
  for _ in 0..<8 {
    mantissa = (mantissa * mantissa) >> 31
    result *= 2
    if mantissa >> 32 != 0 {
      mantissa >>= 1
      result += 1
    }
  }
  return result
}
