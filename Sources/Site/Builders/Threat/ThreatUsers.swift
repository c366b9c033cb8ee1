import Attack
import RuleModel

/// Who uses each piece of software, and the campaigns of each group; active ones only.
struct ThreatUsers: Sendable {
  /// By software: the groups, campaigns and software that use it, in that order, each kind by id.
  let ofSoftware: [AttackObjectID: [AttackObject]]
  /// By group, sorted by id.
  let campaigns: [AttackObjectID: [AttackObject]]

  init(_ matrix: AttackMatrix) {
    var ofSoftware: [AttackObjectID: [AttackObject]] = [:]
    for object in matrix.objects where object.isActive {
      for software in object.software { ofSoftware[software, default: []].append(object) }
    }
    var campaigns: [AttackObjectID: [AttackObject]] = [:]
    for campaign in matrix.campaigns where campaign.isActive {
      for group in campaign.groups { campaigns[group, default: []].append(campaign) }
    }
    (self.ofSoftware, self.campaigns) = (ofSoftware, campaigns)
  }
}
