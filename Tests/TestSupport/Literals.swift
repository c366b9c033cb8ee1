package import RuleModel

// Tests write the places of rules, and what is expected for each, as plain numbers and lists.

extension RuleID: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int) { self.init(value) }
}

extension Column: ExpressibleByArrayLiteral {
  package init(arrayLiteral values: Value...) { self.init(values) }
}

extension Column {
  package subscript(index: Int) -> Value { self[ID(index)] }
}

extension Array {
  package subscript(rule: RuleID) -> Element { self[rule.index] }
}

/// Consecutive rules.
package func ruleIDs(_ range: Range<Int>) -> [RuleID] { range.map { RuleID($0) } }
