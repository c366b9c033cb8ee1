import Events
import RuleModel
import Testing

/// How rules name events and providers.
@Suite struct PinTests {
  let map: EventMap

  init() throws {
    map = try readMap(
      """
      pins:
        win: {event: [EventID, event.code], provider: [Provider_Name]}
      logsources:
        - {product: fixed, pin: win, events: [{provider: S, event: 1}, {provider: A, event: 4688}, {provider: S, event: 3}]}
        - product: log
          pin: win
          events:
            - {provider: Any}
            - {provider: SCM, pinned: [7000-7045]}
            - {provider: E, pinned: [104]}
        - {product: two, pin: win, events: [{provider: P1}, {provider: P2}]}
        - product: cloud
          operations: true
          pin:
            event: [eventName]
            provider: [{field: eventSource, value: "{service}.*", name: "AWS-{service}"}]
          events:
            - {provider: AWS-cloudtrail}
            - {provider: AWS-iam, pinned: [CreateUser, DeleteUser]}
            - {provider: AWS-drive, pinned: [Download]}
            - {provider: AWS-share, pinned: [Download, "Down*"]}
            - {provider: "AWS-{part}", pinned: ["x.{part}.*", "{part}.*"]}
        - product: okta
          operations: true
          pin:
            event:
              - eventType
              - {field: legacy, values: {core.failed: user.session.start}}
              - {field: message, values: {Too many attempts: user.account.lock}}
          events: [{provider: Okta}, {provider: "Okta-{label}", pinned: ["{label}.*"]}]
        - product: kube
          operations: true
          pin: {event: [{form: "{verb} {resource}/{sub}"}, {form: "{verb} {resource}"}]}
          events: [{provider: Kube}]
        - product: upper
          pin: {event: [{field: type, case: upper}, message]}
          events: [{provider: Audit}]
      providers:
        A: {events: {4688: {title: Process creation}}}
        Audit: {events: {EXECVE: {title: Arguments, aliases: [1309]}, Add user: Somebody new}}
        MSSQL: {aliases: ["*SQL*", Sequel]}
        AWS-IAM:
      """)
  }

  @Test(arguments: [
    // Without a pin, all that the log source holds.
    ("fixed", Predicate.all([]), ["A/4688", "S/1", "S/3"]),
    ("fixed", eq("EventID", "1"), ["S/1"]),
    ("fixed", anyOf("EventID", "1", "4688"), ["A/4688", "S/1"]),
    ("fixed", eq("Provider_Name", "S"), ["S/1", "S/3"]),
    ("fixed", eq("Provider_Name", "s"), ["S/1", "S/3"]),
    ("fixed", test("EventID", .startsWith, "46"), ["A/4688"]),
    // A pin that the log source doesn't have leaves it no event.
    ("fixed", eq("EventID", "999"), []),
    // Names of fields: as written, then whatever their case.
    ("fixed", eq("eventid", "1"), ["S/1"]),
    ("fixed", eq("event.code", "3"), ["S/3"]),
    ("fixed", eq("Event_ID", "3"), ["A/4688", "S/1", "S/3"]),
    // The first field of the pin holds.
    ("fixed", .all([eq("event.code", "3"), eq("EventID", "1")]), ["S/1"]),
  ])
  func chooseAmongTheEventsOfALogSource(product: String, predicate: Predicate, expected: [String]) {
    #expect(map.words(LogSource(product: product), predicate) == expected)
  }

  @Test(arguments: [
    ("log", Predicate.all([]), ["Any/*"]),
    ("log", eq("EventID", "7045"), ["SCM/7045"]),
    ("log", eq("EventID", "7046"), ["Any/7046"]),
    ("log", eq("EventID", "104"), ["E/104"]),
    ("log", .all([eq("EventID", "104"), eq("Provider_Name", "Other")]), ["Other/104"]),
    ("log", eq("Provider_Name", "Other"), ["Other/*"]),
    ("log", .all([eq("EventID", "5"), eq("Provider_Name", "sequel")]), ["MSSQL/5"]),
    ("log", .all([eq("EventID", "5"), eq("Provider_Name", "MSSQL$PROD")]), ["MSSQL/5"]),
    ("log", .all([eq("EventID", "5"), test("Provider_Name", .contains, "SQL")]), ["MSSQL/5"]),
    // A pattern that no known provider answers to says nothing.
    ("log", .all([eq("EventID", "5"), test("Provider_Name", .contains, "foo")]), ["Any/5"]),
    ("two", Predicate.all([]), ["P1/*", "P2/*"]),
    ("two", eq("EventID", "4104"), ["P1/4104", "P2/4104"]),
  ])
  func giveTheProviderOfAnOpenLogSource(product: String, predicate: Predicate, expected: [String]) {
    #expect(map.words(LogSource(product: product), predicate) == expected)
  }

