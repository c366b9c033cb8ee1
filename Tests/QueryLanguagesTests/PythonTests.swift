import Diagnostics
import QueryLanguages
import RuleModel
import TestSupport
import Testing

/// The Python Language Reference, as far as rules that are read and never run go.
@Suite struct PythonTests: ReadsPython {
  @Test(arguments: [
    ("event.get('a') == 'x'", "a eq x"), ("event['a']['b'] == 'x'", "a.b eq x"),
    ("event.get('a', {}).get('b') != 'x'", "not(a.b eq x)"), ("'x' == event.get('a')", "a eq x"),
    ("event.deep_get('a', 'b', default='') == ''", "a.b eq "), ("deep_get(event, 'a', 'b') == 5", "a.b eq 5"),
    ("event.deep_walk('a', 'b', 'c') == 'x'", "a.b.c eq x"), ("event.get('a')[0] == 'x'", "a[0] eq x"),
    ("event.get('a') in ['x', 'y']", "any(a eq x, a eq y)"), ("event.get('a') not in ('x',)", "not(a eq x)"),
    ("event.get('a') in {'x', None}", "any(a eq x, a is_null )"),
    ("event.get('a') in {'x': 1, 'y': 2}", "any(a eq x, a eq y)"),
    ("'x' in event.get('a', '')", "a contains x"), ("'a' in event", "a exists true"),
    ("event.get('a') in event.get('b')", "b field_ref a (contains)"),
    ("event.get('a') == event.get('b')", "a field_ref b"),
    ("event.get('a').startswith('x')", "a starts_with x"),
    ("event.get('a').lower().endswith(('x', 'y'))", "any(a ends_with x, a ends_with y)"),
    ("event.get('a').startswith(event.get('b'))", "a field_ref b (startswith)"),
    ("event.get('a')", "a exists true"), ("event.get('a', False)", "a eq true"),
    ("not event.get('a')", "not(a exists true)"),
    ("bool(event.get('a'))", "a exists true"), ("event.get('a') is None", "a is_null "),
    ("event.get('a') is not None", "a exists true"), ("event.get('a') == []", "a is_null "),
    ("event.get('a') is True", "a eq True"), ("event.get('n') > 5", "n gt 5"), ("5 >= event.get('n')", "n lte 5"),
    ("1 < int(event.get('n', 0)) <= 9", "all(n gt 1, n lte 9)"),
    ("str(event.get('a')) == '5' and set(event.get('b')) == 'y'", "all(a eq 5, b eq y)"),
    ("(event.get('a') or '') == 'x'", "a eq x"), ("(event.get('a') or event.get('b')) == 'x'", "any(a eq x, b eq x)"),
    ("len(event.get('a')) > 5", "'len(event.get('a')) > 5'"),
    ("event.get('a').split('/')[1] == 'x'", "'event.get('a').split('/')[1] == 'x''"),
    ("isinstance(event.get('a'), str)", "'isinstance(event.get('a'), str)'"),
    (
      "event.get('a') == 'x' if event.get('b') else event.get('a') == 'y'",
      "any(all(b exists true, a eq x), all(not(b exists true), a eq y))"
    ),
    (
      "event.get('a') == 'x' or event.get('b') == 'y' and not event.get('c') == 'z'",
      "any(a eq x, all(b eq y, not(c eq z)))"
    ),
    ("event.get('a') == 'x' 'y'", "a eq xy"), ("event.get('a') == 'it\\'s'", "a eq it's"),
    ("frob(event) == 1", "'frob(event) == 1' [query-unread]"),
  ])
  func expressions(expression: String, expected: String) {
    #expect(logic("return " + expression, before: "from panther_base_helpers import deep_get") == expected)
  }

