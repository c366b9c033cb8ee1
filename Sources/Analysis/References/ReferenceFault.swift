package import RuleModel

/// What is wrong with a name by which a correlation or a filter calls another rule.
package enum ReferenceFault: Hashable, Sendable {
  /// The catalog has no such rule.
  case unknown(RuleReference)
  /// Several rules have the name.
  ///
  /// - Parameters:
  ///   - taken: the one that was taken for it.
  ///   - rival: the first of the others.
  ///   - isInFile: whether it was taken as the only one in the file that names it.
  case ambiguous(RuleReference, taken: RuleID, rival: RuleID, isInFile: Bool)
  /// A correlation correlates a filter.
  case correlatesFilter(RuleReference)
  /// A correlation's condition names a rule that the correlation doesn't list.
  case unlisted(RuleReference)
  /// A correlation lists a rule that its condition doesn't name.
  case unused(RuleReference)
  /// An alias is of a rule that the correlation doesn't list.
  case unlistedInAlias(RuleReference, alias: String, isInCatalog: Bool)
  /// A filter names a rule of a class that no filter applies to.
  case tunes(RuleReference, RuleClass)
  /// A filter names a rule that reads other logs.
  case otherLogSource(RuleReference)
  /// No rule has the log source of a filter for any rule.
  case tunesNothing
}
