package import RuleModel

/// Things of one kind that rules have, such as techniques or authors, by their names.
package struct NameTable: Sendable {
  /// The names of each thing; the first is the one that is shown, and no two have the same.
  package private(set) var names: [[String]] = []
  /// The things that each rule has, by their numbers, ascending.
  package private(set) var ofRule: RuleColumn<[Int]>
  private var numbers: [String: Int] = [:]

  init(rules: Int) { ofRule = RuleColumn(repeating: [], count: rules) }

  /// The number of a thing, which is added where it is new.
  mutating func number(of name: String, aliases: @autoclosure () -> [String] = []) -> Int {
    if let known = numbers[name] { return known }
    numbers[name] = names.count
    names.append([name] + aliases())
    return names.count - 1
  }

  /// - Parameter things: in any order, with repeats or without.
  mutating func give(_ things: [Int], to rule: RuleID) {
    ofRule[rule] = things.count < 2 ? things : Set(things).sorted()
  }
}