  @Test(arguments: [
    (Predicate.all([]), ["AWS-cloudtrail/*"]),
    (.all([eq("eventSource", "sts.amazonaws.com"), eq("eventName", "AssumeRole")]), ["AWS-sts/AssumeRole!"]),
    (eq("eventSource", "sts.amazonaws.com"), ["AWS-sts/*"]),
    // A known provider keeps its spelling.
    (.all([eq("eventSource", "iam.amazonaws.com"), eq("eventName", "CreateUser")]), ["AWS-IAM/CreateUser!"]),
    (eq("eventName", "CreateUser"), ["AWS-IAM/CreateUser!"]),
    (eq("eventName", "createuser"), ["AWS-IAM/createuser!"]),
    (eq("eventName", "Unheard"), ["AWS-cloudtrail/Unheard!"]),
    // A name that entries list is of each of them, and before all patterns.
    (eq("eventName", "Download"), ["AWS-drive/Download!", "AWS-share/Download!"]),
    (eq("eventName", "Downgrade"), ["AWS-share/Downgrade!"]),
    (eq("eventName", "x.y.z"), ["AWS-y/x.y.z!"]),
    (eq("eventName", "Y.z"), ["AWS-y/Y.z!"]),
  ])
  func deriveProvidersFromFieldsAndNames(predicate: Predicate, expected: [String]) {
    #expect(map.words(LogSource(product: "cloud"), predicate) == expected)
  }

  @Test(
    arguments: [
      (test("eventName", .startsWith, "x.y."), ["AWS-y/*"]),
      (test("eventName", .wildcard, "x.y.*.delete"), ["AWS-y/*"]),
      (test("eventName", .contains, "User"), ["AWS-cloudtrail/*"]),
      (test("eventName", .endsWith, ".delete"), ["AWS-cloudtrail/*"]),
      (test("eventName", .regex, "Create.*"), ["AWS-cloudtrail/*"]),
      (test("eventName", .exists, "true"), ["AWS-cloudtrail/*"]),
      (test("eventName", .eq, "Create", .base64), ["AWS-cloudtrail/*"]),
      (test("eventName", .eq, "CreateUser", .cased), ["AWS-IAM/CreateUser!"]),
      // Two patterns at once: the one that says how the name begins.
      (.all([test("eventName", .endsWith, "t"), test("eventName", .startsWith, "x.y.")]), ["AWS-y/*"]),
      // A named event goes before patterns beside it.
      (.any([eq("eventName", "CreateUser"), test("eventName", .contains, "Role")]), ["AWS-IAM/CreateUser!"]),
      (
        .any([eq("eventName", "CreateUser"), test("eventName", .startsWith, "x.y.")]),
        ["AWS-IAM/CreateUser!", "AWS-y/*"]
      ),
      (.any([eq("eventName", "x.y.a"), test("eventName", .startsWith, "x.y.")]), ["AWS-y/*", "AWS-y/x.y.a!"]),
    ] as [(Predicate, [String])])
  func takePatternsForProvidersOnly(predicate: Predicate, expected: [String]) {
    #expect(map.words(LogSource(product: "cloud"), predicate) == expected)
  }

  @Test(arguments: [
    (eq("eventType", "user.session.start"), ["Okta-user/user.session.start!"]),
    (eq("legacy", "core.failed"), ["Okta-user/user.session.start!"]),
    (eq("legacy", "core.other"), ["Okta/*"]),
    (eq("message", "TOO MANY ATTEMPTS"), ["Okta-user/user.account.lock!"]),
    (test("eventType", .startsWith, "user.session."), ["Okta-user/*"]),
  ])
  func translateValues(predicate: Predicate, expected: [String]) {
    #expect(map.words(LogSource(product: "okta"), predicate) == expected)
  }

  @Test(
    arguments: [
      (.all([eq("verb", "create"), eq("resource", "pods")]), ["Kube/create pods!"]),
      (.all([eq("verb", "create"), eq("resource", "pods"), eq("sub", "exec")]), ["Kube/create pods/exec!"]),
      (
        .all([anyOf("verb", "create", "delete"), anyOf("resource", "pods", "jobs")]),
        ["Kube/create jobs!", "Kube/create pods!", "Kube/delete jobs!", "Kube/delete pods!"]
      ),
      (eq("verb", "create"), ["Kube/*"]),
      (.all([eq("verb", "create"), test("resource", .startsWith, "pod")]), ["Kube/*"]),
    ] as [(Predicate, [String])])
  func composeANameOfSeveralFields(predicate: Predicate, expected: [String]) {
    #expect(map.words(LogSource(product: "kube"), predicate) == expected)
  }

  @Test(arguments: [
    (eq("type", "execve"), ["Audit/EXECVE"]),
    (eq("type", "1309"), ["Audit/EXECVE"]),
    (eq("type", "unheard"), ["Audit/UNHEARD"]),
    (eq("message", "add USER"), ["Audit/Add user"]),
    (eq("message", "Remove user"), ["Audit/Remove user"]),
  ])
  func spellNamesAsTheyAreKnown(predicate: Predicate, expected: [String]) {
    #expect(map.words(LogSource(product: "upper"), predicate) == expected)
  }

  @Test func carryTitles() {
    let found = map.events(for: LogSource(product: "fixed"), stages: stages(anyOf("EventID", "1", "4688")))
    #expect(found.events.map(\.title) == ["Process creation", nil])
  }
}