  @Test(arguments: [
    ("re.search(r'^x\\d', event.get('a'))", "a regex ^x\\d"),
    ("re.match('x', event.get('a'), re.I | re.S) is not None", "a regex x (i) (s)"),
    ("not re.fullmatch(r'[\\'\"]x', event.get('a'))", "not(a regex [\\'\"]x)"),
    ("P.search(event.get('a', ''))", "a regex ^p$ (i)"),
    ("fnmatch(event.get('a'), '*x?y*')", "a wildcard *x?y*"), ("fnmatch(event.get('a'), 'x*')", "a starts_with x"),
    ("fnmatch(event.get('a'), '*x[*')", "a contains x["), ("fnmatch(event.get('a'), 'x[*]*')", "a starts_with x*"),
    ("fnmatch(event.get('a'), '[ab]x')", "'fnmatch(event.get('a'), '[ab]x')' [query-unread]"),
    ("isinstance(L, MagicMock) or event.get('a') in {}.get(event.get('b'), L)", "any(a eq l, a eq m)"),
    ("ip_address(event.get('a') or 'x').is_private", "'ip_address(event.get('a') or 'x').is_private'"),
    ("ip_address(event.get('a')) in ip_network('10.0.0.0/8')", "a cidr 10.0.0.0/8"),
    ("ip_address(event.get('a')).is_private", "'ip_address(event.get('a')).is_private'"),
    ("any(x in event.get('a') for x in L)", "any(a contains l, a contains m)"),
    ("all(not event.get('a').startswith(x) for x in L)", "all(not(a starts_with l), not(a starts_with m))"),
    (
      "any(item.get('k') == 'x' for item in event.get('list', []) if item.get('t') == 'y')",
      "all(list.t eq y, list.k eq x)"
    ),
    ("any([event.get('a') == 'x', event.get('b') == 'y'])", "any(a eq x, b eq y)"),
    ("set(event.get('a')).intersection(L)", "any(a eq l, a eq m)"),
    ("D.get(event.get('a'))", "any(a eq one, a eq two)"),
    ("event.get('a') in D.keys()", "any(a eq one, a eq two)"),
    ("event.get('a') in L + ['n']", "any(a eq l, a eq m, a eq n)"),
    ("event.get('a') == f'{N}-x'", "a eq name-x"),
    ("event.get('a') == f'{event}-x'", "'event.get('a') == f'{event}-x''"),
    ("event.get('a') == f'{{{ N }}}\\t\\'x\\x41'", "a eq {name}\t'xA"),
    ("event.get('a') == rf'\\d{{{N}'", "a eq \\d{name"),
    ("event.get('a') == f'{N!r}{N:>5}'", "'event.get('a') == f'{N!r}{N:>5}''"), ("event.get('a') == f'}}x'", "a eq }x"),
    (
      "event.get('a').startswith(event.get('b') or event.get('c'))",
      "any(a field_ref b (startswith), a field_ref c (startswith))"
    ),
    (
      "event.get('a').endswith('x' if event.get('b') else 'y')",
      "any(all('event.get('b')', a ends_with x), all(not('event.get('b')'), a ends_with y))"
    ),
    ("fnmatch(event.get('a') or event.get('b'), 'x*')", "any(a starts_with x, b starts_with x)"),
    ("'été'.startswith('e')", "any()"),
    ("json.loads(event.get('a')).get('b') == 'x'", "a.b eq x"),
    ("(lambda x: x == 'x')(event.get('a'))", "a eq x"),
    ("(value := event.get('a')) and value != 'x'", "all(a exists true, not(a eq x))"),
    ("event.get('a') or event.get('b') or N", "all()"),
    ("bool(event.get('a') or event.get('b'))", "any(a exists true, b exists true)"),
    ("(event.get('a') or event.get('b') or N) == 'y'", "any(a eq y, b eq y)"),
    ("(event.get('a') or N) is not None", "all()"),
    ("(event.get('a') or N).lower().startswith('na')", "a starts_with na"),
    (
      "event.get('a') in LISTS[event.get('k')]",
      "any(all(k eq one, any(a eq x, a eq y)), all(k eq two, a eq z))"
    ),
    (
      "event.get('a') == {'k': 'x', 'l': 'y'}.get(event.get('b'), 'z')",
      "any(all(b eq k, a eq x), all(b eq l, a eq y), all(not(any(b eq k, b eq l)), a eq z))"
    ),
    ("dict(x='1', y='2').get(event.get('a')) == '2'", "a eq y"),
    ("dict([('x', 1)]) == {} or event.get('a') in dict([('x', 1)])", "a eq x"),
    ("{'a': 'x', **{'a': 'y'}}['a'] == event.get('f')", "f eq y"), ("event.get('a') in {'x': 1, **{'x': 2}}", "a eq x"),
    ("{i.get('k'): i.get('v') for i in event.get('l')}.get('n') == 'x'", "all(l.k eq n, l.v eq x)"),
    ("event.get('a') in {x: 1 for x in L if x != 'l'}", "a eq m"), ("event.get('a') in set(L) - {'m'}", "a eq l"),
    ("event.get('a') in set(L).difference(['m'])", "a eq l"),
    (
      "(event.get('a'), event.get('b').split('/')[1]) in {('x', 'y'), ('z', 'w')}",
      "any(all(a eq x, '(event.get('a'), event.get('b').split('/')[1]) in {('x', 'y'), ('z', 'w')}'), all(a eq z, '(event.get('a'), event.get('b').split('/')[1]) in {('x', 'y'), ('z', 'w')}'))"
    ),
    ("event.get('a') in EMPTY or event.get('b') == 'x'", "any('event.get('a') in EMPTY', b eq x)"),
    ("EMPTY and any(event.get('a').endswith(x) for x in EMPTY)", "all('EMPTY', 'event.get('a').endswith(x)')"),
    (
      "next((i.get('v') for i in event.get('l') if i.get('k') == 'x'), None) == 'y'",
      "all(l.k eq x, l.v eq y)"
    ),
    ("any(x == 'x' and y == 'y' for x, y in zip(event.get('a'), event.get('b')))", "all(a eq x, b eq y)"),
    ("'n' in C and event.get('a') == 'x'", "a eq x"), ("DEEP['k']['l'] == event.get('a')", "a eq deep"),
  ])
  func librariesAndConstants(expression: String, expected: String) {
    let before = """
      import json
      import re
      from unittest.mock import MagicMock
      from fnmatch import fnmatch
      from ipaddress import ip_address, ip_network
      L = ["l"]
      L.append("m")
      C = {"c"}
      C |= {"n"}
      EMPTY = []
      D = {"one": True, "two": True}
      LISTS = {"one": ["x", "y"], "two": ["z"]}
      DEEP = {"k": {"l": "deep"}}
      N = "name"
      P = re.compile("^p$", re.IGNORECASE)
      """
    #expect(logic("return " + expression, before: before) == expected)
  }

