import Diagnostics
import Events
import RuleModel
import Testing

@Suite struct ManifestTests {
  private static let head = """
    <instrumentationManifest xmlns="http://schemas.microsoft.com/win/2004/08/events"><instrumentation><events>
    """

  private static func manifest(_ provider: String, strings: String = "") -> String {
    """
    \(head)
    \(provider)
    </events></instrumentation><localization>
    <resources culture="de-DE"><stringTable><string id="open" value="Tür %1 geöffnet"/></stringTable></resources>
    <resources culture="en-US"><stringTable>\(strings)</stringTable></resources>
    </localization></instrumentationManifest>
    """
  }

  /// A provider with each thing that a manifest can say.
  private static let door = manifest(
    """
    <provider name="Contoso-Door" guid="{0}" symbol="DOOR">
     <channels>
      <channel chid="ops" name="Contoso-Door/Operational" type="Operational" enabled="true"/>
      <channel name="Contoso-Door/Debug" type="Debug" enabled="false"/>
      <importChannel chid="sec" name="Security"/>
     </channels>
     <templates>
      <template tid="one"><data name="Door" inType="win:UnicodeString"/></template>
      <template tid="two"><data name="Door"/><struct name="Who"><data name="Badge"/></struct><data name="Door"/></template>
     </templates>
     <tasks><task name="Lift" value="1" message="$(string.lift)"><opcodes><opcode name="Up" value="2"/></opcodes></task></tasks>
     <events>
      <event value="1" version="1" channel="ops" template="two" message="$(string.open)"/>
      <event value="1" version="0" channel="ops" template="one" message="$(string.old)"/>
      <event value="0x10" channel="Contoso-Door/Debug" task="Lift" opcode="win:Start"/>
      <event value="17" channel="Contoso-Door/Debug" task="Lift" opcode="Up" message="$(string.numbers)" template="one"/>
      <event value="18" channel="sec" symbol="DOOR_BLOCKED_Event"/>
      <event value="19"/>
     </events>
    </provider>
    """,
    strings: """
      <string id="open" value="Door %1 opened by %2!s!.%nIt was %3"/><string id="old" value="old"/>
      <string id="lift" value="Lift moved"/><string id="numbers" value="%1: %2"/>
      """)

  private func imported(_ texts: String..., over known: String = "") throws(KnowledgeError) -> ManifestImport {
    try ManifestImport(files(texts), over: try readMap(known))
  }

  private func files(_ texts: [String]) -> [(path: String, bytes: [UInt8])] {
    texts.enumerated().map { ("\(["a", "b", "c"][$0.offset]).man", Array($0.element.utf8)) }
  }

  private func map(_ made: ManifestImport) throws(KnowledgeError) -> EventMap {
    try EventMap(parsing: [("made.yml", made.bytes)])
  }

  /// What the map says of a provider's events: `1 title [fields]`.
  private func events(_ provider: String, in map: EventMap) -> [String] {
    (map.provider(named: provider)?.events ?? []).map { "\($0.name) \($0.title ?? "-") \($0.fields)" }
  }

