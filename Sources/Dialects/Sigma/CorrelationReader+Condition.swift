import Diagnostics
import Documents
import QueryLanguages
import RuleModel

/// The condition of a correlation: comparisons with a count, or which rules must match.
extension CorrelationReader {
  private static let comparators = ["gt", "gte", "lt", "lte", "eq", "neq"]

  mutating func readCondition(into correlation: inout Correlation) {
    let isTemporal = correlation.kind?.isTemporal
    var needed: String?
    if isTemporal == false, let kind = correlation.kind {
      needed = "a correlation of type \(kind.rawValue) needs a 'condition'; add one, such as gte: 10"
    }
    guard let node = value("condition", ifMissing: needed) else { return }
    switch node.kind {
    case .mapping: readComparisons(node, into: &correlation)
    case .scalar where isTemporal != false:
      correlation.criterion = readExpression(node, over: correlation.rules)
    case .scalar:
      correlation.criterion = .unreadable(oneLine(node.text ?? ""))
      report(at: node, "the condition must be a map; write one, such as gte: 10")
    case .sequence: report(at: node, "the condition must be a map; write one, such as gte: 10")
    }
  }

  private mutating func readComparisons(_ node: Node, into correlation: inout Correlation) {
    var comparisons: [Correlation.Comparison] = []
    var needsComparison = correlation.kind?.isTemporal != nil
    var needsField = correlation.kind?.isTemporal == false && correlation.kind != .eventCount
    for (key, value) in node.entries {
      let name = key.text ?? ""
      if name == "field" {
        correlation.fields = value.isNull ? [] : fields(value, name)
      } else if let comparator = Correlation.Comparison.Operator(rawValue: name) {
        checkNumber(value, of: name, counting: correlation.kind)
        comparisons.append(Correlation.Comparison(comparator, value.text ?? ""))
        if comparator != .percentile { needsComparison = false }
      } else {
        let known = CorrelationReader.comparators + ["field", "percentile"]
        let near = nearestName(to: name, in: known)
        report(
          at: key,
          "a correlation's condition has no '\(shortened(name))'; "
            + (near.map { "did you mean '\($0)'?" } ?? "write one of \(known.joined(separator: ", "))"))
        if near == "field" { needsField = false } else { needsComparison = false }
      }
    }
    let order = Correlation.Comparison.Operator.allCases
    comparisons = order.flatMap { comparator in comparisons.filter { $0.comparator == comparator } }
    correlation.criterion = comparisons.isEmpty ? nil : .comparisons(comparisons)
    if !canHold(comparisons) {
      report(at: node, "no number is in all of the ranges that the condition gives; correct one of them")
    }
    if needsComparison {
      report(
        at: node,
        "the condition compares with no number; add one of \(CorrelationReader.comparators.joined(separator: ", ")), "
          + "such as gte: 10")
    }
    if correlation.kind == .valuePercentile,
      !node.entries.contains(where: { key, _ in isSlip(key.text ?? "", of: "percentile") })
    {
      report(
        at: node, severity: .warning,
        "engines refuse a correlation of type value_percentile that doesn't say which one; add 'percentile', such as 95"
      )
    }
    if needsField, correlation.fields.isEmpty, let kind = correlation.kind {
      report(at: node, "a correlation of type \(kind.rawValue) needs a 'field' in its condition; add it")
    }
  }

  /// Whether a number can meet the lower and upper bounds together; what isn't a number is reported separately.
  private func canHold(_ comparisons: [Correlation.Comparison]) -> Bool {
    typealias Bound = (number: Double, isStrict: Bool)
    func bounds(_ inclusive: Correlation.Comparison.Operator, _ strict: Correlation.Comparison.Operator) -> [Bound] {
      comparisons.compactMap { comparison in
        guard let number = decimal(comparison.value) else { return nil }
        switch comparison.comparator {
        case inclusive, .eq: return (number, false)
        case strict: return (number, true)
        default: return nil
        }
      }
    }
    let upper = bounds(.lte, .lt)
    return bounds(.gte, .gt).allSatisfy { lower in
      upper.allSatisfy {
        lower.number < $0.number || (lower.number == $0.number && !lower.isStrict && !$0.isStrict)
      }
    }
  }

  private mutating func checkNumber(_ node: Node, of name: String, counting kind: Correlation.Kind?) {
    let number = node.text.flatMap(decimal)
    if name == "percentile" {
      if number.map({ (0...100).contains($0) }) != true {
        report(at: node, "'percentile' must be a number from 0 to 100; write one")
      }
      return
    }
    switch kind {
    case .eventCount, .valueCount, .temporal, .temporalOrdered:
      if number.map({ $0 >= 0 && $0 == $0.rounded() }) != true {
        report(at: node, "'\(name)' compares with a count; write a whole number")
      }
    case .valueSum, .valueAverage, .valuePercentile, .valueMedian, .other, nil:
      if number == nil { report(at: node, "'\(name)' compares with a number; write one") }
    }
  }

  /// Which rules must match, by name, in a condition like a detection's.
  private mutating func readExpression(_ node: Node, over rules: [RuleReference]) -> Correlation.Criterion? {
    let text = node.text ?? ""
    do throws(SigmaConditionError) {
      var names = RuleNameList(of: rules)
      let logic = names.logic(of: try SigmaCondition(text), at: TextPlaces(of: node))
      findings += names.faults.map { fault in
        Diagnostic(.sigmaCondition, at: SourceLocation(file, at: fault.span), fault.message)
      }
      return .expression(oneLine(text), logic: logic, names: names.names)
    } catch {
      let (place, message) =
        error == .empty
        ? (node.span, "the condition is empty; name the rules that must match")
        : (node.span(ofBytes: error.span), error.message)
      findings.append(Diagnostic(.sigmaCondition, at: SourceLocation(file, at: place), message))
      return error == .empty ? nil : .unreadable(oneLine(text))
    }
  }
}

/// A number as rules write it: no exponent, hexadecimal digits or infinity.
private func decimal(_ text: String) -> Double? {
  let isPlain = text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  return isPlain ? Double(text) : nil
}

private func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
