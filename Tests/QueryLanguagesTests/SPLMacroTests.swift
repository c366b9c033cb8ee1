import Diagnostics
import RuleModel
import Testing

@testable import QueryLanguages

/// Macros, which are written out in place, and comments.
@Suite struct SPLMacroTests: ReadsSPL {
  private static let macros: [String: SPLMacro] = [
    "sysmon/0": SPLMacro(definition: "(source=\"S\" OR source=\"T\")".utf8),
    "f/2": SPLMacro(parameters: ["a", "b"], definition: "$a$=\"$b$*\" `sysmon`".utf8),
    "pipe/1": SPLMacro(parameters: ["x"], definition: "eval $x$=1 | search $x$=1 z=2".utf8),
    "self/0": SPLMacro(definition: "a=1 `self`".utf8),
  ]

  @Test(arguments: [
    ("`sysmon` x=1", "all(all(any(<source=\"S\">, <source=\"T\">), x eq 1))"),
    ("`f(q, \"r, s\")`", "all(all(q starts_with r, s, any(<source=\"S\">, <source=\"T\">)))"),
    ("`f(b=1, a=2)`", "all(all(2 starts_with 1, any(<source=\"S\">, <source=\"T\">)))"),
    ("x=1 | `pipe(y)` | where z=3", "all(x eq 1, all(<y=1>, z eq 2), z eq 3)"),
    ("x=1 | `my_filter`", "all(x eq 1)"),
    ("x=1 `my_filter` NOT `my_filter`", "all(all(x eq 1, all(), not(<`my_filter`>)))"),
    ("x=1 | `unknown(1)` | head 1", "all(x eq 1, «`unknown(1)`»)"), ("`unknown` x=1", "all(all(«`unknown`», x eq 1))"),
    // After a pipe, what follows a macro may be a part of the command that it stands for.
    ("| `unknown` | search x=1", "all(«`unknown`», x eq 1)"), ("| `unknown` x=1", "all(«`unknown` x=1»)"),
    ("y=2 | `unknown` `my_filter`", "all(y eq 2, «`unknown`»)"), ("| `my_filter` `my_filter`", "all()"),
    ("x=`unknown`", "all(«x=`unknown`»)"), ("`self` b=1", "all(all(a eq 1, «`self`», b eq 1))"),
    ("x=1 ```a | comment``` y=2 `comment(\"old | one\")`", "all(all(x eq 1, y eq 2))"),
    ("x=\"`sysmon` ```no``` y\"", "all(x eq `sysmon` ```no``` y)"),
    ("| eval P.a=1 | `drop_dm_object_name(\"P\")` | search a=1", "all(<a=1>)"),
  ])
  func writesMacrosOut(text: String, expected: String) {
    #expect(Self.read(text, Self.macros).logic == expected)
  }

  @Test func keepsTheTextAndPlacesOfMacros() {
    let reading = Self.read("`sysmon` x=1 | `pipe(y)` | where z=3", Self.macros)
    #expect(
      reading.stages.map(\.text) == [
        "source=S, source=T", "`sysmon` x=1", "eval y=1", "search y=1 z=2", "where z=3",
      ])
    var columns: [String] = []
    reading.stages.forEachTest { test, _ in columns.append("\(test.field ?? "") \(test.position.column)") }
    #expect(columns == ["x 12", "z 16", "z 36"])
  }

  @Test(arguments: [
    ("a=1 | where (b=2", "13: '(' isn't closed; ')' is expected before the end of the query [query-syntax]"),
    (
      "a=1 | stast count", "7: there is no command 'stast' in Splunk's language; did you mean 'stats'? [query-function]"
    ),
    (
      "a=1 | nope",
      "7: the command 'nope' isn't one of Splunk's own; add the commands.conf that defines it, or correct the name [query-unread]"
    ),
    ("`self`", "1: the macro 'self' uses itself; remove that use [query-syntax]"),
    ("a=\"x", "3: a text or comment isn't closed; add what ends it [query-syntax]"),
    (
      "`missing` a=1",
      "1: the macro 'missing' isn't defined; add the file that defines it, or correct the name [query-unread]"
    ),
    (
      "a=1 | where lenn(b)=2",
      "13: 'lenn' isn't a function of the query's language; did you mean 'len'? [query-function]"
    ),
  ])
  func saysWhatIsWrong(text: String, expected: String) {
    #expect(Self.read(text, Self.macros).faultWords.contains(expected), "\(Self.read(text, Self.macros).faultWords)")
  }
}
