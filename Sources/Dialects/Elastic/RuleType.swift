import RuleModel

/// How a rule of the detection engine finds what it looks for.
enum RuleType: String, CaseIterable {
  case query
  case savedQuery = "saved_query"
  case eql
  case esql
  case threshold
  case newTerms = "new_terms"
  case threatMatch = "threat_match"
  case machineLearning = "machine_learning"

  /// The only language its queries can have; nil if rules choose.
  var language: QueryLanguage? {
    switch self {
    case .eql: .eql
    case .esql: .esql
    case .query, .savedQuery, .threshold, .newTerms, .threatMatch, .machineLearning: nil
    }
  }

  var hasQuery: Bool { self != .machineLearning }
}
