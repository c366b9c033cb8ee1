/// The text after a pipe in conditions before Sigma 2: `count(user) by host > 5`, `near other_selection`.
package struct SigmaAggregation: Equatable, Sendable {
  /// As written, without the pipe.
  package var text: String
  /// The fields after `by`.
  package var groupBy: [String]
  /// The condition after `near`, which names search identifiers, with its offset in the whole text.
  package var near: (condition: String, offset: Int)?

  /// The functions that can follow the pipe (Sigma Specification 1.0, “Aggregations”).
  static let functions: Set = ["count", "min", "max", "avg", "sum", "near"]

  package static func == (left: SigmaAggregation, right: SigmaAggregation) -> Bool {
    left.text == right.text && left.groupBy == right.groupBy && left.near?.condition == right.near?.condition
      && left.near?.offset == right.near?.offset
  }
}

/// Splits a condition's text at its first pipe.
///
/// - Throws: if the text after the pipe isn't an aggregation; the offset is relative to the start of the text.
package func splitAggregation(
  _ text: String
) throws(SigmaConditionError) -> (condition: String, aggregation: SigmaAggregation?) {
  guard let pipe = text.firstIndex(of: "|") else { return (text, nil) }
  let condition = String(text[..<pipe])
  let offset = text.utf8.distance(from: text.startIndex, to: pipe)
  let rest = text[text.index(after: pipe)...]
  if rest.utf8.first == UInt8(ascii: "|") { throw .foreignOperator("||", instead: "'or'", offset: offset) }
  guard let start = rest.firstIndex(where: { !$0.isWhitespace }) else { return (condition, nil) }
  let body = rest[start...]
  let words = body.split(whereSeparator: \.isWhitespace)
  let function = words.first.map { $0.prefix { $0 != "(" }.lowercased() } ?? ""
  guard SigmaAggregation.functions.contains(function) else {
    throw .unknownAggregation(words.first.map(String.init) ?? "", offset: offset)
  }
  var aggregation = SigmaAggregation(text: words.joined(separator: " "), groupBy: [])
  if let first = words.first, function == "near" {
    let offset = text.utf8.distance(from: text.startIndex, to: first.endIndex)
    aggregation.near = (String(text[first.endIndex...]), offset)
  } else if let by = words.firstIndex(where: { $0.lowercased() == "by" }) {
    aggregation.groupBy = words[(by + 1)...]
      .prefix { !["<", ">", "<=", ">=", "=", "=="].contains($0) }
      .joined(separator: " ").split(separator: ",")
      .map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
  }
  return (condition, aggregation)
}
