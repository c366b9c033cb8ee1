import RuleModel

extension Predicate {
  /// Whether any of it is a test, or isn't read.
  var saysSomething: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.saysSomething)
    case .not(let part): part.saysSomething
    case .test, .stage: true
    case .text(let text): text.meaning == .opaque
    }
  }
}
