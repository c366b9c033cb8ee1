import Diagnostics
import Reading
import RuleModel

/// Finds the rule that a user names by a key, a slug, an id, a title or a file.
struct RuleFinder {
  enum Answer {
    case rule(RuleID)
    /// Several match: by key.
    case several([RuleID])
    /// None matches; these have the most similar names, nearest first.
    case none(nearest: [RuleID])
  }

  let rules: RuleColumn<Rule>

  /// The first kind of name that matches any rule decides.
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

  /// The rules whose slug or title contains the name, or nearly does.
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