  @Test(arguments: [
    ("if event.get('a') != 'x':\n    return False\nreturn event.get('b') == 'y'", "all(a eq x, b eq y)"),
    (
      "if event.get('a') == 'x': return True\nif event.get('b') == 'y': return True\nreturn False",
      "any(a eq x, b eq y)"
    ),
    (
      "if event.get('a') == 'x':\n    return event.get('b') == 'y'\nelif event.get('a') == 'z':\n    return True\nelse:\n    return False",
      "any(all(a eq x, b eq y), all(not(a eq x), a eq z))"
    ),
    (
      "if event.get('a') == 'x':\n    if event.get('b') == 'y':\n        return True\nreturn False",
      "all(a eq x, b eq y)"
    ),
    ("if event.get('a') == 'x':\n    return", "any()"), ("pass", "any()"), ("return True", "all()"),
    ("value = event.get('a')\nother = value\nreturn other == 'x'", "a eq x"),
    ("name, kind = 'a', 'x'\nreturn event.get(name) == kind", "a eq x"),
    (
      "wanted = 'x'\nif event.get('b') == 'y':\n    wanted = 'z'\nreturn event.get('a') == wanted",
      "any(all('event.get('b') == 'y'', a eq z), all(not('event.get('b') == 'y''), a eq x))"
    ),
    (
      "for word in ['x', 'y']:\n    if word in event.get('a'):\n        return True\nreturn False",
      "any(a contains x, a contains y)"
    ),
    (
      "for item in event.get('list'):\n    if item.get('k') != 'x':\n        continue\n    return True\nreturn False",
      "list.k eq x"
    ),
    (
      "found = []\nfor item in event.get('list'):\n    if item['k'] == 'x':\n        found.append(item)\nreturn bool(found)",
      "list.k eq x"
    ),
    (
      "try:\n    value = event.get('a').lower()\nexcept AttributeError:\n    return False\nreturn value == 'x'",
      "a eq x"
    ),
    ("with open('f') as f:\n    return event.get('a') == 'x'", "a eq x"), ("raise ValueError('no')", "any()"),
    (
      "while event.get('a'):\n    return True\nreturn False",
      "'while event.get('a'):         return True' [query-unread]"
    ),
    (
      "if event.get('a') == 'x':\n    return event.get('b') == 'y'\nif event.get('c') == 'z':\n    return event.get('b') == 'y'\nreturn False",
      "all(b eq y, any(a eq x, c eq z))"
    ),
    (
      "value = event.get('a')\nif value is None:\n    value = {}\nif isinstance(value, str):\n    value = json.loads(value)\nelif not isinstance(value, dict):\n    value = {}\nreturn value.get('b') == 'x'",
      "a.b eq x"
    ),
    (
      "values = event.get('a')\nif not isinstance(values, list):\n    values = [values] if values else []\nreturn any(v == 'x' for v in values)",
      "a eq x"
    ),
    (
      "place = 0\nfound = []\nwhile place < 5:\n    place += 1\n    if event.get('a'):\n        found.append(place)\n        break\nreturn event.get('b') == 'x' and place in found",
      "all(b eq x, 'place in found')"
    ),
    ("def inner(value): return value == 'x'\nreturn inner(event.get('a'))", "a eq x"),
    ("global cache\ncache = event.get('a')\nreturn cache == 'x'", "a eq x"),
    ("return event.get('a') == 'x'; return False", "a eq x"),
    ("return (\n    event.get('a') == 'x'  # why\n    and event.get('b') \\\n        == 'y'\n)", "all(a eq x, b eq y)"),
  ])
  func statements(body: String, expected: String) { #expect(logic(body, before: "import json") == expected) }

  @Test func pointsAtWhatIsNotUnderstood() {
    let reading = read(
      "from helper import f\n\ndef rule(event):\n    return f(event)",
      modules: ["helper": "def f(event):\n    return event.frob()"])
    #expect(reading.faults.map(\.module) == [nil])
    #expect(reading.faults.map(\.offset) == [50])
    #expect(reading.faults.map(\.message) == ["'f(event)' isn't understood; it is shown as text and counts as no test"])
  }

  @Test(arguments: [
    ("", "the Python has no function 'rule'; define it"),
    ("x = 1", "the Python has no function 'rule'; define it"),
    (
      "def rule(event):\n    return event.get('a' ==\n", "the Python's syntax is invalid here; correct it"
    ),
    (
      "def rule(event):\n    return " + String(repeating: "(", count: 10_000),
      "the Python is nested too deeply here; simplify it"
    ),
  ])
  func reportsWhatCannotBeParsed(source: String, message: String) {
    #expect(read(source).faults.map(\.message).contains(message))
  }
}
