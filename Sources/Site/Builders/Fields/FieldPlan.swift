import Analysis
import RuleModel

/// What each page of each field lists: the shared values, as ``FieldPlaces`` arranges them, and those of a single rule
/// while there is room.
struct FieldPlan: Sendable {
  /// One page of a field.
  struct Part: Sendable {
    var address: Address
    var values = FieldListings.Page()
    var excluded = FieldListings.Page()
  }

  struct Field: Sendable {
    var use: FieldUse
    /// At least one.
    var parts: [Part]

    var title: String { use.name ?? "Anywhere in the event" }
    var address: Address { parts[0].address }
  }

  let fields: [Field]
  /// Where each shared value is listed.
  let places: FieldPlaces

  init(_ content: SiteContent, _ places: FieldPlaces) {
    let index = content.index
    let costs = index.rules.mapValues { FieldListings.cost(of: $0) }
    self.places = places
    // Both list the same fields.
    fields = zip(fieldUses(indicators: index.indicators, exclusions: index.exclusions), places.fields).map {
      use, field in
      var (values, excluded) = (field.values, field.excluded)
      values.add(once: use.values.lazy.filter { $0.rules == 1 }, costs: costs)
      excluded.add(once: use.excludedValues.lazy.filter { $0.rules == 1 }, costs: costs)
      let parts = (0..<max(values.pages.count, excluded.pages.count)).map { number in
        Part(
          address: .field(field.slug, part: number + 1),
          values: number < values.pages.count ? values.pages[number] : FieldListings.Page(),
          excluded: number < excluded.pages.count ? excluded.pages[number] : FieldListings.Page())
      }
      return Field(use: use, parts: parts)
    }
  }
}
