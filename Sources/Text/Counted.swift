/// The singular or plural of a noun: `rule`, `rules`.
package func plural(_ noun: String, _ number: Int) -> String { number == 1 ? noun : noun + "s" }

/// `1 rule`, `2 rules`.
package func counted(_ number: Int, _ noun: String) -> String { "\(number) \(plural(noun, number))" }
