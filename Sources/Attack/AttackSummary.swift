/// How much a version of ATT&CK holds; what is inactive is counted apart.
package struct AttackSummary: Hashable, Sendable {
  package var tactics = 0
  /// Active techniques that aren't sub-techniques.
  package var techniques = 0
  package var subtechniques = 0
  /// Techniques and sub-techniques.
  package var revokedTechniques = 0
  package var deprecatedTechniques = 0
  package var groups = 0
  package var campaigns = 0
  package var software = 0
  package var strategies = 0
  package var analytics = 0
}

extension AttackMatrix {
  package var summary: AttackSummary {
    var summary = AttackSummary()
    summary.tactics = tactics.count
    for technique in techniques {
      switch technique.status {
      case .active where technique.id.isSubtechnique: summary.subtechniques += 1
      case .active: summary.techniques += 1
      case .revoked: summary.revokedTechniques += 1
      case .deprecated: summary.deprecatedTechniques += 1
      }
    }
    summary.groups = groups.count(where: \.isActive)
    summary.campaigns = campaigns.count(where: \.isActive)
    summary.software = software.count(where: \.isActive)
    summary.strategies = strategies.count
    summary.analytics = strategies.reduce(0) { $0 + $1.analytics.count }
    return summary
  }
}
