package import RuleModel

/// The techniques that a team's coverage is measured by: those of ATT&CK without what its configuration leaves out, and without the
/// gaps that it accepts.
package struct Scope: Hashable, Sendable {
  /// Why a technique isn't in scope.
  package enum Exclusion: Hashable, Sendable {
    /// It, its technique, or all of its tactics are excluded; their ids.
    case excluded([String])
    /// None of its platforms is in scope; the ones that it has.
    case platform([String])
    /// No target uses it.
    case target
    /// It, or its technique, is accepted, and the date of that hasn't passed.
    case accepted(AcceptedGap)
  }

  /// What it is limited to, in words: `Linux, Windows; APT29 (G0016); without TA0043`; nil if it only has accepted gaps.
  package let title: String?
  /// The accepted gaps in the order of the configuration, those whose date has passed included.
  package let accepted: [AcceptedGap]
  private let exclusions: [TechniqueID: Exclusion]

  init(title: String?, accepted: [AcceptedGap], exclusions: [TechniqueID: Exclusion]) {
    (self.title, self.accepted, self.exclusions) = (title, accepted, exclusions)
  }

  /// Whether coverage is measured by an active technique.
  package func contains(_ technique: TechniqueID) -> Bool { exclusions[technique] == nil }

  /// Why a technique isn't in scope; nil if it is.
  package func exclusion(of technique: TechniqueID) -> Exclusion? { exclusions[technique] }
}

extension Scope.Exclusion {
  /// In reports: `excluded`, `platform`, `target`, `accepted`.
  package var name: String {
    switch self {
    case .excluded: "excluded"
    case .platform: "platform"
    case .target: "target"
    case .accepted: "accepted"
    }
  }

  /// `excluded with TA0043`, `only on PRE`, `not used by a target`, `accepted until 2027-03-31: no sensor`.
  package var words: String {
    switch self {
    case .excluded(let ids): "excluded with \(ids.joined(separator: ", "))"
    case .platform(let platforms): "only on \(platforms.joined(separator: ", "))"
    case .target: "not used by a target"
    case .accepted(let gap): gap.words
    }
  }

  /// `out of scope` or `accepted`.
  package var state: String { acceptance == nil ? "out of scope" : "accepted" }

  /// Both: `out of scope: excluded with TA0043`, `accepted until 2027-03-31: no sensor`.
  package var reason: String { acceptance == nil ? "\(state): \(words)" : words }

  /// nil if it is out of scope.
  package var acceptance: AcceptedGap? {
    if case .accepted(let gap) = self { gap } else { nil }
  }
}
