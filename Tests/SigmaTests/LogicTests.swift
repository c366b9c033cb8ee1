import RuleModel
import Testing

/// The digest of a rule's logic: the same however it is written, another one after every change of it.
@Suite struct LogicTests {
  /// A rule with lines of its detection section.
  private static func rule(_ lines: String...) -> String {
    "title: T\nlogsource: {product: windows}\ndetection:\n" + lines.map { "    \($0)\n" }.joined()
  }

  private static func correlation(_ lines: String...) -> String {
    let base = [
      "type: value_count", "rules: [a, b]", "group-by: [x, y]", "timespan: 1h", "condition: {gte: 5, field: u}",
    ]
    let given = lines.map { $0.prefix { $0 != ":" } }
    let kept = base.filter { line in !given.contains { line.hasPrefix($0 + ":") } }
    return "title: T\ncorrelation:\n" + (kept + lines).map { "    \($0)\n" }.joined()
  }

  private static func filter(_ rules: String, _ lines: String...) -> String {
    "title: T\nlogsource: {product: windows}\nfilter:\n    rules: \(rules)\n" + lines.map { "    \($0)\n" }.joined()
  }

  static let equal: [(String, String)] = [
    // Selections by other names, in another order, with keys in another order.
    (
      rule("a: {A: 1, B: 2}", "b: {C: 3}", "condition: a and not b"),
      rule("filter: {C: 3}", "sel: {B: 2, A: 1}", "condition: not filter and sel")
    ),
    // What the condition doesn't use.
    (rule("a: {A: 1}", "condition: a"), rule("a: {A: 1}", "unused: {B: 2}", "condition: a")),
    // Lists in another order, with a value that is twice in them, and in another case.
    (rule("a: {A: [x, y]}", "condition: a"), rule("a: {A: [Y, x, X]}", "condition: a")),
    // Groups in groups, and of one part.
    (
      rule("a: {A: 1}", "b: {B: 2}", "c: {C: 3}", "condition: a and (b and c)"),
      rule("a: {A: 1}", "b: {B: 2}", "c: {C: 3}", "condition: (((c)) and a) and b")
    ),
    (
      rule("a1: {A: 1}", "a2: {B: 2}", "condition: 1 of a*"), rule("a1: {A: 1}", "a2: {B: 2}", "condition: a2 or a1")
    ),
    (rule("a: {A: 1, B: 2}", "condition: a"), rule("a: {A: 1}", "b: {B: 2}", "condition: all of them")),
    (rule("a: [{A: 1}, {B: 2}]", "condition: a"), rule("a: {A: 1}", "b: {B: 2}", "condition: a or b")),
    // A not that stands elsewhere.
    (rule("a: {A: 1}", "condition: a"), rule("a: {A: 1}", "condition: not not a")),
    (
      rule("a: {A: 1}", "f1: {B: 2}", "f2: {C: 3}", "condition: a and not 1 of f*"),
      rule("a: {A: 1}", "f1: {B: 2}", "f2: {C: 3}", "condition: a and not f1 and not f2")
    ),
    (
      rule("a: {A: 1}", "f: {B: 2, C: 3}", "condition: a and not f"),
      rule("a: {A: 1}", "f: {B: 2}", "g: {C: 3}", "condition: a and (not f or not g)")
    ),
    // The same test in two spellings.
    (rule("a: {A|contains: x}", "condition: a"), rule("a: {A: '*x*'}", "condition: a")),
    // Old aggregations, but for white space and the order of groups.
    (
      rule("a: {A: 1}", "timeframe: 60m", "condition: a | count(b) by x, y > 5"),
      rule("a: {A: 1}", "timeframe: 1h", "condition: a  |  count(b)  by  y, x  > 5")
    ),
    // Correlations.
    (correlation(), correlation("rules: [b, a, b]", "group-by: [y, x]", "timespan: 60m")),
    (
      correlation("condition: {gt: 1, lte: 5, field: [u, v]}"), correlation("condition: {lte: 5, field: [v, u], gt: 1}")
    ),
    (correlation(), correlation("generate: false")),
    (
      correlation("aliases: {x: {a: k, b: l}, y: {a: m}}"), correlation("aliases: {y: {a: m}, x: {b: l, a: k}}")
    ),
    (
      correlation("rules: [6A1C0A56-1111-4AAA-8BBB-000000001001]"),
      correlation("rules: [6a1c0a56-1111-4aaa-8bbb-000000001001]")
    ),
    (
      correlation("type: temporal", "condition: a and not (b or c)"),
      correlation("type: temporal", "condition: (not c) and  a and not b")
    ),
    // Filters.
    (
      filter("[a, b]", "s: {A: 1}", "condition: not s"), filter("[b, a]", "other: {A: 1}", "condition: not other")
    ),
    // All that isn't logic.
    (
      rule("a: {A: 1}", "condition: a"),
      rule("a: {A: 1}", "condition: a") + "level: high\ntags: [attack.t1059]\nid: x\nfields: [A]\nlicense: MIT\n"
    ),
  ]

  @Test(arguments: equal)
  func isEqualForEqualLogic(left: String, right: String) throws {
    #expect(try readRule(left).logic == readRule(right).logic)
  }

