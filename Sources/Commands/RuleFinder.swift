import Diagnostics
import Reading
import RuleModel

/// Finds the rule that a user means by a key, a slug, an id, a title or a file.
struct RuleFinder {
  enum Answer {
    case rule(RuleID)
    /// Several are meant: by key.
    case several([RuleID])
    /// None; those with the most similar names, the nearest first.
    case none(nearest: [RuleID])
  }

  let rules: RuleColumn<Rule>

  /// The first way to name a rule that fits any decides.
  func find(_ name: String) -> Answer {
    let folded = name.lowercased()
    let ways: [(RuleID) -> Bool] = [
      { rules[$0].key.description == name }, { rules[$0].key.slug == name }, { rules[$0].id?.lowercased() == folded },
      { rules[$0].source.path == name || rules[$0].source.file.path == name },
      { rules[$0].title.lowercased() == folded }, { rules[$0].source.fileName == name },
      { rules[$0].key.slug.lowercased() == folded },
    ]
    for way in ways {
      let found = rules.indices.filter(way)
      if let first = found.first { return found.count == 1 ? .rule(first) : .several(found) }
    }
    return .none(nearest: nearest(to: folded))
  }

  /// Those whose slug or title holds the name, or is spelt nearly like it.
  private func nearest(to name: String) -> [RuleID] {
    let names = rules.mapValues { (slug: $0.key.slug.lowercased(), title: $0.title.lowercased()) }
    var found = names.indices.filter { names[$0].slug.contains(name) || names[$0].title.contains(name) }
    if found.isEmpty {
      let near = nearestName(to: name, in: names.flatMap { [$0.slug, $0.title] })
      found = names.indices.filter { names[$0].slug == near || names[$0].title == near }
    }
    return Array(found.prefix(5))
  }
}
