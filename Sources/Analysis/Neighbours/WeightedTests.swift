/// The tests of each rule as numbers: indicators first, then exclusions, since a test that one rule looks for and another
/// leaves out isn't shared. Each has a weight by how rare it is.
struct WeightedTests {
  /// For each rule, the rarest first; ties by number.
  let ofRule: [[Int32]]
  /// Of each rule's tests together.
  let totals: [Int]
  /// 256 times the binary logarithm of (number of rules + 1) / (rules that have the test): whole, so that the order is the
  /// same on every machine, and above 0.
  let weights: [Int]
  /// Whether each test names the event that its rules read.
  let namesEvent: [Bool]

  init(indicators: IndicatorTable, exclusions: IndicatorTable, pins: EventPins) {
    namesEvent = pins.indicators + pins.exclusions
    let counts = indicators.ruleCounts + exclusions.ruleCounts
    let offset = indicators.ruleCounts.count
    let whole = fixedLog2(indicators.entries.count + 1)
    let weights = counts.map { max(1, whole - fixedLog2($0)) }
    ofRule = indicators.entries.indices.map { rule in
      var tests = indicators.entries[rule].map { Int32($0.number) }
      tests += exclusions.entries[rule].map { Int32($0.number + offset) }
      return tests.sorted { left, right in
        let (first, second) = (counts[Int(left)], counts[Int(right)])
        return first != second ? first < second : left < right
      }
    }
    totals = ofRule.map { $0.reduce(0) { $0 + weights[Int($1)] } }
    self.weights = weights
  }
}

/// The whole part of 256 · log₂ x, by squaring: no floating point, whose last bits hang on the machine's library.
///
/// - Precondition: x is from 1 to 2³¹.
func fixedLog2(_ x: Int) -> Int {
  let exponent = Int.bitWidth - 1 - x.leadingZeroBitCount
  // From 1 up to 2, in units of 2⁻³¹.
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
