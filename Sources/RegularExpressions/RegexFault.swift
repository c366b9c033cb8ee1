/// Why PCRE2 doesn't compile a regular expression.
package struct RegexFault: Error, Hashable {
  package enum Kind: Hashable, Sendable {
    /// No engine of PCRE's kind takes it.
    case malformed
    /// It goes beyond what PCRE2 or we try, or is written as other engines have it: nothing can be said of it.
    case unjudged
  }

  package var kind: Kind
  /// In the middle of a sentence.
  package var reason: String
  /// Where it was noticed, in bytes of the pattern's UTF-8.
  package var offset: Int
}

/// Judges a regular expression by PCRE2, the flavour that Sigma names (Sigma Specification 2.1.0, appendix “Modifiers”); it is compiled
/// and never run.
///
/// - Returns: nil where it compiles.
package func fault(inRegex pattern: String) -> RegexFault? {
  do throws(RegexFault) {
    _ = try CompiledRegex(pattern)
    return nil
  } catch {
    return error
  }
}
