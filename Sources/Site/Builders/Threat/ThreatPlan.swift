import Analysis
import Attack
import RuleModel

/// Which groups, campaigns and pieces of software have a page, and which rules name each.
struct ThreatPlan: Sendable {
  /// By kind, then by id.
  let pages: [AttackObject]
  /// The rules that name each by a tag, ascending.
  let rules: [AttackObjectID: [RuleID]]
  private let known: Set<AttackObjectID>

  static let kinds: [AttackObjectID.Kind] = [.group, .campaign, .software]

  init(_ content: SiteContent) {
    let matrix = content.attack
    let rules = rulesNamingThreats(content.index.attack)
    self.rules = rules
    pages = matrix.objects.filter { object in
      switch object.id.kind == .software ? content.softwarePages : content.groupPages {
      case .all: object.isActive
      case .covered: object.isActive && rules[object.id] != nil
      case .none: false
      }
    }
    known = Set(pages.map(\.id))
  }

  func hasPage(_ id: AttackObjectID) -> Bool { known.contains(id) }

  /// Those that can be searched for: those that have a page, and those that rules name.
  var searched: Set<AttackObjectID> { known.union(rules.keys) }

  func pages(of kind: AttackObjectID.Kind) -> [AttackObject] { pages.filter { $0.id.kind == kind } }

  /// The kinds with a page, which have a list.
  var listed: [AttackObjectID.Kind] { ThreatPlan.kinds.filter { !pages(of: $0).isEmpty } }
}

extension AttackObjectID.Kind {
  /// `Groups`, `Campaigns`, `Software`.
  var listTitle: String {
    switch self {
    case .campaign: "Campaigns"
    case .software: "Software"
    default: "Groups"
    }
  }

  /// `3 groups`, `3 pieces of software`.
  func counted(_ number: Int) -> String {
    switch self {
    case .campaign: Site.counted(number, "campaign")
    case .software: "\(Site.counted(number, "piece")) of software"
    default: Site.counted(number, "group")
    }
  }
}
