import RuleModel

/// A matrix beside the one that is loaded: MITRE numbers the techniques of all its domains in one row, so that a number says which
/// domain it is of.
enum OtherDomain: String {
  case mobile = "mobile-attack"
  case ics = "ics-attack"

  /// nil for the numbers of Enterprise, and for those that no domain had by ATT&CK 18.
  init?(of id: TechniqueID) {
    if id.number < 1000 {
      self = .ics
    } else if OtherDomain.mobileNumbers.contains(where: { $0.contains(id.number) }) {
      self = .mobile
    } else {
      return nil
    }
  }

  /// As MITRE calls it.
  var name: String {
    switch self {
    case .mobile: "Mobile"
    case .ics: "ICS"
    }
  }

  /// The numbers on <https://attack.mitre.org/techniques/mobile/>, and those of techniques that were revoked or deprecated there.
  private static let mobileNumbers: [ClosedRange<UInt16>] = [
    1398...1478, 1481...1481, 1507...1510, 1512...1513, 1516...1517, 1520...1521, 1523...1523, 1532...1533, 1540...1541,
    1544...1544, 1575...1577, 1579...1579, 1581...1582, 1603...1605, 1616...1618, 1623...1646, 1655...1655, 1658...1658,
    1660...1664, 1670...1670, 1676...1676,
  ]
}
