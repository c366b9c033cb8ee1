import Diagnostics
import QueryLanguages
import RuleModel
import TestSupport
import Testing

/// Functions and constants of other modules, policies, and data models.
@Suite struct PythonHelperTests: ReadsPython {
  @Test func readsHelpersOfTheRepositoryInPlace() {
    let helper = """
      KINDS = ["x", "y"]

      def is_kind(event, field="a", *, strict=False):
          if strict:
              return event.get(field) == "x"
          return event.get(field) in KINDS
      """
    let before = "import helper\nfrom helper import is_kind, KINDS as k\n"
    #expect(logic("return is_kind(event)", before: before, modules: ["helper": helper]) == "any(a eq x, a eq y)")
    #expect(
      logic("return helper.is_kind(event, 'b', strict=True)", before: before, modules: ["helper": helper]) == "b eq x")
    #expect(logic("return event.get('c') in k", before: before, modules: ["helper": helper]) == "any(c eq x, c eq y)")
    #expect(logic("return is_kind(event)", before: before) == "'is_kind(event)' [query-unread]")
  }

  /// What is met too deep to be read is read where it is met again.
  @Test func readsConstantsThatWereFirstMetTooDeep() {
    let helper =
      (0..<8).map { "def f\($0)(event):\n    return f\($0 + 1)(event)\n" }.joined()
      + "def f8(event):\n    return event.get('a') in WORDS\ndef make():\n    return ['x']\nWORDS = make()\n"
    #expect(
      logic(
        "return f0(event) or event.get('b') in WORDS", before: "from helper import f0, WORDS",
        modules: ["helper": helper]) == "any('event.get('a') in WORDS', b eq x) [query-unread]")
  }

  /// Panther's own helpers are known by what its documentation says they take; others by their text, whatever their
  /// names and modules are.
  @Test(arguments: ["panther_base_helpers", "ours"])
  func readsAccessorsByWhatTheyTake(module: String) {
    let own = """
      def values(items, key, other, wanted):
          found = set()
          for item in items:
              if item.get(other) == wanted:
                  found.add(item.get(key))
          return found

      def deep_get(event, key):
          return event.get('deep_' + key)

      def deep_walk(obj, *keys, default=None, return_val="all"):
          return walk(obj, keys, default)
      """
    func logic(_ expression: String) -> String {
      self.logic(
        "return \(expression)", before: "from \(module) import values, deep_get, deep_walk", modules: [module: own])
    }
    #expect(logic("values(event.get('l'), 'r', 'k', 'v')") == "l.k eq v")
    #expect(logic("deep_get(event, 'a') == 'x'") == "deep_a eq x")
    #expect(logic("deep_walk(event, 'a', 'b') == 'x'") == "a.b eq x")
  }

  @Test func makesAStageOfEachFunctionThatDecides() {
    let reading = read(
      """
      def rule(event):
          return is_x(event) and not is_y(event)

      def is_x(event):
          return event.get("a") == "x"

      def is_y(event):
          return event.get("a") == "y"

      def title(event):
          return is_x(event) or is_z(event)
      """)
    #expect(reading.stages.map(\.name) == ["rule", "is_x", "is_y"])
    #expect(reading.stages.map(\.predicate.words) == ["all(1, not(2))", "a eq x", "a eq y"])
    #expect(reading.stages[1].text == "def is_x(event):\n    return event.get(\"a\") == \"x\"")
    #expect(reading.faults.isEmpty)
  }

  @Test(arguments: [(60, ["rule"], 61), (61, ["rule", "known"], 2)])
  func aLongHelperIsAStage(count: Int, stages: [String], leaves: Int) {
    let known = (0..<count).map { "event.get('f\($0)') == 'x'" }.joined(separator: " or ")
    let reading = read(
      "from helper import known\ndef rule(event):\n    return event.get('a') == 'y' and known(event)",
      modules: ["helper": "def known(event):\n    return \(known)"])
    #expect(reading.stages.map(\.name) == stages)
    #expect(reading.stages.last?.text?.hasPrefix(count > 60 ? "def known(event)" : "def rule(event)") == true)
    var found = 0
    reading.stages[0].predicate.forEachLeaf { _, _ in found += 1 }
    #expect(found == leaves)
    #expect(reading.faults.isEmpty)
  }

  @Test func negatesAPolicy() {
    let reading = read("def policy(resource):\n    return resource.get('a') == 'x'", isPolicy: true)
    #expect(reading.stages.map(\.predicate.words) == ["not(a eq x)"])
  }

  @Test func findsWhatTheUnifiedDataModelMeans() {
    let model = """
      def actor(event):
          if event.get("kind") == "robot":
              return event.deep_get("robot", "name")
          return event.get("user")

      def network(event):
          return event.get("ip").split(".")[0]

      def event_type(event):
          return "login" if event.get("action") == "in" else None
      """
    let rule = "def rule(event):\n    return event.udm('NAME') == 'x'"
    func read(_ name: String, as meanings: [PythonProgram.ModelName], equal value: String = "x") -> String {
      let reading = self.read(
        rule.replacing("NAME", with: name).replacing("'x'", with: "'\(value)'"), modules: ["model": model],
        model: [name: meanings])
      return reading.stages[0].predicate.words
    }
    #expect(read("ip", as: [.path("client.ip")]) == "client.ip eq x")
    #expect(read("ip", as: [.path("client.ip"), .path("src"), .path("src")]) == "any(client.ip eq x, src eq x)")
    #expect(
      read("actor", as: [.function("actor", module: "model")])
        == "any(all('event.get(\"kind\") == \"robot\"', robot.name eq x), all(not('event.get(\"kind\") == \"robot\"'), user eq x))"
    )
    #expect(read("event_type", as: [.function("event_type", module: "model")], equal: "login") == "action eq in")
    #expect(read("ip", as: []) == "ip eq x")
    // What a method works out is no test, unless nothing else is known of the name.
    let worked = PythonProgram.ModelName.function("network", module: "model")
    #expect(read("net", as: [worked]) == "net eq x")
    #expect(read("net", as: [.path("net.name"), worked]) == "any(net.name eq x, 'event.udm('net') == 'x'')")
  }
}
