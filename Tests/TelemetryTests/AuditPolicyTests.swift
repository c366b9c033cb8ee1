import Diagnostics
import Testing

@testable import Telemetry

@Suite struct AuditPolicyTests {
  private static let head =
    "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting"

  private func row(_ name: String, _ guid: String, _ setting: String) -> String {
    "HOST,System,\(name),{\(guid)-69AE-11D9-BED3-505054503030},\(setting),"
  }

  private func read(_ lines: String..., head: String = AuditPolicyTests.head) throws -> Telemetry {
    try telemetry("", (.auditPolicy, "p.csv", "\r\n" + ([head] + lines).map { $0 + "\r\n" }.joined()))
  }

  @Test(arguments: [
    // 4624 is a success, 4625 a failure, 4648 a success.
    ("No Auditing", []), ("Success", [4624, 4648]), ("Failure", [4625]), ("Success and Failure", [4624, 4625, 4648]),
  ])
  func recordsByTheOutcomeOfTheEvent(setting: String, ids: [Int]) throws {
    let telemetry = try read(row("Logon", "0CCE9215", setting))
    #expect(telemetry.diagnostics.isEmpty)
    #expect([4624, 4625, 4648, 4688].filter { telemetry.collection(of: securityEvent($0)).isCollected } == ids)
  }

  @Test func halfOfAnEventOfBothOutcomesIsHidden() throws {
    let telemetry = try read(row("Credential Validation", "0CCE923F", "Success"))
    let collection = telemetry.collection(of: securityEvent(4776))
    #expect(collection.isCollected)
    #expect(!collection.isWhole)
    #expect(collection.recorders.first?.keeps?.map(\.text) == ["Credential Validation: successes only"])
  }

  // 4663 belongs to File System, Registry and Kernel Object.
  @Test func oneOfAnEventsSubcategoriesSuffices() throws {
    let telemetry = try read(row("File System", "0CCE921D", "No Auditing"), row("Registry", "0CCE921E", "Success"))
    let collection = telemetry.collection(of: securityEvent(4663))
    #expect(collection.isWhole)
    #expect(collection.recorders.map(\.source.location.description) == ["p.csv:4:22"])
  }

  @Test func aSubcategoryThatIsNotThereIsNotAudited() throws {
    let telemetry = try read(row("Logon", "0CCE9215", "Success"))
    #expect(telemetry.collection(of: securityEvent(4688)).state == .notRecorded)
  }

  // Names of columns and subcategories are the system's language; GUIDs aren't.
  @Test func readsALocalisedPolicy() throws {
    let telemetry = try read(
      row("Prozesserstellung", "0cce922b", "Erfolg und Fehler"), row("Anmelden", "0CCE9215", "Keine Überwachung"),
      head: "Computername,Richtlinienziel,Unterkategorie,Unterkategorie-GUID,Aufnahmeeinstellung,Ausschlusseinstellung")
    #expect(telemetry.diagnostics.isEmpty)
    #expect(telemetry.collection(of: securityEvent(4688)).isWhole)
    #expect(!telemetry.collection(of: securityEvent(4624)).isCollected)
  }

  // The words of auditpolmsg.dll in each language.
  @Test(arguments: [
    ("Aciertos", "Errores", "Aciertos y errores", "Sin auditoría"),
    ("Succès", "Échec", "Succès et échec", "Pas d’audit"),
    ("Esito positivo", "Esito negativo", "Esito positivo e negativo", "Nessun controllo"),
    ("Geslaagd", "Mislukt", "Geslaagd en mislukt", "Geen controle"),
    ("Êxito", "Falha", "Êxito e Falha", "Sem Auditoria"),
    ("成功", "失敗", "成功および失敗", "監査なし"), ("Erfolg", "Fehler", "Erfolg und Fehler", "Keine Überwachung"),
  ])
  func readsTheSettingsOfALanguage(success: String, failure: String, both: String, none: String) throws {
    for (setting, ids) in [(success, [4624, 4648]), (failure, [4625]), (both, [4624, 4625, 4648]), (none, [])] {
      let telemetry = try read(row("Logon", "0CCE9215", setting))
      #expect(telemetry.diagnostics.isEmpty)
      let collected = [4624, 4625, 4648].filter { telemetry.collection(of: securityEvent($0)).isCollected }
      #expect(collected == ids, "\(setting)")
    }
  }

  /// A console writes in its own code page: a byte that is no UTF-8 stands for any letter beyond ASCII.
  @Test func readsTheLettersOfACodePage() throws {
    let lines = [Self.head, row("Logon", "0CCE9215", "Sin auditor?a"), row("Logoff", "0CCE9216", "?xito e Falha")]
    let bytes = lines.joined(separator: "\r\n").utf8.map { $0 == UInt8(ascii: "?") ? 0xA1 : $0 }
    let telemetry = try telemetry("", files: [(.auditPolicy, "p.csv", bytes)])
    #expect(telemetry.diagnostics.isEmpty)
    #expect(!telemetry.collection(of: securityEvent(4624)).isCollected)
    #expect(telemetry.collection(of: securityEvent(4634)).isWhole)
  }

  /// What isn't understood is neither audited nor not audited.
  @Test(arguments: ["Sí", "", "7"])
  func aSettingThatIsNotKnownIsPartlySeen(setting: String) throws {
    let telemetry = try read(row("Logon", "0CCE9215", setting))
    #expect(telemetry.diagnostics.map(\.id) == [.auditPolicy])
    let collection = telemetry.collection(of: securityEvent(4624))
    #expect(collection.isCollected)
    #expect(!collection.isWhole)
    // Another subcategory that is known decides.
    let known = try read(row("File System", "0CCE921D", setting), row("Registry", "0CCE921E", "Success"))
    #expect(known.collection(of: securityEvent(4663)).isWhole)
  }

