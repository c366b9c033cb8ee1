/// What a query's names refer to at one place in it. A statement sees only the definitions before it, so no name can
/// refer to itself.
struct KustoScope {
  /// The names of a query, or of one call of a function.
  final class Frame {
    fileprivate var bindings: [String: [(place: Int, meaning: KustoBinding)]] = [:]
    fileprivate var count = 0
  }

  private let frames: [(frame: Frame, count: Int)]

  init(_ frame: Frame, within outer: KustoScope? = nil) { frames = [(frame, frame.count)] + (outer?.frames ?? []) }

  subscript(_ name: String) -> KustoBinding? {
    for (frame, count) in frames {
      if let found = frame.bindings[name]?.last(where: { $0.place < count }) { return found.meaning }
    }
    return nil
  }
}

extension KustoScope.Frame {
  func bind(_ name: String, _ meaning: KustoBinding) {
    bindings[name, default: []].append((count, meaning))
    count += 1
  }
}

/// What a name refers to.
enum KustoBinding {
  /// - Parameter reads: the queries that it was computed from.
  case value(KustoOperand, reads: KustoReads)
  case function(KustoFunction)
}

/// A function that a query defines.
final class KustoFunction {
  struct Parameter {
    var name: String
    var isTable: Bool
    /// The tokens of an expression.
    var standard: Range<Int>?
  }

  let parameters: [Parameter]
  /// The tokens between its braces.
  let body: Range<Int>
  /// The scope where it is defined, whose names it can use.
  let scope: KustoScope
  /// Its result, if it has no parameters.
  var known: (operand: KustoOperand, reads: KustoReads)?

  init(_ parameters: [Parameter], body: Range<Int>, scope: KustoScope) {
    self.parameters = parameters
    self.body = body
    self.scope = scope
  }
}
