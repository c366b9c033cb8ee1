package import Diagnostics

/// One step of a rule's logic. A rule's first stage is its condition; those that follow are what it names.
@usableFromInline package struct Stage: Hashable, Sendable {
  /// The search identifier, or `condition`.
  package var name: String
  /// The condition's text as written; nil for other stages.
  package var text: String?
  @usableFromInline package var predicate: Predicate
  package var position: SourcePosition

  package init(name: String, text: String? = nil, predicate: Predicate, position: SourcePosition) {
    self.name = name
    self.text = text
    self.predicate = predicate
    self.position = position
  }
}

extension Stage {
  /// What a stage is to its rule.
  package enum Role: Hashable, Sendable {
    case condition
    /// What the rule looks for.
    case selection
    /// What the rule leaves out.
    case filter
  }

  /// With which signs the condition uses a stage, by way of others too.
  package struct Use: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Under an even number of `not`.
    package static let plain = Use(rawValue: 1)
    /// Under an odd number of `not`.
    package static let negated = Use(rawValue: 2)
  }
}

extension [Stage] {
  /// What each is to the rule, by how the condition uses it: a filter is what is used under an odd number of `not` only. Of a stage that
  /// isn't used, as where the condition can't be read, its name says it.
  package var roles: [Stage.Role] {
    zip(self, uses).enumerated().map { index, stage in
      if index == 0 { return .condition }
      let (stage, use) = stage
      let isFilter = use.isEmpty ? stage.name.lowercased().hasPrefix("filter") : use == .negated
      return isFilter ? .filter : .selection
    }
  }
}
