import Diagnostics
import QueryLanguages
import RuleModel
import TestSupport
import Testing

/// Objects of the repository's own classes.
@Suite struct PythonObjectTests: ReadsPython {
  /// The Python Language Reference, "Class definitions"; The Python Tutorial, "Inheritance".
  @Test(arguments: [
    ("Table(event).found()", "p.table exists true"), ("Table(event).value('ip') == 'x'", "p.table.ip.value eq x"),
    ("Table(event).kind == 'k' and event.get('a') == Table(event).name", "a eq given"),
    ("Table(event).is_known", "p.table.known exists true"),
    ("Other(event).found()", "'Other(event).found()' [query-unread]"),
    ("not Named(event, 'other').found()", "not(p.other exists true)"),
    ("Table(event).missing()", "'Table(event).missing()' [query-unread]"),
    ("Loop(event).first()", "'Loop(event).first()' [query-unread]"),
  ])
  func readsObjects(expression: String, expected: String) {
    let helper = """
      from enum import Enum

      class Base:
          kind = "k"
          def __init__(self):
              self.matches = None
          def _register(self, event, name):
              self.matches = event.deep_get("p", name)
          def value(self, key, *keys):
              match = self.matches.get(key)
              if not match:
                  return None
              if isinstance(match, list):
                  return [m.get("value") if m else None for m in match]
              return match.get("value")
          @property
          def is_known(self):
              return self.matches.get("known")
          @cached
          def missing(self):
              return True

      class Named(Base):
          def __init__(self, event, name=None):
              super().__init__()
              self.name = "given"
              if name is None:
                  name = "table"
              super()._register(event, name)
          def found(self):
              return bool(self.matches)

      class Table(Named):
          pass

      class Other(Named, Enum):
          pass

      class Loop(Loop):
          pass
      """
    #expect(
      logic("return " + expression, before: "from helper import *", modules: ["helper": helper]) == expected)
  }

  /// A method that has the name of a list's is the object's own; one that may end early leaves what it set unknown.
  @Test func readsWhatMethodsSet() {
    let own = "class C:\n    def update(self, event):\n        self.hit = event.get('n') == 'x'\n"
    #expect(logic("c = C()\nc.update(event)\nreturn c.hit", before: own) == "n eq x")
    let early =
      "class C:\n    def __init__(self):\n        self.hit = False\n    def run(self, event):\n"
      + "        if event.get('n') != 'x':\n            return\n        self.hit = True\n"
    let logic = logic("c = C()\nc.run(event)\nreturn c.hit", before: early)
    #expect(logic.contains("c.hit"), "\(logic)")
    let list =
      "class C:\n    def __init__(self, event):\n        self.hits = []\n        if event.get('n') == 'x':\n"
      + "            self.hits.append(1)\n"
    let added = self.logic("return bool(C(event).hits) and event.get('a') == 'b'", before: list)
    #expect(added.contains("hits") && added.contains("a eq b"), "\(added)")
  }
}
