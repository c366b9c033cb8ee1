import Diagnostics
import QueryLanguages
import RuleModel
import TestSupport
import Testing

/// What variables hold as statements change it.
@Suite struct PythonVariableTests: ReadsPython {
  /// The Python Library Reference, "Mutable Sequence Types", "Set Types" and "Mapping Types".
  @Test(arguments: [
    (
      "found = ['x', 'y', 'z']\nfound.remove('y')\nfound.insert(0, 'w')\nlast = found.pop()\nreturn event.get('a') in found and event.get('b') == last",
      "all(any(a eq w, a eq x), b eq z)"
    ),
    (
      "names = {'x'}\nnames.add('y')\nnames.discard('x')\nnames.update(['z'], {'w'})\nreturn event.get('a') in names",
      "any(a eq y, a eq z, a eq w)"
    ),
    ("names = ['x']\nnames.clear()\nreturn event.get('a') in names", "any()"),
    ("names = ['x', 'y', 'z']\ndel names[0]\ndel names[-1]\nreturn event.get('a') in names", "a eq y"),
    ("names = ['x', 'y']\nnames.remove(event.get('b'))\nreturn 'x' in names", "not(b eq x)"),
    (
      "kinds = {'k': 'x'}\nkinds.update(l='y')\nkinds['k'] = 'z'\nkinds.setdefault('m', 'w')\nkinds.setdefault('k', 'v')\ndel kinds['l']\nreturn event.get('a') in [kinds['k'], kinds['m']] or event.get('b') in kinds",
      "any(a eq z, a eq w, b eq k, b eq m)"
    ),
    (
      "kinds = {'k': 'x', 'l': 'y'}\nkind = kinds.pop('k')\nreturn event.get('a') == kind and event.get('b') in kinds",
      "all(a eq x, b eq l)"
    ),
    (
      "kinds = {'k': 'x'}\nif event.get('a') == 'y':\n    kinds['k'] = 'z'\nreturn kinds['k'] == 'z'", "a eq y"
    ),
    (
      "found = {}\nfor item in event.get('l'):\n    if item.get('k') == 'x':\n        found[item.get('n')] = 1\nreturn bool(found)",
      "l.k eq x"
    ),
    (
      "found = {event.get('a'): False}\nfor item in event.get('l'):\n    found[item.get('n')] = True\nreturn all(found.values())",
      "'found.values()'"
    ),
    ("KNOWN.append('n')\nreturn event.get('a') in KNOWN", "any(a eq m, a eq n)"),
    (
      "found = {'k': []}\nfound['k'].append('x')\nreturn event.get('a') in found['k']", "'event.get('a') in found['k']'"
    ),
    (
      "found = []\nif event.get('a') == 'x':\n    pass\nelse:\n    found.append('y')\nreturn bool(found)", "not(a eq x)"
    ),
    (
      "found = []\nif event.get('a') == 'x':\n    found.append('p')\nelse:\n    found.append('q')\nreturn 'q' in found",
      "not(a eq x)"
    ),
  ])
  func changes(body: String, expected: String) { #expect(logic(body, before: "KNOWN = ['m']") == expected) }

  /// What is looped over is only what is in the first value whose condition holds.
  @Test(arguments: [
    (
      "for name in ['y'] if event.get('a') else ['x']:\n    if event.get('b') == name:\n        return True\nreturn False",
      "any(all('event.get('a')', b eq y), all(not('event.get('a')'), b eq x))"
    ),
    (
      "for name in event.get('l') if event.get('a') == 'x' else []:\n    if name == 'y':\n        return True\nreturn False",
      "all(a eq x, l eq y)"
    ),
    (
      "return any(event.get('a') == name for name in {'k': ['x'], 'l': ['y']}.get(event.get('b'), ['z']))",
      "any(all(b eq k, a eq x), all(b eq l, a eq y), all(not(b eq k), not(b eq l), a eq z))"
    ),
  ])
  func loopsOverOneOfSeveral(body: String, expected: String) { #expect(logic(body) == expected) }

  @Test func readsInnerFunctionsWithTheVariablesOfWhereTheyAreDefined() {
    let inner = """
      def inner(value):
          if value == 'x':
              return True
          return value == wanted
      wanted = 'y'
      """
    #expect(logic(inner + "\nreturn inner(event.get('a'))") == "any(a eq x, a eq y)")
    let helper = "def apply(check, value):\n    wanted = 'z'\n    return check(value)"
    func apply(_ check: String) -> String {
      logic(
        "wanted = 'x'\nreturn apply(\(check), event.get('a'))", before: "from helper import apply",
        modules: ["helper": helper])
    }
    #expect(apply("lambda value: value == wanted") == "a eq x")
    #expect(apply("lambda value, wanted=wanted: value == wanted") == "a eq x")
  }

  /// `isinstance` asks for a field's type; what a rule does if it has it isn't decided by that.
  @Test func keepsFlagsOfTypes() {
    let helper = "def is_dict(x):\n    if isinstance(x, dict):\n        return True\n    return False\n"
    let logic = logic(
      "if is_dict(event.get('p')):\n    return False\nreturn event.get('y') == 'z'", before: helper)
    #expect(logic.contains("y eq z"), "\(logic)")
  }

  /// One item stands for all elements of a field.
  @Test func comparesListsOfUnknownLength() {
    for comparison in ["== ['a', 'b']", "!= []"] {
      let logic = logic("return [x for x in event.get('l', [])] \(comparison) and event.get('a') == 'b'")
      #expect(logic.contains("[x for x in event.get('l', [])]") && logic.contains("a eq b"), "\(logic)")
    }
  }

  @Test func readsALoopOverALongList() {
    let words = (0..<1_500).map { "'w\($0)'" }.joined(separator: ", ")
    let reading = read(
      "WORDS = [\(words)]\ndef rule(event):\n    for word in WORDS:\n        if word in event.get('a'):\n            return True\n    return False"
    )
    var found = 0
    reading.stages[0].predicate.forEachLeaf { _, _ in found += 1 }
    #expect(found == 1_500)
    #expect(reading.faults.isEmpty)
  }
}
