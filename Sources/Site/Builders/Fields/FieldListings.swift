import Analysis
import RuleModel

/// A field's values, page by page: all that rules share, then those of a single rule while the last page has room.
struct FieldListings: Sendable {
  /// A value that rules share, with the rules listed under it.
  struct Shared: Sendable {
    var value: FieldUse.Value
    /// Its id on the page.
    var anchor: String
    /// The first of them, by title.
    var rules: [RuleID]
  }

  /// Values on one page of a field.
  struct Page: Sendable {
    var shared: [Shared] = []
    /// Values of a single rule, by value.
    var once: [(value: FieldUse.Value, rule: RuleID)] = []
  }

  private(set) var pages: [Page] = []
  private let room: Int
  private let mark: Character
  private var roomLeft = 0
  private var anchors: Set<String> = []

  /// The maximum number of rules listed under a value.
  static let rulesShown = 50

  /// - Parameters:
  ///   - room: the approximate maximum size of a page in bytes.
  ///   - mark: the letter that each id starts with.
  init(room: Int, mark: Character) { (self.room, self.mark) = (room, mark) }

  /// The approximate size of a rule's item in bytes.
  static func cost(of rule: Rule) -> Int { rule.key.slug.utf8.count + rule.title.utf8.count + 90 }

  /// - Parameters:
  ///   - values: values that rules share, the most shared first.
  ///   - rules: the rules that have each value, in the order shown.
  ///   - costs: the size in bytes of each rule's item.
  mutating func add(
    shared values: some Sequence<FieldUse.Value>, rules: IndicatorColumn<[RuleID]>, costs: RuleColumn<Int>
  ) {
    for value in values {
      let under = rules[value.id].prefix(FieldListings.rulesShown)
      let cost = under.reduce(FieldListings.cost(of: value)) { $0 + costs[$1] }
      // A value that is too long for any page still gets one.
      if cost > roomLeft { addPage() }
      roomLeft -= cost
      var anchor = value.test.anchor(mark)
      // Two values may have the same hash.
      while !anchors.insert(anchor).inserted { anchor += "-" }
      pages[pages.count - 1].shared.append(Shared(value: value, anchor: anchor, rules: Array(under)))
    }
  }

  /// - Parameters:
  ///   - values: values of a single rule each, in the order shown, after the shared ones.
  ///   - costs: the size in bytes of each rule's item.
  mutating func add(once values: some Sequence<FieldUse.Value>, costs: RuleColumn<Int>) {
    for value in values {
      if pages.isEmpty { addPage() }
      roomLeft -= FieldListings.cost(of: value) + costs[value.firstRule]
      if roomLeft < 0 { break }
      pages[pages.count - 1].once.append((value, value.firstRule))
    }
  }

  private mutating func addPage() {
    pages.append(Page())
    roomLeft = room
  }

  private static func cost(of value: FieldUse.Value) -> Int { 200 + value.test.value.utf8.count }
}

extension Test {
  /// An id that depends only on the value: FNV-1a of kind, value and modifiers in base 36.
  fileprivate func anchor(_ mark: Character) -> String {
    var hash: UInt32 = 0x811C_9DC5
    func add(_ byte: UInt8) { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    for byte in kind.rawValue.utf8 { add(byte) }
    add(0xFF)
    for byte in value.lowercased().utf8 { add(byte) }
    withUnsafeBytes(of: modifiers.rawValue.littleEndian) { $0.forEach(add) }
    return "\(mark)\(String(hash, radix: 36))"
  }
}
