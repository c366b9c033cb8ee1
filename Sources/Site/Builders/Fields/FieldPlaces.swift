import Analysis
import RuleModel

/// Where the pages of fields are, and which page lists each shared value: those that most rules share come first, and
/// continue on further pages of the field if one would be too large.
struct FieldPlaces: Sendable {
  struct Field: Sendable {
    /// The canonical name; nil for a search over the whole event.
    var name: String?
    var slug: String
    var values: FieldListings
    var excluded: FieldListings
  }

  /// Where a value is listed.
  struct Place: Sendable {
    var address: Address
    var anchor: String
  }

  /// In the same order as ``fieldUses(indicators:exclusions:)``.
  let fields: [Field]
  /// The first page of each field; nil is the key for searches over the entire event.
  let addresses: [String?: Address]
  /// Where each value is listed; nil if only one rule has it.
  let indicators: IndicatorColumn<Place?>
  let exclusions: IndicatorColumn<Place?>

  /// The approximate maximum size in bytes of the values on a page, with the rules under them.
  private static let room = (values: 450_000, excluded: 250_000)

  init(_ content: SiteContent) {
    let index = content.index
    let shared = sharedValues(indicators: index.indicators, exclusions: index.exclusions)
    let nameOfNone = FieldPlaces.nameOfNone(shared)
    let slugs = SlugTable(shared.compactMap(\.name) + [nameOfNone])
    let costs = index.rules.mapValues { FieldListings.cost(of: $0) }
    let order = index.ranksByTitle
    let looking = index.indicators.rulesBySharedIndicator().mapValues { $0.sorted { order[$0] < order[$1] } }
    let excluding = index.exclusions.rulesBySharedIndicator().mapValues { $0.sorted { order[$0] < order[$1] } }
    var indicators = IndicatorColumn<Place?>(repeating: nil, count: looking.count)
    var exclusions = IndicatorColumn<Place?>(repeating: nil, count: excluding.count)
    var addresses: [String?: Address] = [:]
    fields = shared.compactMap { field in
      guard let slug = slugs[field.name ?? nameOfNone] else { return nil }
      var values = FieldListings(room: FieldPlaces.room.values, mark: "v")
      values.add(shared: field.values, rules: looking, costs: costs)
      var excluded = FieldListings(room: FieldPlaces.room.excluded, mark: "x")
      excluded.add(shared: field.excludedValues, rules: excluding, costs: costs)
      addresses[field.name] = .field(slug)
      for (number, listing) in values.pages.enumerated() {
        for value in listing.shared {
          indicators[value.value.id] = Place(address: .field(slug, part: number + 1), anchor: value.anchor)
        }
      }
      for (number, listing) in excluded.pages.enumerated() {
        for value in listing.shared {
          exclusions[value.value.id] = Place(address: .field(slug, part: number + 1), anchor: value.anchor)
        }
      }
      return Field(name: field.name, slug: slug, values: values, excluded: excluded)
    }
    (self.indicators, self.exclusions, self.addresses) = (indicators, exclusions, addresses)
  }

  /// The key that replaces the missing field of a search over the entire event: a name that no field has.
  private static func nameOfNone(_ fields: [SharedValues]) -> String {
    var name = "anywhere in the event"
    while fields.contains(where: { $0.name == name }) { name += "-" }
    return name
  }
}
