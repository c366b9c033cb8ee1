import Attack
import RuleModel
import Templates

/// Makes lists of groups, campaigns and software for one page.
struct ThreatItemBuilder {
  private let content: SiteContent
  private let map: SiteMap
  private let address: Address

  init(_ content: SiteContent, _ map: SiteMap, at address: Address) {
    self.content = content
    self.map = map
    self.address = address
  }

  /// Sorted by name.
  ///
  /// - Returns: nil if there are none.
  func list(_ title: String, _ objects: [AttackObject]) -> AttackUserList? {
    guard !objects.isEmpty else { return nil }
    return AttackUserList(title: title, objects: Folded(ThreatItemBuilder.byName(objects), seen: 24).map(item))
  }

  /// Linked to its page here, or else on MITRE's site.
  func item(_ object: AttackObject) -> AttackObjectItem {
    AttackObjectItem(
      id: object.id.description, name: object.name,
      page: map.threat(object.id, from: address) ?? object.id.sourceLink?.page)
  }

  static func byName(_ objects: [AttackObject]) -> [AttackObject] {
    objects.map { (object: $0, name: Array($0.name.lowercased().utf8)) }
      .sorted { left, right in
        left.name == right.name ? left.object.id < right.object.id : left.name.lexicographicallyPrecedes(right.name)
      }
      .map(\.object)
  }
}
