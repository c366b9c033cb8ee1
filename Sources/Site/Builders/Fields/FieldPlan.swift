import Analysis
import RuleModel

/// Where the pages of fields are, and which values each of them lists, those that most rules share first. Values that rules
/// share go on to further pages of the field where one would be too heavy; those of one rule are listed while there is room.
struct FieldPlan: Sendable {
  /// A value that rules share, with the rules under it.
  struct Shared: Sendable {
    var value: FieldUse.Value
    /// Its id in the page.
    var anchor: String
    /// The first of them, by title.
    var rules: [RuleID]
  }

  /// Values on one page of a field.
  struct Listing: Sendable {
    var shared: [Shared] = []
    /// Values of one rule alone, by value.
    var once: [(value: FieldUse.Value, rule: RuleID)] = []
  }

  /// One page of a field.
  struct Part: Sendable {
    var address: Address
    var values = Listing()
    var excluded = Listing()
  }

  struct Field: Sendable {
    var use: FieldUse
    /// At least one.
    var parts: [Part]

    var title: String { use.name ?? "Anywhere in the event" }
    var address: Address { parts[0].address }
  }

  /// Where a value is.
  struct Place: Sendable {
    var address: Address
    var anchor: String
  }

  let fields: [Field]
  /// Where each value is; nil where no page lists it, or one rule has it alone.
  let indicatorPlaces: IndicatorColumn<Place?>
  let exclusionPlaces: IndicatorColumn<Place?>

  /// The number of rules under a value.
  static let rulesShown = 50
  /// So many bytes of values, with the rules under them, a page has at most, roughly counted.
  private static let room = (values: 450_000, excluded: 250_000)

  init(_ content: SiteContent) {
    let index = content.index
    let uses = fieldUses(indicators: index.indicators, exclusions: index.exclusions)
    let slugs = SlugTable(uses.compactMap(\.name) + [FieldPlan.nameOfNone(uses)])
    let costs = index.rules.mapValues { $0.key.slug.utf8.count + $0.title.utf8.count + 90 }
    let titles = index.rules.mapValues { Array($0.title.lowercased().utf8) }
    func byTitle(_ rules: IndicatorColumn<[RuleID]>) -> IndicatorColumn<[RuleID]> {
      rules.mapValues { rules in
        rules.count < 2
          ? rules
          : rules.sorted { left, right in
            titles[left] == titles[right] ? left < right : titles[left].lexicographicallyPrecedes(titles[right])
          }
      }
    }
    let looking = byTitle(index.indicators.rulesByIndicator())
    let excluding = byTitle(index.exclusions.rulesByIndicator())
    var indicatorPlaces = IndicatorColumn<Place?>(repeating: nil, count: looking.count)
    var exclusionPlaces = IndicatorColumn<Place?>(repeating: nil, count: excluding.count)
    fields = uses.compactMap { use in
      guard let slug = slugs[use.name ?? FieldPlan.nameOfNone(uses)] else { return nil }
      let values = listings(use.values, rules: looking, costs: costs, room: FieldPlan.room.values, mark: "v")
      let excluded = listings(
        use.excludedValues, rules: excluding, costs: costs, room: FieldPlan.room.excluded, mark: "x")
      let parts = (0..<max(values.count, excluded.count)).map { number in
        Part(
          address: .field(slug, part: number + 1), values: number < values.count ? values[number] : Listing(),
          excluded: number < excluded.count ? excluded[number] : Listing())
      }
      for part in parts {
        for shared in part.values.shared {
          indicatorPlaces[shared.value.id] = Place(address: part.address, anchor: shared.anchor)
        }
        for shared in part.excluded.shared {
          exclusionPlaces[shared.value.id] = Place(address: part.address, anchor: shared.anchor)
        }
      }
      return Field(use: use, parts: parts)
    }
    (self.indicatorPlaces, self.exclusionPlaces) = (indicatorPlaces, exclusionPlaces)
  }

  /// The key for the missing field of a search over the entire event: a name that no field has.
  private static func nameOfNone(_ uses: [FieldUse]) -> String {
    var name = "anywhere in the event"
    while uses.contains(where: { $0.name == name }) { name += "-" }
    return name
  }
}

/// A field's values, page by page: all that rules share, then those of one rule as long as there is room on the last page.
///
/// - Parameters:
///   - values: the most shared first.
///   - rules: that have each value, in the order shown.
///   - costs: the bytes that a rule's item takes.
///   - mark: the letter before each id.
func listings(
  _ values: [FieldUse.Value], rules: IndicatorColumn<[RuleID]>, costs: RuleColumn<Int>, room: Int, mark: Character
) -> [FieldPlan.Listing] {
  var listings: [FieldPlan.Listing] = []
  var roomLeft = 0
  var anchors: Set<String> = []
  for value in values {
    let under = rules[value.id].prefix(FieldPlan.rulesShown)
    let cost = under.reduce(200 + value.test.value.utf8.count) { $0 + costs[$1] }
    if cost > roomLeft, value.rules > 1 || listings.isEmpty {
      listings.append(FieldPlan.Listing())
      roomLeft = room
    }
    roomLeft -= cost
    // A value that is too long for any page appears on one all the same, if rules share it.
    if roomLeft < 0, value.rules == 1 { break }
    if value.rules > 1 {
      var anchor = value.test.anchor(mark)
      // Two values of one hash.
      while !anchors.insert(anchor).inserted { anchor += "-" }
      listings[listings.count - 1].shared.append(
        FieldPlan.Shared(value: value, anchor: anchor, rules: Array(under)))
    } else if let rule = under.first {
      listings[listings.count - 1].once.append((value, rule))
    }
  }
  return listings
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
