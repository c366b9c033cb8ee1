import Analysis
import RuleModel
import Testing

/// What two states that tell what is collected say about the rules and techniques that run.
@Suite struct StateChangesTests {
  private static let sysmon = Event(provider: "Sysmon", name: "1")
  private static let audit = Event(provider: "Audit", name: "4688")

  private static func place(_ line: Int) -> KeptPlace { KeptPlace(file: "t.yml", line: line) }

  private func entry(
    _ slug: String, _ visibility: KeptVisibility, events: [Event] = [sysmon], techniques: [String] = ["T1059.001"],
    isCounted: Bool = true
  ) -> CatalogSnapshot.Entry {
    CatalogSnapshot.Entry(
      key: RuleKey(dialect: .sigma, slug: slug), id: slug, title: slug.uppercased(), source: "\(slug).yml",
      isCounted: isCounted, techniques: techniques.compactMap { TechniqueID($0) }, events: events,
      visibility: visibility, parts: RuleParts(RuleParts.Kept(texts: [:])))
  }

  private func snapshot(_ entries: [CatalogSnapshot.Entry], _ collected: [KeptCollection]?) -> CatalogSnapshot {
    CatalogSnapshot(entries: entries, findings: [], attack: nil, collected: collected)
  }

  private func collection(_ event: Event, _ share: CollectedShare, _ lines: Int...) -> KeptCollection {
    KeptCollection(event: event, share: share, places: lines.map(StateChangesTests.place))
  }

  private func states(
    _ old: [CatalogSnapshot.Entry], _ before: [KeptCollection]?, _ new: [CatalogSnapshot.Entry],
    _ after: [KeptCollection]?
  ) -> StateChanges? {
    CatalogChanges(from: snapshot(old, before), to: snapshot(new, after), attack: nil).states
  }

  private func words(_ changes: StateChanges?) -> [String] {
    guard let changes else { return ["unknown"] }
    return changes.rules.map { "\($0.new.key.slug) \($0.kind.words): \($0.reason)" }
      + changes.techniques.map { "\($0.technique) \($0.kind.words): \($0.reason)" }
  }

  private let runs = KeptVisibility(state: .runs)
  private let blind = KeptVisibility(state: .blind, missing: [sysmon])
  private let partly = KeptVisibility(
    state: .partly, hiding: [KeptVisibility.Hiding(place: place(7), words: "drops Image is a")], more: 2)

