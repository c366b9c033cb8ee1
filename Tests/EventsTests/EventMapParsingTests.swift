import Events
import RuleModel
import Testing

@Suite struct EventMapParsingTests {
  @Test func letsALaterFileReplaceByKey() throws {
    let map = try readMap(
      """
      pins: {p: {event: [id]}}
      logsources:
        - {product: a, pin: p, events: [{provider: A, event: 1}]}
        - {product: b, pin: p, events: [{provider: B}]}
      providers:
        A: {title: First, aliases: [Alpha], channels: [One], events: {1: Old, 2: Kept}}
      equivalents:
        - {first: {provider: A, event: 1}, second: {provider: B, event: 1}, quality: weak}
      """,
      """
      pins: {p: {event: [number]}}
      logsources:
        - {product: A, events: [{provider: Z, event: 9}]}
        - {product: c, events: [{provider: C}]}
      providers:
        A: {title: Second, events: {1: New, 3: Added}}
      equivalents:
        - {first: {provider: A, event: 1}, second: {provider: B, event: 1}, quality: same}
      """)
    #expect(map.words(LogSource(product: "a")) == ["Z/9"])
    #expect(map.words(LogSource(product: "b"), eq("number", "7")) == ["B/7"])
    #expect(map.words(LogSource(product: "b"), eq("id", "7")) == ["B/*"])
    #expect(map.words(LogSource(product: "c")) == ["C/*"])
    let provider = try #require(map.provider(named: "alpha"))
    #expect(provider.title == "Second")
    #expect(provider.channels == ["One"])
    #expect(provider.events.map(\.name) == ["1", "2", "3"])
    #expect(provider.events.map(\.title) == ["New", "Kept", "Added"])
    #expect(map.equivalents.map(\.quality) == [.same])
  }

  @Test func readsWhatIsKnownOfEvents() throws {
    let map = try readMap(
      """
      providers:
        P:
          requires:
            - {setting: Everything on}
            - {auditPolicy: Logon, events: [4620-4625]}
            - {version: Windows 10, events: [4624], fields: [ElevatedToken]}
          events:
            10: Ten
            9: {title: Nine, fields: [b, a]}
            x:
      equivalents:
        - first: {provider: P, event: 9}
          second: {provider: Q, event: q}
          quality: partial
          fields: {b: [c, d], a: e}
          firstOnly: [f]
          note: hm
        - {first: {provider: P, event: 10}, quality: none}
      """)
    func event(_ name: String) -> Event { Event(provider: "P", name: name) }
    #expect(map.title(of: event("10")) == "Ten")
    #expect(map.title(of: event("x")) == nil)
    #expect(map.title(of: event("*")) == nil)
    #expect(map.fields(of: event("9")) == ["b", "a"])
    #expect(map.fields(of: event("10")) == nil)
    #expect(map.provider(named: "P")?.events.map(\.name) == ["9", "10", "x"])
    #expect(map.requirements(of: event("4625")).map(\.text) == ["Everything on", "Logon"])
    #expect(map.requirements(of: event("4624")).map(\.fields) == [[], [], ["ElevatedToken"]])
    #expect(map.requirements(of: event("*")).count == 3)

    let forward = try #require(map.equivalents(of: event("9")).first)
    #expect(forward.fields.map { [$0.first, $0.second] } == [[["b"], ["c", "d"]], [["a"], ["e"]]])
    let back = try #require(map.equivalents(of: Event(provider: "Q", name: "q")).first)
    #expect(back.first == Event(provider: "Q", name: "q") && back.second == event("9"))
    #expect(back.fields.map { [$0.first, $0.second] } == [[["c", "d"], ["b"]], [["e"], ["a"]]])
    #expect(back.firstOnly == [] && back.secondOnly == ["f"])
    #expect(map.equivalents(of: event("10")).map(\.quality) == [.none])
  }

