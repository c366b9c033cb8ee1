/// Things of one kind that rules have, such as techniques or authors, by their names.
package struct NameTable: Sendable {
  /// The names of each thing; the first is the one that is shown, and no two have the same.
  package private(set) var names: [[String]] = []
  /// The things that each rule has, by their numbers, ascending.
  package private(set) var ofRule: [[Int]]
  private var numbers: [String: Int] = [:]

  init(rules: Int) { ofRule = Array(repeating: [], count: rules) }

  /// The number of a thing, which is added where it is new.
  mutating func number(of name: String, aliases: @autoclosure () -> [String] = []) -> Int {
    if let known = numbers[name] { return known }
    numbers[name] = names.count
    names.append([name] + aliases())
    return names.count - 1
  }

  mutating func give(_ things: some Sequence<Int>, to rule: Int) { ofRule[rule] = Set(things).sorted() }
}
