import RuleModel

extension QueryLanguage {
  /// By the name that rules and hunts use for it, in any case.
  init?(elasticName name: String) {
    switch name.lowercased() {
    case "kuery", "kql": self = .kql
    case "lucene": self = .lucene
    case "eql": self = .eql
    case "esql", "es|ql": self = .esql
    case "sql": self = .sql
    default: return nil
    }
  }
}
