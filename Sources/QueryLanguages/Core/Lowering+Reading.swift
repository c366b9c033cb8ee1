import Diagnostics
import RuleModel

extension Lowering {
  /// Reads a query that consists of one expression, as a single stage.
  ///
  /// - Parameter meaning: turns the parsed expression into the one to be lowered.
  func reading(
    of query: [UInt8], in language: QueryLanguage, place: @escaping (Int) -> SourcePosition,
    meaning: (Expression) -> Expression = { $0 }
  ) -> QueryReading {
    var parser = PrattParser(query, grammar: grammar)
    guard let first = parser.tokens.first, let last = parser.tokens.last else { return QueryReading() }
    let span = first.span.lowerBound..<last.span.upperBound
    let text = String(decoding: query[span], as: UTF8.self)
    let position = place(span.lowerBound)
    var faults: [QueryFault] = []
    func note(_ fault: SyntaxFault) {
      faults.append(.syntax(fault, in: query, limits: grammar.limits, place))
    }
    let predicate: Predicate
    do throws(SyntaxFault) {
      predicate = self.predicate(of: meaning(try parser.parse()), in: query, place: place)
      for fault in parser.faults { note(fault) }
    } catch {
      predicate = .opaque(shortened(text), at: position)
      note(error)
    }
    faults += unknownFunctions(in: parser, place)
    let stage = Stage(name: "query", language: language, text: text, predicate: predicate, position: position)
    faults += QueryFault.unread(in: [stage])
    return QueryReading(stages: [stage], faults: QueryFault.inOrder(faults))
  }
}
