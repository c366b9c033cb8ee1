import Events
import RuleModel
import Testing

/// What a field's value must be to name an event.
@Suite struct EventNameTests {
  let map: EventMap

  init() throws {
    map = try readMap(
      """
      logsources:
        - product: prose
          operations: true
          pin: {event: [first, second, {form: "{verb} {what}"}], provider: [from]}
          events: [{provider: Prose}]
        - product: cloud
          operations: true
          pin: {event: [name], provider: [{field: source, value: "{service}.*", name: "C-{service}"}]}
          events:
            - {provider: C}
            - {provider: C-iam, pinned: [CreateUser, "*Role*"]}
            - {provider: C-drive, pinned: [Download]}
            - {provider: C-share, pinned: [Download]}
            - {provider: "C-{label}", pinned: ["{label}.*"]}
        - product: fixed
          pin: {event: [name]}
          events: [{provider: F, event: 1}, {provider: F, event: 10}, {provider: F, event: 21}]
      providers:
        Prose: {events: {Add user: {aliases: [77]}, Add member: Somebody new}}
        C-user: {events: {user.session.start: Sign-in}}
        C-iam: {events: {GetUser: }}
      """)
  }

  @Test(arguments: [
    (
      Predicate.all([eq("second", "Update user"), eq("first", #""name":"Type","old":"Guest""#)]), ["Prose/Update user!"]
    ),
    (eq("first", #"{"name": "Type"}"#), ["Prose/*"]),
    (eq("first", "Update user\nby admin"), ["Prose/*"]),
    (eq("first", "Update user\r\nby admin"), ["Prose/*"]),
    (eq("first", ""), ["Prose/*"]),
    (eq("first", String(repeating: "ab ", count: 100)), ["Prose/*"]),
    // The longest operations of Azure have about 140 characters.
    (
      eq("first", "A/" + String(repeating: "vaults/", count: 20) + "ACTION"),
      ["Prose/A/" + String(repeating: "vaults/", count: 20) + "ACTION!"]
    ),
    (eq("first", "Update user's licence (preview) – v2"), ["Prose/Update user's licence (preview) – v2!"]),
    (.all([eq("verb", "create"), eq("what", #"["pods"]"#)]), ["Prose/*"]),
    (.all([eq("from", #"{"a": 1}"#), eq("first", "Add user")]), ["Prose/Add user!"]),
    (.all([test("second", .startsWith, "Add me"), test("first", .contains, #""name":"#)]), ["Prose/*"]),
  ])
  func takesNoTextThatIsPlainlyNoName(predicate: Predicate, expected: [String]) {
    #expect(map.words(LogSource(product: "prose"), predicate) == expected)
  }

  @Test(arguments: [
    // The first of the map's fields that names an event decides.
    (Predicate.all([eq("second", "B"), eq("first", "A")]), ["Prose/A!"]),
    (.all([eq("verb", "create"), eq("what", "pods"), eq("second", "B")]), ["Prose/B!"]),
    (.all([eq("second", "B"), test("first", .contains, "A")]), ["Prose/B!"]),
    (.all([eq("second", "B"), test("first", .contains, "Add user")]), ["Prose/Add user!"]),
    (.any([eq("second", "B"), eq("first", "A")]), ["Prose/A!", "Prose/B!"]),
  ])
  func takesOneOfSeveralFields(predicate: Predicate, expected: [String]) {
    #expect(map.words(LogSource(product: "prose"), predicate) == expected)
  }

  @Test(
    arguments: [
      // Of the provider's events, in any case, by an alias too.
      ("prose", test("first", .contains, "add USER"), ["Prose/Add user!"]),
      ("prose", test("first", .startsWith, "77"), ["Prose/Add user!"]),
      ("prose", test("first", .wildcard, "*Add user*"), ["Prose/Add user!"]),
      ("prose", test("first", .contains, "Add"), ["Prose/*"]),
      ("prose", test("first", .wildcard, "*Add*user*"), ["Prose/*"]),
      ("prose", test("first", .wildcard, "Add use?"), ["Prose/*"]),
      // Both at once are neither.
      ("prose", .all([test("first", .contains, "Add user"), test("first", .contains, "Add member")]), ["Prose/*"]),
      (
        "prose", .all([test("first", .contains, "Add user"), test("first", .contains, "Add user")]), ["Prose/Add user!"]
      ),
      (
        "prose", .any([test("first", .contains, "Add user"), test("first", .endsWith, "Add member")]),
        ["Prose/Add member!", "Prose/Add user!"]
      ),
      ("prose", .not(test("first", .contains, "Add user")), ["Prose/*"]),
      // Of the log source's tables.
      ("cloud", test("name", .startsWith, "CreateUser"), ["C-iam/CreateUser!"]),
      ("cloud", test("name", .contains, "Download"), ["C-drive/Download!", "C-share/Download!"]),
      ("cloud", test("name", .endsWith, "user.session.start"), ["C-user/user.session.start!"]),
      ("cloud", test("name", .startsWith, "user.session"), ["C-user/*"]),
      // A pattern of the tables is no name.
      ("cloud", test("name", .startsWith, "AssumeRole"), ["C-iam/*"]),
      // Of the provider that the rule names.
      ("cloud", .all([eq("source", "iam.x"), test("name", .contains, "CreateUser")]), ["C-iam/CreateUser!"]),
      ("cloud", .all([eq("source", "iam.x"), test("name", .contains, "GetUser")]), ["C-iam/GetUser!"]),
      ("cloud", test("name", .contains, "GetUser"), ["C/*"]),
      ("cloud", .all([eq("source", "sts.x"), test("name", .contains, "CreateUser")]), ["C-sts/*"]),
      // Among the events of a log source.
      ("fixed", test("name", .contains, "1"), ["F/1"]),
      ("fixed", test("name", .startsWith, "2"), ["F/21"]),
    ] as [(String, Predicate, [String])])
  func takesAPatternThatIsAWholeKnownNameForTheName(product: String, predicate: Predicate, expected: [String]) {
    #expect(map.words(LogSource(product: product), predicate) == expected)
  }
}
