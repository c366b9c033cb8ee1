import Diagnostics
import QueryLanguages
import RuleModel
import TestSupport
import Testing

/// The Python Language Reference, "Simple statements" and "Compound statements": what is valid is never an error, and
/// what isn't is reported where it is.
@Suite struct PythonSyntaxTests {
  private func read(_ source: String, modules: [String: String] = [:]) -> PythonReading {
    readPython(PythonProgram(Array(source.utf8), module: { modules[$0].map { Array($0.utf8) } })) { _, offset in
      SourcePosition(line: 1, column: offset + 1)
    }
  }

  /// The logic of a rule with this body, `?` for each part that isn't understood, and the other findings.
  private func logic(_ body: String, before: String = "", modules: [String: String] = [:]) -> String {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 + "\n" }.joined()
    return words(of: read(before + "\ndef rule(event):\n" + lines, modules: modules))
  }

  private func words(of reading: PythonReading) -> String {
    let logic = (reading.stages.first?.predicate).map(withoutText) ?? "no stage"
    return logic + reading.faults.filter { $0.id != .queryUnread }.map { " [\($0.message)]" }.joined()
  }

  private func withoutText(_ predicate: Predicate) -> String {
    predicate.folded(
      leaf: { leaf in
        if case .text(let text) = leaf {
          text.meaning == .opaque ? "?" : "<\(text.text)>"
        } else {
          Predicate(leaf).words
        }
      }, all: { "all(\($0.joined(separator: ", ")))" }, any: { "any(\($0.joined(separator: ", ")))" },
      not: { "not(\($0))" })
  }

  @Test(arguments: [
    // A match with constants.
    (
      "match event.get('a'):\n    case 'x':\n        return True\n    case 'y' | 'z' if event.get('b') == 1:\n        return True\n    case _:\n        return False",
      "any(a eq x, all(any(a eq y, a eq z), b eq 1))"
    ),
    ("match event.get('a'):\n    case None: return False\nreturn True", "not(a is_null )"),
    (
      "match event.get('a'):\n    case -1 | K.X: return True\n    case other: return other == 5\n",
      "any(a eq -1, ?, a eq 5)"
    ),
    ("match event.get('a'):\n    case _ if event.get('b'): return True\nreturn False", "b exists true"),
    // Anything else in a pattern isn't read.
    (
      "match event:\n    case {'a': x}: return x == 1\n    case [1, *_]:\n        y = 5\nreturn event.get('b') == 2",
      "any(?, b eq 2)"
    ),
    ("y = 1\nmatch event:\n    case [1]:\n        y = 5\nreturn event.get('b') == y", "any(?, ?)"),
    ("match = event.get('a')\nreturn match == 'x'", "a eq x"),
    ("match (event.get('a')):\n    case ('x'): return True", "?"),
    // Blocks that aren't read.
    ("while event.get('a'):\n    return True\nelse:\n    x = 1\nreturn event.get('b') == 2", "any(?, b eq 2)"),
    ("while True: break\nreturn event.get('b') == 2", "b eq 2"),
    ("class A(B):\n    x: int = 5\nreturn event.get('b') == 2", "b eq 2"),
    // Several statements on a line.
    ("if event.get('a') == 'x': y = 1; return True\nreturn False", "a eq x"),
    ("x = 'a'; y = 'b'\nreturn event.get(x) == y", "a eq b"),
    // Numbers.
    ("return event.get('n') > 1. and event.get('m') < .5", "all(n gt 1., m lt .5)"),
    (
      "return event.get('n') in (1e5, 0x1F, 1_000, 1j, 1.5e-3)",
      "any(n eq 1e5, n eq 0x1F, n eq 1_000, <event.get('n') in (1e5, 0x1F, 1_000, 1j, 1.5e-3)>, n eq 1.5e-3)"
    ),
    // What fails unless a condition holds.
    ("assert event.get('a') == 'x', 'why'\nreturn event.get('b') == 'y'", "all(a eq x, b eq y)"),
    // `finally` takes the place of what was returned.
    ("try:\n    return event.get('a') == 'x'\nfinally:\n    return event.get('b') == 'y'", "b eq y"),
    (
      "try:\n    return event.get('a') == 'x'\nexcept (A, B) as e:\n    pass\nelse:\n    pass\nfinally:\n    x = 1",
      "a eq x"
    ),
    (
      "try:\n    x = 'a'\nfinally:\n    if event.get('c'): return False\nreturn event.get('b') == x",
      "all(not(c exists true), b eq a)"
    ),
    ("try:\n    x = 1\nexcept* E: pass\nreturn event.get('a') == 'x'", "a eq x"),
    // Loops.
    (
      "for x in ['a', 'b']:\n    if event.get(x) == 'y': break\nelse:\n    return False\nreturn event.get('c') == 1",
      "all(any(a eq y, b eq y), c eq 1)"
    ),
    (
      "found = False\nfor x in ['a', 'b']:\n    if event.get(x):\n        found = True\n        break\nreturn found",
      "any(a exists true, b exists true)"
    ),
    ("for x, *y in [('a', 1)]:\n    pass\nreturn event.get('b') == 2", "b eq 2"),
    ("for x in *L, 'b':\n    if event.get(x) == 'y': return True", "any(a eq y, b eq y)"),
    // Strings whose values contain their own quotes.
    ("return event.get('a') == f'{D['k']}'", "<event.get('a') == f'{D['k']}'>"),
    ("return event.get(\"b\") == f\"x{L[\"}\"]}{{\" + ''", "<event.get(\"b\") == f\"x{L[\"}\"]}{{\" + ''>"),
    ("x = f'{f\"{f'{1}'}\"}' f\"\"\"{'''a''' if b else \"c\"}\"\"\"\nreturn event.get('b') == 2", "b eq 2"),
    ("x = f'{a:{b}}' f'{a!r}' f'{{}}' f'}' f''\nreturn event.get('b') == 2", "b eq 2"),
    // Other statements.
    ("a: int\nb: int = 5\nreturn event.get('n') == b", "n eq 5"),
    ("x = 1\nx @= 2\nx >>= 1\nx <<= 1\nreturn event.get('b') == 2", "b eq 2"),
    ("type X = int\nreturn event.get('b') == 2", "b eq 2"), ("type = event.get('b')\nreturn type == 2", "b eq 2"),
    ("with open('f') as f: return event.get('b') == 2", "b eq 2"),
    ("with (open('f') as f, open('g') as g):\n    return event.get('b') == 2", "b eq 2"),
    ("with a({1: 2}[1]): pass\nreturn event.get('b') == 2", "b eq 2"),
    (
      "global x, y\ndel z\nimport os.path as p, json\nfrom . import q\nfrom ..r import (s, t as u,)\nreturn event.get('b') == 2",
      "b eq 2"
    ),
    ("print('x', end='')\n...\n'text'\nreturn event.get('b') == 2", "b eq 2"),
    ("async def f(): pass\nasync with x: pass\nasync for y in z: pass\nreturn event.get('b') == 2", "b eq 2"),
    ("x = yield\ny = (yield 5)\nyield from z\nreturn event.get('b') == 2", "?"),
    ("def f[T](x: T, *y: *Z, **z) -> list[T]: return x\nreturn f(event.get('b')) == 2", "b eq 2"),
    ("@cached\ndef f(x): return x\nreturn event.get('b') == 2", "b eq 2"),
    // Other expressions.
    ("x = L[1:2, ::3], L[*M], L[a := 1], L[...]\nreturn event.get('b') == 2", "b eq 2"),
    ("x = [*L, *M], {*L}, {**D, 'a': 1}, (lambda *a, b=1, **c: a), await f()\nreturn event.get('b') == 2", "b eq 2"),
    ("x = {k: v async for k, v in y}, [a async for a in b if c if d]\nreturn event.get('b') == 2", "b eq 2"),
    ("if (x := event.get('b')) == 2: return True", "b eq 2"), ("return not not event.get('b')", "b exists true"),
    ("x = rb'a' b'b' f\"{a!r:>{b}}\" t'c' u'd'\nreturn event.get('b') == 2", "b eq 2"),
    ("return event.get(\n'b'\n) \\\n  == 2 # why", "b eq 2"),
    ("x = a if b else lambda: c\nreturn event.get('b') == 2", "b eq 2"),
  ])
  func validPythonIsNoError(body: String, expected: String) {
    #expect(logic(body, before: "from enums import K\nL = ['a']\nD = {}") == expected)
  }

  @Test(arguments: [
    ("rule = lambda event: event.get('a') == 'x'", "a eq x"),
    ("rule = lambda event, *rest, key='a': event.get(key) == 'x'", "a eq x"),
    ("def rule(event, context=None, **options):\n    return event.get('a') == 'x'", "a eq x"),
    ("from helper import rule", "a eq x"), ("from helper import *", "a eq x"),
    ("from helper import rule as other\nrule = other", "a eq x"),
    ("def rule(event, other):\n    return event.get('a') == 'x'", "?"),
    ("async def rule(event):\n    return event.get('a') == 'x'", "?"),
    ("@cached\ndef rule(event):\n    return event.get('a') == 'x'", "?"), ("rule = make('x')", "?"),
    ("class rule:\n    pass", "?"),
    ("def rule(event):\n    yield event.get('a') == 'x'", "?"), ("from nowhere import rule", "?"),
    ("def rule(event):\n    return False\nrule = lambda event: event.get('a') == 'x'", "a eq x"),
  ])
  func theRuleIsWhateverHasItsName(source: String, expected: String) {
    #expect(
      words(of: read(source, modules: ["helper": "def rule(event):\n    return event.get('a') == 'x'"])) == expected)
  }

  @Test(arguments: [
    ("f(event, 'x')", "a eq x"), ("f(event, *['x'])", "a eq x"), ("f(*[event, 'x'])", "a eq x"),
    ("f(event, **{'value': 'x'})", "a eq x"), ("f(event, **{'value': 'x', 'field': 'b'})", "b eq x"),
    ("f(event, **OPTIONS)", "a eq y"), ("f(event, 'x', **unknown)", "?"), ("f(event, *unknown)", "?"),
    ("g(event, 'a', 'b')", "a.b eq x"), ("g(event, *KEYS)", "a.b eq x"), ("g(event, 'a', value='y')", "a eq y"),
    ("h(event, a='x', b='y')", "all(a eq x, b eq y)"), ("h(event, **{'a': 'x', 'b': 'y'})", "all(a eq x, b eq y)"),
    ("k(event, value='z')", "a eq z"), ("(lambda *p, q='x': p[0].get('a') == q)(event)", "a eq x"),
  ])
  func argumentsReachTheirParameters(call: String, expected: String) {
    let before = """
      OPTIONS = dict({"value": "y"})
      KEYS = ["a", "b"]
      def f(event, value="z", field="a"): return event.get(field) == value
      def g(event, *keys, value="x"): return event.deep_get(*keys) == value
      def h(event, **wanted): return event.get('a') == wanted['a'] and event.get('b') == wanted.get('b')
      def k(event, *, value): return event.get('a') == value
      """
    let reading = read(before + "\ndef rule(event):\n    return " + call)
    #expect(withoutText(logicOfRule(in: reading)) == expected)
    #expect(reading.faults.allSatisfy { $0.id == .queryUnread })
  }

  /// The rule's logic, with that of the function that it calls in its place.
  private func logicOfRule(in reading: PythonReading) -> Predicate {
    if case .stage(let index) = reading.stages[0].predicate {
      reading.stages[index].predicate
    } else {
      reading.stages[0].predicate
    }
  }

  /// What is below a statement that isn't read decides nothing by itself.
  @Test(arguments: ["foo bar:", "if x = 1:", "for in y:", "else:", "match x y:"])
  func blocksOfUnreadStatementsAreUnread(statement: String) {
    #expect(
      logic(statement + "\n    return True\nreturn event.get('a') == 'x'")
        == "any(?, a eq x) [the Python's syntax is invalid here; correct it]")
  }

  @Test(arguments: [
    ("def rule(event)\n    return event.get('a') == 'x'", "?", "the Python's syntax is invalid here; correct it", 15),
    ("def rule(event):\n    return event.get('a' ==\n", "?", "the Python's syntax is invalid here; correct it", 44),
    (
      "def rule(event):\nreturn event.get('a') == 'x'", "any()",
      "an indented block is expected after this line; indent the lines that belong to it", 0
    ),
    (
      "def rule(event):\n    if event.get('a'):\n    return True\n", "all()",
      "an indented block is expected after this line; indent the lines that belong to it", 21
    ),
    (
      "def rule(event):\n    x = 1\n      y = 2\n    return event.get('a') == 'x'", "a eq x",
      "this line's indentation doesn't match any block; indent it like the lines before it", 33
    ),
    (
      "def rule(event):\n        x = 1\n    return event.get('a') == 'x'", "a eq x",
      "this line's indentation doesn't match any block; indent it like the lines before it", 35
    ),
  ])
  func reportsBrokenPythonAtItsPlace(source: String, expected: String, message: String, offset: Int) {
    let reading = read(source)
    #expect(reading.stages.first.map { withoutText($0.predicate) } == expected)
    let faults = reading.faults.filter { $0.id == .querySyntax }
    #expect(faults.map(\.message) == [message])
    #expect(faults.map(\.offset) == [offset])
  }

  private static let values = (0..<1_999).map { "'v\($0)'" }.joined(separator: ", ")

  @Test(arguments: [
    Repeated(
      "def rule(event):\n    for x in [\(values)]:\n        if event.get('a') == x:\n            return True", "", 1),
    Repeated(
      "def rule(event):\n    found = False\n    for x in [\(values)]:\n        if event.get('a') == x:\n            found = True\n            break\n    return found",
      "", 1),
    Repeated(
      "def rule(event):\n    found = []\n    for x in [\(values)]:\n        if event.get('a') == x:\n            found.append(x)\n            continue\n    return bool(found)",
      "", 1),
    Repeated("def rule(event):\n    return event.get('a')", " == event.get('a')", 100_000),
    Repeated("def rule(event):\n    return a", " == a", 100_000),
    Repeated("def rule(event):\n    return event", ".startswith('a')", 50_000),
    Repeated("def rule(event):\n    match event.get('a'):\n", "        case 'x': return True\n", 5_000),
    Repeated("def rule(event):\n    match event.get('a'):\n        case ", "[", 50_000),
    Repeated("def rule(event):\n", "    assert event.get('a')\n", 5_000),
    Repeated("def rule(event):\n", "    try: pass\n    finally:\n        if event.get('a'): return\n", 2_000),
    Repeated("def rule(event):\n    x", " = yield", 50_000), Repeated("def rule(event):\n", "    foo bar\n", 5_000),
    Repeated("def rule(event):\n    return f(", "**a, ", 50_000), Repeated("def rule(event): pass", ";pass", 50_000),
    Repeated("def rule(event):\n    x = ", "f'{' ", 50_000), Repeated("def rule(event):\n    x = ", "f'{f\"{", 50_000),
  ])
  func readsInLinearTime(program: Repeated) {
    let started = ContinuousClock.now
    _ = read(program.text)
    #expect(ContinuousClock.now - started < .seconds(20))
  }
}