  @Test func readsTheNumbersOfABackup() throws {
    let telemetry = try read(
      "HOST,System,Création du processus,{0CCE922B-69AE-11D9-BED3-505054503030},Succès,,1",
      "HOST,S-1-5-21-1,Ouverture,{0CCE9215-69AE-11D9-BED3-505054503030},x,,3",
      ",,Option:CrashOnAuditFail,,Disabled,,0", head: Self.head + ",Setting Value")
    #expect(telemetry.diagnostics.isEmpty)
    #expect(telemetry.collection(of: securityEvent(4688)).isWhole)
    #expect(!telemetry.collection(of: securityEvent(4624)).isCollected)
  }

  @Test func readsUTF16WithAMark() throws {
    let text = Self.head + "\r\n" + row("Process Creation", "0CCE922B", "Success") + "\r\n"
    for order in [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] {
      let bytes =
        order
        + text.utf16.flatMap { unit in
          let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
          return order[0] == 0xFF ? [low, high] : [high, low]
        }
      let telemetry = try telemetry("", files: [(.auditPolicy, "p.csv", bytes)])
      #expect(telemetry.diagnostics.isEmpty)
      #expect(telemetry.collection(of: securityEvent(4688)).isWhole)
    }
  }

  // What is audited must be brought: a subscription that reads the channel says what is.
  @Test func aSubscriptionDecidesWhatOfItComes() throws {
    let policy = Self.head + "\n" + row("Logon", "0CCE9215", "Success") + "\n" + row("Logoff", "0CCE9216", "Success")
    let list =
      "<QueryList><Query Path='Security'><Select>*[System[EventID=4624 or EventID=4688]]</Select></Query></QueryList>"
    let telemetry = try telemetry("", (.auditPolicy, "p.csv", policy), (.wef, "w.xml", list))
    #expect(telemetry.collection(of: securityEvent(4624)).state == .collected)
    #expect(telemetry.collection(of: securityEvent(4634)).state == .notForwarded)
    #expect(telemetry.collection(of: securityEvent(4688)).state == .notRecorded)
  }

  @Test(arguments: [
    (
      "Machine Name,Policy Target\nHOST,System",
      "p.csv: error: no line has the GUID of a subcategory; save the policy with 'auditpol /get /category:* /r' [audit-policy]"
    )
  ])
  func aFileThatIsNoPolicyLeavesItsEventsOpen(text: String, expected: String) throws {
    let telemetry = try telemetry("", (.auditPolicy, "p.csv", text))
    #expect(telemetry.diagnostics.map(\.description) == [expected])
    expectPart(telemetry.collection(of: securityEvent(4624)))
    #expect(!telemetry.collection(of: sysmonEvent(1)).isCollected)
  }

  /// It may be of any subcategory that has no row, and of none that has one.
  @Test(arguments: ["0CCE92FF", "0CCE9215-69AE-11D9-BED3-50505450303", "zebra"])
  func aSubcategoryThatIsNotKnownLeavesThoseWithoutARowOpen(guid: String) throws {
    let row = "HOST,System,New,{\(guid.utf8.count == 8 ? guid + "-69AE-11D9-BED3-505054503030" : guid)},Success,"
    let telemetry = try read(row, self.row("Logon", "0CCE9215", "No Auditing"))
    #expect(telemetry.diagnostics.map(\.id) == [.auditPolicy])
    expectPart(telemetry.collection(of: securityEvent(4688)))
    #expect(!telemetry.collection(of: securityEvent(4624)).isCollected)
    expectPart(try read(row).collection(of: securityEvent(4624)))
  }

  @Test func aRowWithAFaultLeavesItsSubcategoryOpen() throws {
    let telemetry = try read(
      "HOST,System,Logon,{0CCE9215-69AE-11D9-BED3-505054503030},\"Success", row("Logoff", "0CCE9216", "Success"))
    #expect(telemetry.diagnostics.map(\.id) == [.csvSyntax])
    expectPart(telemetry.collection(of: securityEvent(4624)))
    #expect(telemetry.collection(of: securityEvent(4634)).isWhole)
  }

  @Test(arguments: [("Success", true), ("No Auditing", false)])
  func twoSettingsOfOneSubcategoryLeaveItOpen(second: String, isSame: Bool) throws {
    let telemetry = try read(row("Logon", "0CCE9215", "Success"), row("Logon", "0CCE9215", second))
    #expect(
      telemetry.diagnostics.map(\.description)
        == (isSame
          ? []
          : [
            "p.csv:4:19: warning: 'Logon' has another setting at p.csv:3:19, so that rules on it are partly blind; put each policy in its own file [audit-policy]"
          ]))
    #expect(telemetry.collection(of: securityEvent(4624)).isCollected)
    #expect(telemetry.collection(of: securityEvent(4624)).isWhole == isSame)
  }

  @Test func tellsUnknownSubcategoriesAndSettings() throws {
    let telemetry = try read(
      row("Logon", "0CCE9215", "Success"), row("New", "0CCE92FF", "Success"), row("Logoff", "0CCE9216", "Sí"))
    #expect(
      telemetry.diagnostics.map(\.description) == [
        "p.csv:4:17: warning: the subcategory '{0CCE92FF-69AE-11D9-BED3-505054503030}' isn't known, so that rules on those without their own line are partly blind; correct the line [audit-policy]",
        "p.csv:5:59: warning: the setting 'Sí' isn't known, so that rules on 'Logoff' are partly blind; save the policy with 'auditpol /backup', which writes numbers [audit-policy]",
      ])
  }
}
