import RuleModel

/// The fields that some logic tests, and whether it tests one of them twice in what must hold at the same time: without
/// that, it can't contradict itself.
///
/// It is much cheaper to find than the logic itself. Two fields may share a bit, which only costs time.
struct FieldBits {
  private(set) var bits: UInt64 = 0
  private(set) var hasRepeats = false

  init() {}

  /// - Parameter stages: those that the predicate may refer to.
  init(of predicate: Predicate, in stages: [Stage]) { self.init(of: predicate, in: stages, isNegated: false, depth: 0) }

  private init(of predicate: Predicate, in stages: [Stage], isNegated: Bool, depth: Int) {
    switch predicate {
    case .test(let test): bits = test.field.map(FieldBits.bit) ?? 0
    case .text: break
    case .not(let inner): self = FieldBits(of: inner, in: stages, isNegated: !isNegated, depth: depth)
    case .stage(let index):
      // Stages of a condition don't refer to each other; a loop would never end.
      guard stages.indices.contains(index), depth < 8 else { break }
      self = FieldBits(of: stages[index].predicate, in: stages, isNegated: isNegated, depth: depth + 1)
    case .all(let parts): add(parts, in: stages, isNegated: isNegated, isAll: !isNegated, depth: depth)
    case .any(let parts): add(parts, in: stages, isNegated: isNegated, isAll: isNegated, depth: depth)
    }
  }

  private mutating func add(_ parts: [Predicate], in stages: [Stage], isNegated: Bool, isAll: Bool, depth: Int) {
    for part in parts {
      let fields = FieldBits(of: part, in: stages, isNegated: isNegated, depth: depth)
      if isAll {
        join(fields)
      } else {
        bits |= fields.bits
        hasRepeats = hasRepeats || fields.hasRepeats
      }
    }
  }

  /// Adds what must hold at the same time.
  mutating func join(_ other: FieldBits) {
    hasRepeats = hasRepeats || other.hasRepeats || bits & other.bits != 0
    bits |= other.bits
  }

  /// A bit for the name of a field, whatever its case (FNV-1a). Computed for each test of each rule, a digest would take half
  /// the time of the checks of logic.
  private static func bit(of field: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in field.utf8 { hash = (hash ^ UInt64(byte | 0x20)) &* 0x100_0000_01b3 }
    return 1 << (hash >> 58)
  }
}
