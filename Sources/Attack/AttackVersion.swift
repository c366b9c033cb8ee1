/// A version of ATT&CK by its name.
package struct AttackVersion: Hashable, Sendable {
  /// `enterprise-attack`, `mobile-attack`, `ics-attack`.
  package var domain: String
  /// As MITRE counts: `19.2`.
  package var version: String

  package init(domain: String, version: String) { (self.domain, self.version) = (domain, version) }

  /// `ATT&CK Enterprise 19.2`.
  package var title: String {
    let name = domain.hasSuffix("-attack") ? domain.dropLast("-attack".count) : domain[...]
    return "ATT&CK \(name == "ics" ? "ICS" : name.prefix(1).uppercased() + name.dropFirst()) \(version)"
  }
}

extension AttackVersion: Comparable {
  /// By domain, then by the numbers of the version.
  package static func < (left: AttackVersion, right: AttackVersion) -> Bool {
    if left.domain != right.domain { return left.domain < right.domain }
    return left.numbers.lexicographicallyPrecedes(right.numbers)
  }

  private var numbers: [Int] { version.split(separator: ".").map { Int($0) ?? 0 } }
}