  @Test(arguments: [
    (
      "logsource: []", ["a.yml:1:1: error: an event map has no key 'logsource'; did you mean 'logsources'? [event-map]"]
    ),
    (
      "zebra: 1",
      [
        "a.yml:1:1: error: an event map has no key 'zebra'; its keys are pins, logsources, providers, equivalents, strategyLogSources [event-map]"
      ]
    ),
    ("- a", ["a.yml:1:1: error: an event map must be a mapping; write 'key: value' lines [event-map]"]),
    ("logsources: {a: 1}", ["a.yml:1:13: error: 'logsources' must be a list; write [a, b] or '- a' lines [event-map]"]),
    (
      "logsources:\n  - {product: a, events: [{provder: P}]}",
      [
        "a.yml:2:27: error: an entry of 'events' needs a 'provider' [event-map]",
        "a.yml:2:28: error: an entry of 'events' has no key 'provder'; did you mean 'provider'? [event-map]",
      ]
    ),
    (
      "logsources:\n  - {product: a}\n  - {events: [{provider: P}]}\n  - {product: b, events: []}",
      [
        "a.yml:2:5: error: the log source has no 'events'; name a provider: events: [{provider: NAME}] [event-map]",
        "a.yml:3:5: error: the log source has no category, product or service, and no names in other dialects; add what rules write there [event-map]",
        "a.yml:4:26: error: 'events' is empty; name a provider: [{provider: NAME}] [event-map]",
      ]
    ),
    (
      "logsources:\n  - {product: a, events: [{provider: P}]}\n  - {product: A, events: [{provider: Q}]}",
      ["a.yml:3:5: error: the log source 'product: A' is already on line 2; put their events together [event-map]"]
    ),
    (
      "logsources:\n  - {product: a, operations: some, events: [{provider: [P]}]}",
      [
        "a.yml:2:30: error: 'operations' must be true or false [event-map]",
        "a.yml:2:56: error: 'provider' must be text [event-map]",
      ]
    ),
    (
      "pins: {windows: {}}\nlogsources:\n  - {product: a, pin: windoes, events: [{provider: P}]}",
      ["a.yml:3:23: error: no pin is named 'windoes'; did you mean 'windows'? [event-map]"]
    ),
    (
      "pins: {x: {}, y: {}}\nlogsources:\n  - {product: a, pin: other, events: [{provider: P}]}",
      ["a.yml:3:23: error: no pin is named 'other'; the names are x, y [event-map]"]
    ),
    (
      "pins:\n  a: {event: id}\n  b: {event: [{case: upper}, {field: f, case: up}, {form: x}]}\n  c: {provider: [{field: f}]}",
      [
        "a.yml:2:14: error: 'event' must be a list; write [a, b] or '- a' lines [event-map]",
        "a.yml:3:15: error: a way to name the event needs a 'field' or a 'form' [event-map]",
        "a.yml:3:47: error: 'case' can't be 'up'; it is one of upper, lower [event-map]",
        "a.yml:3:59: error: 'form' must name fields in braces: \"{verb} {resource}\" [event-map]",
        "a.yml:4:18: error: a way to name the provider needs 'field', 'value' and 'name', or is a field alone [event-map]",
      ]
    ),
    (
      "logsources:\n  - {product: a, events: [{provider: P, event: 1, pinned: [2]}, {provider: \"P-{x}\", pinned: [\"{y}.*\"]}, {provider: P, pinned: [\"{a}{b}\"]}]}",
      [
        "a.yml:2:48: error: an entry has 'event' or 'pinned', not both; make two entries [event-map]",
        "a.yml:2:76: error: '{x}' of 'P-{x}' must be in each pattern that it is taken from [event-map]",
        "a.yml:2:128: error: '{a}{b}' isn't a valid pattern; it may have one '{word}', and '*' between a hundred texts at most [event-map]",
      ]
    ),
    (
      "providers:\n  P: {requires: [{events: [1]}, {setting: a, sacl: b}], events: {1: [a]}}",
      [
        "a.yml:2:18: error: a requirement needs one of auditPolicy, channel, sacl, setting, version [event-map]",
        "a.yml:2:33: error: a requirement needs one of auditPolicy, channel, sacl, setting, version [event-map]",
        "a.yml:2:69: error: an event must be a mapping; write 'key: value' lines [event-map]",
      ]
    ),
    (
      "equivalents:\n  - {first: {provider: P}, quality: same}\n  - {first: {provider: P, event: 1}, quality: close}\n  - {first: {provider: P, event: 1}, quality: same}",
      [
        "a.yml:2:13: error: an event needs a 'provider' and an 'event' [event-map]",
        "a.yml:3:47: error: 'quality' can't be 'close'; it is one of same, partial, weak, none [event-map]",
        "a.yml:4:5: error: an equivalent needs a 'second', or the quality none [event-map]",
      ]
    ),
    (
      "providers:\n  P: {title: a}\n  P: {title: b}",
      [
        "a.yml:3:3: error: the key 'P' is in line 2 already; the last one holds, so rename or remove one of them "
          + "[yaml-duplicate-key]"
      ]
    ),
    ("pins: {}\n---\npins: {}", ["a.yml:3:1: error: the file holds several documents; write one [event-map]"]),
    (
      "pins: [",
      [
        "a.yml:1:8: error: a value is missing here; write one, and close lists with ']' and maps with '}' [yaml-syntax]"
      ]
    ),
  ])
  func tellsAllMistakesWithTheirPlaces(text: String, expected: [String]) {
    #expect(mistakes(in: text) == expected)
  }

  @Test func takesAnEmptyFileForNothing() throws {
    #expect(try readMap("", "# a comment\n", "logsources:\nproviders:\n").logSources.isEmpty)
  }

  @Test func tellsMistakesOfSeveralFilesInTheirOrder() {
    #expect(
      mistakes(in: "pin: 1", "pin: 2") == [
        "a.yml:1:1: error: an event map has no key 'pin'; did you mean 'pins'? [event-map]",
        "b.yml:1:1: error: an event map has no key 'pin'; did you mean 'pins'? [event-map]",
      ])
  }
}
