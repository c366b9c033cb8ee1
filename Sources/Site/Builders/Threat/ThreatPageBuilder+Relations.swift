import Analysis
import Attack
import RuleModel
import Templates
import Text

// A threat's campaigns and software, what they add, and who uses it.

extension ThreatPageBuilder {
  /// What the campaigns and the software of a group, or the software of a campaign, use beside what it uses itself.
  func further(of object: AttackObject, at address: Address) -> FurtherTechniques? {
    guard object.id.kind != .software else { return nil }
    let campaigns = users.campaigns[object.id] ?? []
    let software = (object.software + campaigns.flatMap(\.software)).distinct().compactMap(content.attack.object)
    let own = Set(object.techniques)
    var others: Set<TechniqueID> = []
    for user in campaigns + software { others.formUnion(user.techniques) }
    others.subtract(own)
    let further = others.compactMap { rows[$0] }
    guard !further.isEmpty else { return nil }
    return FurtherTechniques(
      summary: TechniqueTally(of: further.map(\.state)).words(hasTelemetry: hasTelemetry),
      rows: Folded(gaps(of: further), seen: 12, most: 40).map { gap in
        let technique = gap.row.technique.id
        let parts = [("by its campaigns", campaigns), ("by its software", software)].compactMap { words, all in
          ThreatPageBuilder.words(words, all.filter { $0.techniques.contains(technique) })
        }
        return FurtherTechnique(
          technique: TitledLink(
            title: "\(technique) \(content.attack.fullName(of: technique))",
            page: frames.map.technique(technique, from: address)),
          why: ([gap.reason.words] + parts).joined(separator: "; "))
      }, isFound: further.allSatisfy { $0.state != .none && $0.state != .blind })
  }

  /// `by its software: Cobalt Strike, Mimikatz, PsExec and 4 more`; nil if there is none.
  private static func words(_ route: String, _ objects: [AttackObject]) -> String? {
    guard !objects.isEmpty else { return nil }
    let shown = objects.count > 4 ? 3 : objects.count
    let rest = objects.count - shown
    return "\(route): \(objects.prefix(shown).map(\.name).joined(separator: ", "))"
      + (rest > 0 ? " and \(grouped(rest)) more" : "")
  }

  func relations(of object: AttackObject, at address: Address) -> [AttackUserList] {
    let software = object.software.compactMap(content.attack.object)
    func using(_ kind: AttackObjectID.Kind) -> [AttackObject] {
      (users.ofSoftware[object.id] ?? []).filter { $0.id.kind == kind }
    }
    let lists: [(String, [AttackObject])] =
      switch object.id.kind {
      case .group: [("Campaigns", users.campaigns[object.id] ?? []), ("Software", software)]
      case .campaign:
        [("Groups it is attributed to", object.groups.compactMap(content.attack.object)), ("Software", software)]
      default:
        [
          ("Groups that use it", using(.group)), ("Campaigns that use it", using(.campaign)),
          ("Software that it uses", software), ("Software that uses it", using(.software)),
        ]
      }
    let items = ThreatItemBuilder(content, frames.map, at: address)
    return lists.compactMap { title, objects in items.list(title, objects) }
  }
}
