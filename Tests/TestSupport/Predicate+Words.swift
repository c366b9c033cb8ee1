package import RuleModel

extension Predicate {
  /// On one line: `all(a eq x, not(1))`, with stages by their numbers, and other text in quotes.
  package var words: String {
    folded(
      leaf: { leaf in
        switch leaf {
        case .test(let test):
          ([test.field ?? "-", test.kind.rawValue, test.value] + test.modifiers.names.map { "(\($0))" }).joined(
            separator: " ")
        case .stage(let index): "\(index)"
        case .text(let text): "'\(text.text)'"
        }
      }, all: { "all(\($0.joined(separator: ", ")))" }, any: { "any(\($0.joined(separator: ", ")))" },
      not: { "not(\($0))" })
  }
}
