import Documents
import QueryLanguages

/// A deployment template, with the values that it names.
struct Template {
  /// The default values.
  private let parameters: [String: Node]
  private let variables: [String: Node]

  init(_ node: Node) {
    func values(_ section: String, _ value: (Node) -> Node?) -> [String: Node] {
      var values: [String: Node] = [:]
      for (key, node) in node[section]?.entries ?? [] { if let name = key.text { values[name] = value(node) } }
      return values
    }
    parameters = values("parameters") { $0["defaultValue"] }
    variables = values("variables") { $0 }
  }

  /// The value of a node, which may refer to a parameter or variable; if that has no value, the node itself.
  func value(of node: Node) -> Node {
    var value = node
    // A value may refer to another one, but references can be circular.
    for _ in 0..<8 {
      guard value.kind == .scalar, let (source, name) = TemplateExpression(Array(value.bytes))?.reference,
        let next = self.node(source, name)
      else { break }
      value = next
    }
    return value
  }

  /// The text of a scalar that is an expression.
  func text(of node: Node) -> TemplateText? {
    TemplateExpression(Array(node.bytes))?.text { source, name in self.node(source, name).flatMap { value(of: $0).text }
    }
  }

  private func node(_ source: TemplateExpression.Source, _ name: String) -> Node? {
    switch source {
    case .parameters: parameters[name]
    case .variables: variables[name]
    }
  }
}
