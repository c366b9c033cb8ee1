import RuleModel

/// Decides which rules in two states of a catalog are the same.
///
/// Rules with the same id are, whatever happened to their files. The others are matched in this order, if the match is
/// unique on both sides: by id and file, if several have the id; by title and file; by file; by key; by title, if one
/// of them has no id.
struct RulePairs {
  private(set) var pairs: [(old: Int, new: Int)] = []

  init(_ old: [CatalogSnapshot.Entry], _ new: [CatalogSnapshot.Entry], _ prefix: CollectionPrefix) {
    var (oldLeft, newLeft) = (Array(old.indices), Array(new.indices))
    func pair(
      _ mark: (CatalogSnapshot.Entry, _ place: String) -> String?, if fits: (Int, Int) -> Bool = { _, _ in true }
    ) {
      if oldLeft.isEmpty || newLeft.isEmpty { return }
      let others = RulePairs.alone(newLeft) { mark(new[$0], prefix.place(ofNew: new[$0].source)) }
      let found = RulePairs.alone(oldLeft) { mark(old[$0], prefix.place(ofOld: old[$0].source)) }
        .compactMap { mark, place in others[mark].map { (old: place, new: $0) } }.filter { fits($0.old, $0.new) }
      pairs += found
      let (oldFound, newFound) = (Set(found.map(\.old)), Set(found.map(\.new)))
      oldLeft.removeAll { oldFound.contains($0) }
      newLeft.removeAll { newFound.contains($0) }
    }
    pair { entry, _ in entry.id?.lowercased() }
    pair { entry, place in entry.id.map { "\($0.lowercased())\n\(place)" } }
    pair { entry, place in "\(entry.title)\n\(place)" }
    pair { entry, place in "\(entry.key.dialect)\n\(place)" }
    pair { entry, _ in entry.key.description }
    pair({ entry, _ in "\(entry.key.dialect)\n\(entry.title)" }, if: { old[$0].id == nil || new[$1].id == nil })
    pairs.sort { $0.new < $1.new }
  }

  /// The places whose mark is unique.
  private static func alone(_ places: [Int], _ mark: (Int) -> String?) -> [String: Int] {
    var found: [String: Int?] = [:]
    for place in places {
      guard let mark = mark(place) else { continue }
      found.updateValue(found.keys.contains(mark) ? nil : place, forKey: mark)
    }
    return found.compactMapValues { $0 }
  }
}
