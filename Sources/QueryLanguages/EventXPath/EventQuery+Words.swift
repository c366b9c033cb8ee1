extension EventQuery {
  /// The text of a literal.
  package var value: String? {
    switch self {
    case .text(let text), .number(let text): text
    default: nil
    }
  }

  /// The offset of its first name.
  package var offset: Int? {
    switch self {
    case .any(let parts), .all(let parts), .function(_, let parts): parts.lazy.compactMap(\.offset).first
    case .compare(let left, _, let right): left.offset ?? right.offset
    case .path(let steps): steps.first?.offset
    case .text, .number, .unclear: nil
    }
  }

  package var isNumber: Bool { if case .number = self { true } else { false } }

  /// The expression as query text.
  package var words: String {
    switch self {
    case .any(let parts): "(" + parts.map(\.words).joined(separator: " or ") + ")"
    case .all(let parts): parts.map(\.words).joined(separator: " and ")
    case .compare(let left, let comparison, let right): "\(left.words)\(comparison.rawValue)\(right.words)"
    case .path(let steps):
      steps.map { $0.name + $0.predicates.map { "[\($0.words)]" }.joined() }.joined(separator: "/")
    case .text(let text): "'\(text)'"
    case .number(let text), .unclear(let text): text
    case .function(let name, let arguments): "\(name)(\(arguments.map(\.words).joined(separator: ", ")))"
    }
  }
}
