import Attack
import RuleModel
import Templates

extension AttackMatrix {
  /// A technique's name; a sub-technique's is preceded by its parent's: `OS Credential Dumping: LSASS Memory`.
  func fullName(of id: TechniqueID) -> String {
    let name = technique(id)?.name ?? ""
    return id.parent.flatMap { technique($0)?.name }.map { "\($0): \(name)" } ?? name
  }
}

extension TechniqueID {
  /// A link to its page on MITRE's site, shown without the scheme.
  var sourceLink: TitledLink { TitledLink(title: shownAddress(address), page: Link(external: address)) }
}

extension AttackObjectID {
  var sourceLink: TitledLink? {
    address.map { TitledLink(title: shownAddress($0), page: Link(external: $0)) }
  }
}

private func shownAddress(_ address: String) -> String {
  let scheme = "https://"
  return address.hasPrefix(scheme) ? String(Substring(address.utf8.dropFirst(scheme.utf8.count))) : address
}
