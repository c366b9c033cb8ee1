package import RuleModel

/// What is wrong with the name by which a correlation or a filter refers to another rule.
package enum ReferenceFault: Hashable, Sendable {
  /// The catalog has no such rule.
  case unknown(RuleReference)
  /// Several rules have this name.
  ///
  /// - Parameters:
  ///   - taken: the one that was used.
  ///   - rival: the first of the others.
  ///   - isInFile: whether it was used because no other is in the file of the reference.
  case ambiguous(RuleReference, taken: RuleID, rival: RuleID, isInFile: Bool)
  /// A correlation correlates a filter.
  case correlatesFilter(RuleReference)
  /// A correlation's condition names a rule that the correlation doesn't list.
  case unlisted(RuleReference)
  /// A correlation lists a rule that its condition doesn't name.
  case unused(RuleReference)
  /// An alias refers to a rule that the correlation doesn't list.
  case unlistedInAlias(RuleReference, alias: String, isInCatalog: Bool)
  /// A filter names a rule of a class that filters don't apply to.
  case tunes(RuleReference, RuleClass)
  /// A filter names a rule that reads other logs.
  case otherLogSource(RuleReference)
  /// A filter for any rule (`rules: any`) has a log source that no rule has.
  case tunesNothing
}