  @Test func writesAMapThatReadsBack() throws {
    let made = try imported(ManifestTests.door)
    #expect(made.warnings.isEmpty)
    #expect((made.providers, made.events) == (1, 5))
    let map = try map(made)
    #expect(
      events("Contoso-Door", in: map) == [
        #"1 Door Door opened by Badge ["Door", "Badge"]"#, "16 Lift moved: Start []", #"17 Lift moved: Up ["Door"]"#,
        "18 DOOR BLOCKED Event []", "19 - []",
      ])
    let provider = try #require(map.provider(named: "Contoso-Door"))
    #expect(provider.channels == ["Contoso-Door/Debug", "Contoso-Door/Operational", "Security"])
    #expect(
      provider.requirements.map { "\($0.kind.rawValue) \($0.text) \($0.events.map(\.text))" } == [
        #"channel Contoso-Door/Debug ["16", "17"]"#
      ])
  }

  @Test func makesTheSameBytesOfTheSameFilesInAnyOrderOfProviders() throws {
    let other = ManifestTests.manifest(#"<provider name="A"><events><event value="2"/></events></provider>"#)
    let bytes = try imported(ManifestTests.door, other).bytes
    #expect(try imported(other, ManifestTests.door).bytes == bytes)
  }

  @Test func keepsWhatTheMapKnows() throws {
    let known = """
      providers:
        Contoso-Door:
          aliases: [DoorLog]
          channels: [Contoso-Door/Old]
          requires: [{setting: Audit level 2}, {channel: Contoso-Door/Debug}]
          events:
            1: {title: Door opened, aliases: [open]}
            2: Door closed
      """
    let made = try imported(ManifestTests.door.replacing("Contoso-Door\" guid", with: "DoorLog\" guid"), over: known)
    let both = try EventMap(parsing: [("known.yml", Array(known.utf8)), ("made.yml", made.bytes)])
    let provider = try #require(both.provider(named: "Contoso-Door"))
    #expect(
      events("Contoso-Door", in: both).prefix(2) == [#"1 Door opened ["Door", "Badge"]"#, "2 Door closed []"])
    #expect(provider.event(named: "open")?.name == "1")
    #expect(provider.channels.first == "Contoso-Door/Old" && provider.channels.count == 4)
    #expect(provider.requirements.map(\.text) == ["Audit level 2", "Contoso-Door/Debug"])
    #expect(both.provider(named: "DoorLog")?.name == "Contoso-Door")
  }

  @Test func readsWhatWEPExplorerExports() throws {
    let made = try imported(
      """
      <Providers><Provider><Name>Contoso-Gate</Name><EventMetadata>
      <Event><Id>1</Id><Version>0</Version><Opcode>Opcode_GateOpen</Opcode><Template><![CDATA[
      <template xmlns="http://schemas.microsoft.com/win/2004/08/events"><data name="Gate"/></template>]]></Template></Event>
      <Event><Id>2</Id><Version>0</Version><Message>Gate %1 shut</Message><Channel>Gate/Log</Channel><Template/></Event>
      <Event><Id>3</Id><Template>none</Template></Event>
      </EventMetadata></Provider></Providers>
      """)
    #expect(
      events("Contoso-Gate", in: try map(made)) == [#"1 Opcode GateOpen ["Gate"]"#, "2 Gate %1 shut []", "3 - []"])
    #expect(
      made.warnings.map(\.description) == [
        "a.man:5:18: warning: the template of event 3 isn't XML: start tag expected, '<' not found; its fields are left "
          + "out [event-manifest]"
      ])
  }

  @Test func readsSysmonsSchemaForWindows() throws {
    let made = try imported(
      """
      <manifests><manifest schemaversion="4.90"><configuration/><events>
      <event name="SYSMONEVENT_CREATE_PROCESS" value="1" template="Process Create" version="5" target="all"><data
       name="RuleName"/><data name="Image"/></event>
      <event name="SYSMONEVENT_EBPF_EVENT" value="100" template="eBPF" version="1" target="linux"/>
      </events></manifest></manifests>
      """)
    let map = try map(made)
    #expect(events("Microsoft-Windows-Sysmon", in: map) == [#"1 Process Create ["RuleName", "Image"]"#])
    #expect(map.provider(named: "Microsoft-Windows-Sysmon")?.channels == ["Microsoft-Windows-Sysmon/Operational"])
  }

  /// Microsoft, “Message Text Files”.
  @Test(arguments: [
    ("Opened", "Opened"), ("Opened.", "Opened"), ("%n%nOpened%nby %1", "Opened"), ("Opened%rby", "Opened"),
    ("A%tB% C%bD", "A B C D"), ("100%% of %1", "100% of Door"), ("%1!s!%2!08x! opened", "DoorBadge opened"),
    ("%3 opened", "%3 opened"), ("%12 opened", "%12 opened"), ("Wait%!", "Wait!"), ("Text%0more", "Text"),
    ("Text:%n%1", "Text"), ("two\nlines", "two"), ("%1: %2", "-"), ("", "-"), ("%", "-"),
    (String(repeating: "word ", count: 40), String(repeating: "word ", count: 23) + "word …"),
  ])
  func titlesAnEventByTheFirstLineOfItsMessage(message: String, title: String) throws {
    let text = message.replacing("\n", with: "&#10;")
    let made = try imported(
      ManifestTests.manifest(
        """
        <provider name="P"><templates><template tid="t"><data name="Door"/><data name="Badge"/></template></templates>
        <events><event value="1" template="t" message="\(text)"/></events></provider>
        """))
    #expect(try map(made).provider(named: "P")?.events.first?.title ?? "-" == title)
  }

  @Test(arguments: [
    ("<a><b></a>", "1:11: error: opening and ending tag mismatch: b line 1 and a"),
    (
      "<html/>",
      "1:1: error: <html> isn't a manifest; give one with <instrumentationManifest> or <assembly>, an export of WEPExplorer, "
        + "or what 'sysmon -s' prints"
    ),
    ("<assembly/>", "1:1: error: the manifest has no provider; give one that describes events"),
    ("<Providers/>", "1:1: error: the export has no provider; give one that describes events"),
    ("<manifests/>", "1:1: error: the schema has no events; give what 'sysmon -s' prints"),
    (
      "<manifest><events><event value='x'/></events></manifest>",
      "1:19: error: the event has no number from 0 to 65535; add the attribute 'value'"
    ),
    ("<Provider/>", "1:1: error: the provider has no name; add the element 'Name'"),
    (
      "<Provider><Name>a</Name><EventMetadata><Event/></EventMetadata></Provider>",
      "1:40: error: the event has no number from 0 to 65535; add the element 'Id'"
    ),
    (
      manifest("<provider/>"), "2:1: error: the provider has no name; add the attribute 'name'"
    ),
    (
      manifest("<provider name='a'><events><event/></events></provider>"),
      "2:28: error: the event has no number; add the attribute 'value'"
    ),
    (
      manifest("<provider name='a'><events><event value='65536'/></events></provider>"),
      "2:42: error: '65536' isn't a valid event number; write one from 0 to 65535"
    ),
    (
      manifest("<provider name='a'><channels><channel/></channels></provider>"),
      "2:30: error: the channel has no name; add the attribute 'name'"
    ),
    (
      #"<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>"#,
      "1:13: error: only '<!DOCTYPE html>' is allowed here: DTDs and entities are not read; remove it"
    ),
  ])
  func refusesWhatIsNoManifest(text: String, expected: String) throws {
    let error = try #require(throws: KnowledgeError.self) { try imported(text) }
    #expect(error.diagnostics.first?.description == "a.man:\(expected) [event-manifest]")
  }

  @Test func goesOnWithoutATemplateOrAChannelThatIsMissing() throws {
    let made = try imported(
      ManifestTests.manifest(
        "<provider name='a'><events><event value='1' template='t' channel='c'/></events></provider>"))
    #expect(
      made.warnings.map(\.description) == [
        "a.man:2:28: warning: event 1 names the channel 'c', which the provider lacks; it is left out [event-manifest]",
        "a.man:2:28: warning: event 1 names the template 't', which the provider lacks; its fields are left out "
          + "[event-manifest]",
      ])
    #expect(events("a", in: try map(made)) == ["1 - []"])
  }

  @Test func writesHostileNamesAsTheyAre() throws {
    let hostile = "a: {b}, [c] # \"'\\ \u{202E}"
    let escaped = hostile.replacing("\"", with: "&quot;")
    let made = try imported(
      ManifestTests.manifest(
        """
        <provider name="\(escaped)"><channels><channel name="\(escaped)"/></channels>
        <templates><template tid="t"><data name="\(escaped)"/></template></templates>
        <events><event value="1" template="t" channel="\(escaped)" message="\(escaped)"/></events></provider>
        """))
    let provider = try #require(try map(made).providers.first)
    // Bidirectional controls have no place in an event map.
    let shown = hostile.replacing("\u{202E}", with: "\u{FFFD}")
    #expect(provider.name == shown && provider.channels == [shown])
    #expect(provider.requirements.map(\.text) == [shown] && provider.requirements.map(\.events) == [[]])
    #expect(provider.events.map(\.fields) == [[shown]] && provider.events.map(\.title) == [shown])
  }
}

@Suite struct UnmappedEntryTests {
  @Test(arguments: [
    LogSource(product: "doorman", service: "access"), LogSource(category: "a: b", product: "null", service: "#\n\""),
  ])
  func isAnEventMapThatKnowsTheLogSource(logSource: LogSource) throws {
    let map = try readMap("")
    let unmapped = try #require(map.events(for: logSource, stages: []).unmapped.first)
    let known = try readMap(unmapped.entry)
    #expect(known.events(for: logSource, stages: []).events.map(\.event) == [Event(provider: "NAME", name: "*")])
  }
}
