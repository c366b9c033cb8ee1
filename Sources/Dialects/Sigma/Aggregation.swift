/// What stood after a pipe in conditions before Sigma 2: `count(user) by host > 5`, `near other_selection`.
struct Aggregation: Equatable {
  /// As written, without the pipe.
  var text: String
  /// The fields after `by`.
  var groupBy: [String]
  /// The condition after `near`, with its offset in the whole text: it names search identifiers.
  var near: (condition: String, offset: Int)?

  /// What may follow the pipe (Sigma Specification 1.0, “Aggregations”).
  static let functions: Set = ["count", "min", "max", "avg", "sum", "near"]

  static func == (left: Aggregation, right: Aggregation) -> Bool {
    left.text == right.text && left.groupBy == right.groupBy && left.near?.condition == right.near?.condition
      && left.near?.offset == right.near?.offset
  }
}

/// Splits a condition's text at its first pipe.
///
/// - Throws: where nothing follows that counts; its offset counts from the text's first byte.
func splitAggregation(_ text: String) throws(ConditionError) -> (condition: String, aggregation: Aggregation?) {
  guard let pipe = text.firstIndex(of: "|") else { return (text, nil) }
  let condition = String(text[..<pipe])
  let offset = text.utf8.distance(from: text.startIndex, to: pipe)
  let rest = text[text.index(after: pipe)...]
  if rest.utf8.first == UInt8(ascii: "|") { throw .foreignOperator("||", instead: "'or'", offset: offset) }
  guard let start = rest.firstIndex(where: { !$0.isWhitespace }) else { return (condition, nil) }
  let body = rest[start...]
  let words = body.split(whereSeparator: \.isWhitespace)
  let function = words.first.map { $0.prefix { $0 != "(" }.lowercased() } ?? ""
  guard Aggregation.functions.contains(function) else {
    throw .unknownAggregation(words.first.map(String.init) ?? "", offset: offset)
  }
  var aggregation = Aggregation(text: words.joined(separator: " "), groupBy: [])
  if let first = words.first, function == "near" {
    let offset = text.utf8.distance(from: text.startIndex, to: first.endIndex)
    aggregation.near = (String(text[first.endIndex...]), offset)
  } else if let by = words.firstIndex(where: { $0.lowercased() == "by" }) {
    aggregation.groupBy = words[(by + 1)...]
      .prefix { !["<", ">", "<=", ">=", "=", "=="].contains($0) }
      .joined(separator: " ").split(separator: ",")
      .map { $0.trimmed() }.filter { !$0.isEmpty }
  }
  return (condition, aggregation)
}

extension Substring {
  /// Without white space at its ends.
  func trimmed() -> String {
    // Nearly every text is like this, and what a character is takes longer to find out.
    if let first = utf8.first, let last = utf8.last, isInk(first), isInk(last) { return String(self) }
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}

/// Whether a byte is a character of ASCII that shows.
private func isInk(_ byte: UInt8) -> Bool { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte) }
