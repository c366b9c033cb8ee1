import Analysis
import RuleModel

/// Where the pages of fields stand, and which values each of them lists: all, as long as the page stays light; those that
/// most rules share first.
struct FieldPlan: Sendable {
  /// A value that rules share, with the rules under it.
  struct Shared: Sendable {
    var value: FieldUse.Value
    /// Its id in the page.
    var anchor: String
    /// The first of them, by title.
    var rules: [Int]
  }

  /// The values of a field that rules look for, or leave out.
  struct Listing: Sendable {
    var shared: [Shared] = []
    /// Values of one rule alone, by value.
    var once: [(value: FieldUse.Value, rule: Int)] = []
    var sharedInAll: Int
    var onceInAll: Int
  }

  struct Field: Sendable {
    var use: FieldUse
    var address: Address
    var values: Listing
    var excluded: Listing

    var title: String { use.name ?? "Anywhere in the event" }
  }

  let fields: [Field]
  /// By a value's number, its id in its field's page; nil where the page doesn't list it, or no other rule has it.
  let indicatorAnchors: [String?]
  let exclusionAnchors: [String?]

  /// So many rules stand under a value.
  static let rulesShown = 50
  /// So many bytes of values, with the rules under them, a page has at most, roughly counted.
  private static let room = (values: 600_000, excluded: 150_000)

  init(_ content: SiteContent) {
    let index = content.index
    let uses = index.fieldUses()
    let slugs = SlugTable(uses.compactMap(\.name) + [FieldPlan.nameOfNone(uses)])
    let costs = index.rules.map { $0.key.slug.utf8.count + $0.title.utf8.count + 90 }
    let titles = index.rules.map { Array($0.title.lowercased().utf8) }
    func byTitle(_ rules: [[Int]]) -> [[Int]] {
      rules.map { rules in
        rules.count < 2
          ? rules
          : rules.sorted { left, right in
            titles[left] == titles[right] ? left < right : titles[left].lexicographicallyPrecedes(titles[right])
          }
      }
    }
    let looking = byTitle(index.indicators.rulesByIndicator())
    let excluding = byTitle(index.exclusions.rulesByIndicator())
    var anchors = (
      indicators: [String?](repeating: nil, count: looking.count),
      exclusions: [String?](repeating: nil, count: excluding.count)
    )
    fields = uses.compactMap { use in
      guard let slug = slugs[use.name ?? FieldPlan.nameOfNone(uses)] else { return nil }
      let values = Listing(use.values, rules: looking, costs: costs, room: FieldPlan.room.values, mark: "v")
      let excluded = Listing(
        use.excludedValues, rules: excluding, costs: costs, room: FieldPlan.room.excluded, mark: "x")
      for shared in values.shared { anchors.indicators[shared.value.number] = shared.anchor }
      for shared in excluded.shared { anchors.exclusions[shared.value.number] = shared.anchor }
      return Field(use: use, address: .field(slug), values: values, excluded: excluded)
    }
    (indicatorAnchors, exclusionAnchors) = anchors
  }

  /// What stands for the missing field of a search over the whole event: a name that no field has.
  private static func nameOfNone(_ uses: [FieldUse]) -> String {
    var name = "anywhere in the event"
    while uses.contains(where: { $0.name == name }) { name += "-" }
    return name
  }
}

extension FieldPlan.Listing {
  /// - Parameters:
  ///   - values: the most shared first.
  ///   - rules: by a value's number, in the order shown.
  ///   - costs: the bytes that a rule's item takes.
  ///   - mark: the letter before each id.
  init(_ values: [FieldUse.Value], rules: [[Int]], costs: [Int], room: Int, mark: Character) {
    sharedInAll = values.prefix { $0.rules > 1 }.count
    onceInAll = values.count - sharedInAll
    var roomLeft = room
    var anchors: Set<String> = []
    for value in values {
      let under = rules[value.number].prefix(FieldPlan.rulesShown)
      roomLeft -= under.reduce(200 + value.test.value.utf8.count) { $0 + costs[$1] }
      if roomLeft < 0 { break }
      if value.rules > 1 {
        var anchor = value.test.anchor(mark)
        // Two values of one hash.
        while !anchors.insert(anchor).inserted { anchor += "-" }
        shared.append(FieldPlan.Shared(value: value, anchor: anchor, rules: Array(under)))
      } else if let rule = under.first {
        once.append((value, rule))
      }
    }
  }
}

extension Test {
  /// An id that stays the same while the value does: FNV-1a of kind, value and modifiers in base 36.
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