  static let different: [(String, String)] = [
    // A value, a field, how it is compared.
    (rule("a: {A: 1}", "condition: a"), rule("a: {A: 2}", "condition: a")),
    (rule("a: {A: 1}", "condition: a"), rule("a: {B: 1}", "condition: a")),
    (rule("a: {A: 1}", "condition: a"), rule("a: {a: 1}", "condition: a")),
    (rule("a: {A: x}", "condition: a"), rule("a: [x]", "condition: a")),
    (rule("a: {A: x}", "condition: a"), rule("a: {A|contains: x}", "condition: a")),
    (rule("a: {A: x}", "condition: a"), rule("a: {A|re: x}", "condition: a")),
    (rule("a: {A|cased: x}", "condition: a"), rule("a: {A|cased: X}", "condition: a")),
    (rule("a: {A|cased: x}", "condition: a"), rule("a: {A: x}", "condition: a")),
    (rule("a: {A|re: x}", "condition: a"), rule("a: {A|re: X}", "condition: a")),
    (rule("a: {A|re: x}", "condition: a"), rule("a: {A|re|i: x}", "condition: a")),
    (rule("a: {A: null}", "condition: a"), rule("a: {A: ''}", "condition: a")),
    (rule("a: {A: 'xyz'}", "condition: a"), rule("a: {Ax: 'yz'}", "condition: a")),
    // How tests and selections are joined.
    (rule("a: {A|contains: [x, y]}", "condition: a"), rule("a: {A|contains|all: [x, y]}", "condition: a")),
    (rule("a: {A: 1, B: 2}", "condition: a"), rule("a: [{A: 1}, {B: 2}]", "condition: a")),
    (rule("a: {A: 1}", "condition: a"), rule("a: {A: 1}", "condition: not a")),
    (
      rule("a: {A: 1}", "b: {B: 2}", "condition: a and b"), rule("a: {A: 1}", "b: {B: 2}", "condition: a or b")
    ),
    (
      rule("a: {A: 1}", "b: {B: 2}", "condition: a and not b"), rule("a: {A: 1}", "b: {B: 2}", "condition: not a and b")
    ),
    (
      rule("a: {A: 1}", "b: {B: 2}", "c: {C: 3}", "condition: a and b or c"),
      rule("a: {A: 1}", "b: {B: 2}", "c: {C: 3}", "condition: a and (b or c)")
    ),
    (rule("a1: {A: 1}", "a2: {B: 2}", "condition: 1 of a*"), rule("a1: {A: 1}", "a2: {B: 2}", "condition: all of a*")),
    (
      rule("a: {A: 1}", "f: {B: 2, C: 3}", "condition: a and not f"),
      rule("a: {A: 1}", "f: {B: 2}", "g: {C: 3}", "condition: a and not f and not g")
    ),
    // Old aggregations.
    (rule("a: {A: 1}", "condition: a"), rule("a: {A: 1}", "condition: a | count() > 5")),
    (rule("a: {A: 1}", "condition: a | count() > 5"), rule("a: {A: 1}", "condition: a | count() > 50")),
    (rule("a: {A: 1}", "condition: a | count(x) > 5"), rule("a: {A: 1}", "condition: a | count(y) > 5")),
    (rule("a: {A: 1}", "condition: a | count() by x > 5"), rule("a: {A: 1}", "condition: a | count() by y > 5")),
    (
      rule("a: {A: 1}", "timeframe: 5m", "condition: a | count() > 5"),
      rule("a: {A: 1}", "timeframe: 5h", "condition: a | count() > 5")
    ),
    // Correlations.
    (correlation(), correlation("type: value_sum")),
    (correlation(), correlation("rules: [a]")),
    (correlation(), correlation("rules: [a, c]")),
    (correlation(), correlation("group-by: [x]")),
    (correlation(), correlation("timespan: 2h")),
    (correlation(), correlation("condition: {gt: 5, field: u}")),
    (correlation(), correlation("condition: {gte: 6, field: u}")),
    (correlation(), correlation("condition: {gte: 5, field: v}")),
    (correlation(), correlation("condition: {gte: 5, field: [u, v]}")),
    (correlation(), correlation("generate: true")),
    (correlation(), correlation("aliases: {x: {a: k}}")),
    (correlation("aliases: {x: {a: k}}"), correlation("aliases: {x: {a: l}}")),
    (correlation("aliases: {x: {a: k}}"), correlation("aliases: {x: {b: k}}")),
    (correlation("aliases: {x: {a: k}}"), correlation("aliases: {y: {a: k}}")),
    (
      correlation("type: value_percentile", "condition: {gte: 5, field: u, percentile: 9}"),
      correlation("type: value_percentile", "condition: {gte: 5, field: u, percentile: 99}")
    ),
    (correlation("type: temporal_ordered"), correlation("type: temporal_ordered", "rules: [b, a]")),
    (correlation("type: temporal"), correlation("type: temporal_ordered")),
    (
      correlation("type: temporal", "condition: a and not b"), correlation("type: temporal", "condition: a or not b")
    ),
    // Of a condition that can't be read: what it names.
    (rule("s: {A: 1}", "condition: s or ("), rule("s: {A: 2}", "condition: s or (")),
    (rule("s: {A: {b: 1}}", "condition: s"), rule("s: {A: {b: 2}}", "condition: s")),
    // Filters.
    (filter("[a]", "s: {A: 1}", "condition: not s"), filter("[a]", "s: {A: 2}", "condition: not s")),
    (filter("[a]", "s: {A: 1}", "condition: not s"), filter("[a]", "s: {A: 1}", "condition: s")),
    (filter("[a]", "s: {A: 1}", "condition: not s"), filter("[a, b]", "s: {A: 1}", "condition: not s")),
    (filter("[a]", "s: {A: 1}", "condition: not s"), filter("any", "s: {A: 1}", "condition: not s")),
  ]

  @Test(arguments: different)
  func isAnotherAfterEachChange(left: String, right: String) throws {
    let (left, right) = (try readRule(left).logic, try readRule(right).logic)
    #expect(left != right)
    #expect([left, right].allSatisfy { $0.utf8.count == 16 && $0.allSatisfy { $0.isHexDigit && !$0.isUppercase } })
  }
}
