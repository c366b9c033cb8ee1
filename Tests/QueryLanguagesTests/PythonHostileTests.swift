import Diagnostics
import QueryLanguages
import RuleModel
import TestSupport
import Testing

/// Programs that would take forever, or all memory, if they were read naively.
@Suite struct PythonHostileTests: ReadsPython {
  /// Each in a list of its own, which the compiler reads faster.
  private static let hostile: [String] = {
    var all: [String] = []
    all += ["def rule(event):\n\treturn event.get('a') == 'x'\n        return 1\n  \treturn 2"]
    all += ["def rule(event):\n    return event.get('a\u{0}') == '\u{0}'"]
    all += [
      "def rule(event):\n    return " + String(repeating: "f(", count: 10_000) + String(repeating: ")", count: 10_000)
    ]
    all += ["def rule(event):\n    return " + String(repeating: "not ", count: 100_000) + "event"]
    all += ["def rule(event):\n    return " + String(repeating: "-", count: 100_000) + "1"]
    all += ["def rule(event):\n    return event" + String(repeating: ".get('a')", count: 50_000) + " == 'x'"]
    all += [
      "def rule(event):\n    return "
        + Array(repeating: "event.get('a') == 'x'", count: 20_000).joined(separator: " or ")
    ]
    all += ["def rule(event):\n    return event.get('a') in [" + String(repeating: "'x', ", count: 100_000) + "]"]
    all += ["def rule(event):\n    return event.get('a') == '" + String(repeating: "x", count: 1_000_000)]
    all += [
      "def rule(event):\n" + String(repeating: "    if event.get('a'): x = event.get('b')\n", count: 5_000)
        + "    return x == 'y'"
    ]
    all += [
      "def rule(event):\n"
        + (0..<2_000).map { "    if event.get('a') == '\($0)':\n        return event.get('b') == '\($0)'\n" }.joined()
    ]
    all += ["def rule(event):\n" + (0..<500).map { String(repeating: " ", count: $0 + 4) + "if event:\n" }.joined()]
    all += [
      "def rule(event):\n    return rule(event)",
      "def rule(event):\n    return a(event)\ndef a(event):\n    return b(event)\ndef b(event):\n    return a(event)",
    ]
    all += ["x = y\ny = x\ndef rule(event):\n    return event.get('a') == x"]
    all += [
      "x = [1]\n" + (0..<40).map { "x\($0) = [x\($0 - 1), x\($0 - 1)]\n" }.joined() + "def rule(event):\n    return x39"
    ]
    all += [
      (0..<30).map { "def f\($0)(e): return f\($0 + 1)(e) or f\($0 + 1)(e)\n" }.joined()
        + "def rule(event):\n    return f0(event)"
    ]
    all += ["def rule(event):\n    return any(" + (0..<8).map { "for x\($0) in range(9) " }.joined() + ")"]
    all += [
      "L = [" + String(repeating: "1,", count: 1_000)
        + "]\ndef rule(event):\n    return any(a == event.get('x') for a in L for b in L for c in L)"
    ]
    all += [
      "@cached\ndef rule(event):\n    return True",
      "exec('x')\n__import__('os').system('x')\ndef rule(event):\n    return eval('x')",
    ]
    all += ["from ..secrets import x\nfrom . import y\nimport ../../x\ndef rule(event):\n    return x(event) or y"]
    all += [
      "class rule:\n    pass", "def rule", "def rule(", "def rule(event", "def rule(event):",
      "def rule(*, event):\n  return", "\\\n\\\n", ":=:=",
    ]
    all += ["def rule(event):\n    x = " + String(repeating: "x if x else ", count: 20_000) + "1\n    return x"]
    all += [
      "def rule(event):\n    return " + String(repeating: "lambda: ", count: 20_000) + "1",
      String(repeating: "]", count: 100_000),
    ]
    all += ["def rule(event):\n    return f'" + String(repeating: "{", count: 100_000) + "'"]
    // Many lines, each with a value of its own.
    for (first, line, last) in [
      ("", "x# = '#'", "x9999 == event.get('a')"), ("x = []", "x.append('#')", "event.get('a') in x"),
      ("x = {}", "x['#'] = '#'", "event.get('a') in x"), ("x = set()", "x |= {'#'}", "event.get('a') in x"),
      ("x = ['#']", "x.remove('#')\n    x.append('#')", "event.get('a') in x"),
      ("", "if event.get('a') == '#': x# = '#'", "x9999 == 'y'"),
      ("x = []", "if event.get('a') == '#': x.append('#')", "'y' in x"),
    ] {
      let lines = (0..<10_000).map { "    " + line.replacing("#", with: "\($0)") + "\n" }.joined()
      all += ["def rule(event):\n    \(first.isEmpty ? "pass" : first)\n\(lines)    return \(last)"]
    }
    let numbers = (0..<20_000).map { "'\($0)'" }.joined(separator: ",")
    all += [
      "X = {\(numbers)}\nY = {\(numbers)}\ndef rule(event):\n    return event.get('a') in X - Y or event.get('a') in X & Y"
    ]
    let rounds = (0..<2_000).map { "'\($0)'" }.joined(separator: ",")
    all += [
      "X = [\(rounds)]\ndef rule(event):\n    for x in X:\n        if x in event.get('a'): return event.get('b') == x\n    return False"
    ]
    all += [
      "X = {" + (0..<2_000).map { "'\($0)': ['\($0)']" }.joined(separator: ",")
        + "}\ndef rule(event):\n    return any(event.get('a') == x for x in X[event.get('b')])"
    ]
    // Each line doubles a value.
    for (first, line) in [
      ("x = event.get('a') == '1'", "x = x or (x and event.get('b'))"),
      ("x = False", "if event.get('a') == '1':\n        x = not x"), ("x = [event.get('a')]", "x = x + x"),
      ("x = ['a']", "x = x + x"), ("x = [event.get('a')]", "x.extend(x)"),
      ("x = event.get('b')", "x = (x or not x) if event.get('a') else x"), ("x = 'a'", "x = x + x"),
      ("x = 'a'", "x = f'{x}{x}'"), ("x = 'a'", "x = ','.join([x, x])"),
      ("x = {event.get('a'), event.get('b')}", "x = x & x"), ("x = len", "x = x | x"),
    ] {
      all += ["def rule(event):\n    \(first)\n" + String(repeating: "    \(line)\n", count: 60) + "    return x"]
    }
    // Classes that need themselves, and functions that hold all that were defined before them.
    all += [
      "class A:\n    x = A().x\ndef rule(event):\n    return A().x",
      "class A(A().b):\n    pass\ndef rule(event):\n    return A()",
      "def rule(event):\n    found = [1]\n    if event.get('a'):\n        found.append(1)\n    for i in found:\n"
        + "        \((1...40).map { "f\($0) = " }.joined())None\n"
        + (1...40).map { "        f\($0) = lambda: 1\n" }.joined() + "    return False",
    ]
    return all
  }()

  @Test(arguments: PythonHostileTests.hostile)
  func survivesHostilePrograms(source: String) {
    let started = ContinuousClock.now
    _ = read(source)
    #expect(ContinuousClock.now - started < .seconds(20))
  }

  @Test func survivesModulesThatImportEachOther() {
    let reading = read(
      "from a import x\ndef rule(event):\n    return event.get('f') == x",
      modules: ["a": "from b import x", "b": "from a import x"])
    #expect(reading.stages[0].predicate.words == "'event.get('f') == x'")
  }
}