  /// What is no longer delivered is named with what delivered it, and what is turned off with where it is.
  @Test func namesWhatIsNoLongerCollected() {
    let gone = states(
      [entry("a", runs)], [collection(Self.sysmon, .whole, 3)], [entry("a", blind)], [collection(Self.sysmon, .none)])
    let reason = "Sysmon 1 is no longer collected (until now by t.yml:3)"
    #expect(
      words(gone) == [
        "a went blind: \(reason)", "T1059 went blind: 'A': \(reason)", "T1059.001 went blind: 'A': \(reason)",
      ])
    #expect(gone?.rules.map(\.places) == [[Self.place(3)]])
    #expect(gone?.collected.gained == [] && gone?.collected.lost == [Self.sysmon])
    let off = states(
      [entry("a", runs)], [collection(Self.sysmon, .whole, 3)], [entry("a", blind)],
      [collection(Self.sysmon, .none, 9)])
    #expect(words(off).first == "a went blind: Sysmon 1 is no longer collected (t.yml:9)")
  }

  @Test func namesWhatWokeARule() {
    let woken = states(
      [entry("a", blind)], [collection(Self.sysmon, .none)], [entry("a", runs)],
      [collection(Self.sysmon, .whole, 4, 5)])
    #expect(words(woken).first == "a woke up: Sysmon 1 is collected now (t.yml:4, t.yml:5)")
    #expect(words(woken).count == 3)
    #expect(woken?.collected.gained == [Self.sysmon] && woken?.collected.lost == [])
  }

  @Test func namesTheFilterThatHidesAndWhatMadeUpForIt() {
    let both = [Self.audit, Self.sysmon]
    let before = [collection(Self.audit, .whole, 2), collection(Self.sysmon, .part, 7)]
    let hidden = states(
      [entry("a", runs, events: both)], before, [entry("a", partly, events: both)],
      [collection(Self.audit, .none), collection(Self.sysmon, .part, 7)])
    #expect(
      words(hidden).first
        == "a became partly blind: Audit 4688 is no longer collected (until now by t.yml:2); drops Image is a (t.yml:7); and 2 more"
    )
    let revealed = states([entry("a", partly)], [], [entry("a", runs)], [])
    #expect(words(revealed).first == "a stopped being partly blind: no longer: drops Image is a (t.yml:7)")
  }

  /// A rule that changed is blind by what it reads now.
  @Test func saysThatTheRuleReadsAnotherEvent() {
    let other = KeptVisibility(state: .blind, missing: [Self.audit])
    let changes = states(
      [entry("a", runs)], [collection(Self.sysmon, .whole, 3)], [entry("a", other, events: [Self.audit])],
      [collection(Self.audit, .none)])
    #expect(
      words(changes).first
        == "a went blind: it no longer reads Sysmon 1; it reads Audit 4688 now, which isn't collected")
    #expect(changes?.collected.gained == [] && changes?.collected.lost == [])
  }

  /// Rules of which nothing is known lose nothing when a blind one comes beside them.
  @Test func losesNothingWithABlindRuleMore() {
    let unknown = entry("a", KeptVisibility(state: .unknown), events: [])
    let changes = states([unknown], [], [unknown, entry("b", blind)], [collection(Self.sysmon, .none)])
    #expect(words(changes) == [])
  }

  @Test func saysWhatTheRuleNoLongerReads() {
    let other = KeptVisibility(state: .blind, missing: [Self.audit])
    let changes = states(
      [entry("a", runs, events: [Self.audit, Self.sysmon])],
      [collection(Self.audit, .none), collection(Self.sysmon, .whole, 3)],
      [entry("a", other, events: [Self.audit])], [collection(Self.audit, .none)])
    #expect(words(changes).first == "a went blind: it no longer reads Sysmon 1")
  }

  /// An event that was always collected isn't collected now alone.
  @Test func saysThatTheRuleReadsACollectedEvent() {
    let changes = states(
      [entry("a", partly)], [collection(Self.sysmon, .part, 7)],
      [entry("a", runs, events: [Self.audit, Self.sysmon])],
      [collection(Self.audit, .whole, 2), collection(Self.sysmon, .part, 7)])
    #expect(
      words(changes).first == "a stopped being partly blind: it reads Audit 4688 now, which is collected (t.yml:2)")
  }

  /// Several events of one place are one part, of which three are named.
  @Test func joinsEventsOfOnePlace() {
    let events = (1...5).map { Event(provider: "P", name: "\($0)") }
    let changes = states(
      [entry("a", runs, events: events)], events.map { collection($0, .whole, 3) },
      [entry("a", KeptVisibility(state: .blind, missing: events), events: events)],
      events.map { collection($0, .none) })
    #expect(
      words(changes).first
        == "a went blind: P 1, P 2 and P 3 are no longer collected (until now by t.yml:3); and 2 more")
  }

  /// A technique goes blind with the last rule that could see it, whatever became of that rule.
  @Test(
    arguments: [
      ([], "'A' was removed"), (["uncounted"], "'A' is no longer counted"),
      (["untagged"], "'A' is no longer tagged with it"),
    ] as [([String], String)])
  func saysWhatBecameOfATechniquesRules(fate: [String], words expected: String) {
    let collected = [collection(Self.sysmon, .whole, 3), collection(Self.audit, .none)]
    let other = entry(
      "z", KeptVisibility(state: .blind, missing: [Self.audit]), events: [Self.audit], techniques: ["T1003"])
    let old = [entry("a", runs, techniques: ["T1003"]), other]
    let new = fate.map { fate in
      entry("a", runs, techniques: fate == "untagged" ? [] : ["T1003"], isCounted: fate != "uncounted")
    }
    let changes = states(old, collected, new + [other], collected)
    #expect(words(changes) == ["T1003 went blind: \(expected)"])
    #expect(changes?.techniques.first?.rules.map(\.slug) == ["a"])
    // The way back.
    let back = states(new + [other], collected, old, collected)
    #expect(back?.techniques.map(\.kind) == [.wokeUp] && back?.rules.isEmpty == true)
  }

  /// Of many rules, the first are named: three, or fewer if their reasons are long.
  @Test(arguments: [(1, "'A' was removed; 'B' was removed; 'C' was removed; and 1 more rule"), (150, nil)])
  func namesAFewOfATechniquesRules(repeating: Int, expected: String?) {
    let collected = [collection(Self.sysmon, .whole, 3), collection(Self.audit, .none)]
    let other = entry("z", KeptVisibility(state: .blind, missing: [Self.audit]), events: [Self.audit])
    let old = ["a", "b", "c", "d"].map { entry(String(repeating: $0, count: repeating), runs) } + [other]
    let reason = states(old, collected, [other], collected)?.techniques.first?.reason
    if let expected {
      #expect(reason == expected)
    } else {
      #expect(reason == "'\(String(repeating: "A", count: repeating))' was removed; and 3 more rules")
    }
  }

  /// What nothing is known of is neither lost nor gained.
  @Test func comparesOnlyWhatBothTell() {
    let unknown = KeptVisibility(state: .unknown)
    let rules = ([entry("a", runs)], [entry("a", blind)])
    #expect(words(states(rules.0, nil, rules.1, [])) == ["unknown"])
    #expect(words(states(rules.0, [], rules.1, nil)) == ["unknown"])
    let changes = CatalogChanges(from: snapshot(rules.0, nil), to: snapshot(rules.1, []), attack: nil)
    #expect(changes.telemetryRemark?.hasPrefix("the old state doesn't say what is collected") == true)
    let neither = CatalogChanges(from: snapshot(rules.0, nil), to: snapshot(rules.1, nil), attack: nil)
    #expect(neither.telemetryRemark == nil)
    #expect(words(states([entry("a", unknown)], [], [entry("a", runs)], [])) == [])
    #expect(words(states([entry("a", runs, isCounted: false)], [], [entry("a", blind, isCounted: false)], [])) == [])
  }
}
