package import Diagnostics

/// Checks on Elastic rules.
extension CheckID {
  package static let elasticType = CheckID(
    "elastic-type", .error,
    "The rule's type isn't one of query, eql, esql, threshold, new_terms, threat_match, machine_learning and saved_query. Correct it."
  )
  package static let elasticQuery = CheckID(
    "elastic-query", .error,
    "The rule has no query, or one in a language that Elastic doesn't have. Add the query, and name its language: kuery, lucene, eql or esql."
  )
}
