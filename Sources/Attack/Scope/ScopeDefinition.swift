package import Diagnostics
package import RuleModel

/// What a team's reviews are about, and the gaps that it accepts, as a configuration says it: names and ids that no version of ATT&CK
/// has confirmed yet; see ``AttackMatrix/scope(_:targets:on:)``.
package struct ScopeDefinition: Hashable, Sendable {
  /// A name or an id, and where it is.
  package struct Entry: Hashable, Sendable {
    package var text: String
    package var span: SourceSpan

    package init(_ text: String, at span: SourceSpan) { (self.text, self.span) = (text, span) }
  }

  /// A technique that may stay uncovered.
  package struct Acceptance: Hashable, Sendable {
    package var technique: Entry
    package var reason: String
    /// The last day on which it is accepted; nil for no end.
    package var until: CalendarDate?
    package var owner: String?

    package init(_ technique: Entry, reason: String, until: CalendarDate? = nil, owner: String? = nil) {
      (self.technique, self.reason, self.until, self.owner) = (technique, reason, until, owner)
    }
  }

  /// The configuration that says it, for findings.
  package var path: String
  /// Platforms of ATT&CK; none for all.
  package var platforms: [Entry] = []
  /// What uses the techniques, or files that list them; none for all.
  package var targets: [Entry] = []
  /// What else counts for a group or campaign among the targets.
  package var routes: Set<AttackTarget.Route> = []
  /// Tactics and techniques that are left out.
  package var exclude: [Entry] = []
  package var accepted: [Acceptance] = []

  package init(path: String) { self.path = path }

  package var isEmpty: Bool {
    platforms.isEmpty && targets.isEmpty && exclude.isEmpty && accepted.isEmpty
  }

  package func location(of entry: Entry) -> SourceLocation { SourceLocation(SourceFile(path: path), at: entry.span) }
}
