import Foundation
import Testing

@Suite struct AttackLayerTests {
  private func rule(_ tags: String, status: String = "test") -> String {
    """
    title: A
    status: \(status)
    tags: [\(tags)]
    logsource: {product: doorman, service: access}
    detection: {s: {action: a}, condition: s}
    """
  }

  @Test func scoresEachCoveredTechniqueUnderEachOfItsTactics() async throws {
    let content = try await DoorCatalog.content([
      "a": rule("attack.t1001.001"), "b": rule("attack.t1001"), "c": rule("attack.t1003"),
      "d": rule("attack.t1001.002", status: "unsupported"),
    ])
    let text = try DoorCatalog.report("attack-layer.json", of: content)
    #expect(
      text == """
        {"name":"Doors","versions":{"attack":"1","navigator":"5.1.0","layer":"4.5"},"domain":"enterprise-attack",\
        "description":"How many detection rules cover each technique of ATT&CK Enterprise 1.0, those of its \
        sub-techniques included; deprecated and unsupported rules don’t count. Made by ruledex 0.0.0.","sorting":0,\
        "layout":{"layout":"side","showID":true,"showName":true,"showAggregateScores":false,\
        "expandedSubtechniques":"none"},
        "techniques":[
        {"techniqueID":"T1001","tactic":"initial-access","score":2,\
        "comment":"2 rules, 1 of them for the technique itself","showSubtechniques":false},
        {"techniqueID":"T1001.001","tactic":"initial-access","score":1,"comment":"1 rule","showSubtechniques":false},
        {"techniqueID":"T1003","tactic":"initial-access","score":1,"comment":"1 rule","showSubtechniques":false},
        {"techniqueID":"T1003","tactic":"execution","score":1,"comment":"1 rule","showSubtechniques":false}],
        "gradient":{"colors":["#dbe9f6","#08519c"],"minValue":1,"maxValue":2},\
        "legendItems":[{"label":"1 rule","color":"#dbe9f6"},{"label":"2 rules or more","color":"#08519c"}],\
        "hideDisabled":false,"selectTechniquesAcrossTactics":true,"selectSubtechniquesWithParent":false}

        """)
  }

  /// Runs, partly blind, blind and without a rule differ in colour and score; a blind technique is never as one that is covered.
  @Test func tellsStatesApartWhereItIsToldWhatIsCollected() async throws {
    let content = try await DoorCatalog.content(
      ["a": rule("attack.t1001.001"), "b": rule("attack.t1001.002"), "c": rule("attack.t1003")],
      states: [.runs, .partlyBlind, .blind])
    let text = try DoorCatalog.report("attack-layer.json", of: content)
    let layer = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let rows = try #require(layer["techniques"] as? [[String: Any]]).filter {
      $0["tactic"] as? String == "initial-access"
    }
    #expect(
      rows.map { "\($0["techniqueID"] ?? "") \($0["score"] ?? "") \($0["color"] ?? "by score") \($0["comment"] ?? "")" }
        == [
          "T1001 2 by score runs: 1 rule runs, 1 rule is partly blind", "T1001.001 1 by score runs: 1 rule runs",
          "T1001.002 1 #f0c419 partly: 1 rule is partly blind", "T1003 0 #d55e00 blind: 1 rule is blind",
        ])
    #expect(
      (layer["legendItems"] as? [[String: String]])?.map { "\($0["label"] ?? "") \($0["color"] ?? "")" } == [
        "runs, 1 rule #dbe9f6", "runs, 2 rules or more #08519c", "partly blind #f0c419", "blind #d55e00",
        "no rule #ffffff",
      ])
    #expect(
      try DoorCatalog.report("coverage.csv", of: content).split(separator: "\r\n").compactMap {
        $0.split(separator: ",").last
      }
        == ["state", "runs", "runs", "partly", "blind"])
  }

  /// What the format asks of every layer: a gradient has two different ends.
  @Test func isALayerWithoutRules() async throws {
    let text = try await DoorCatalog.report("attack-layer.json", of: DoorCatalog.content([:]))
    let layer = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect((layer["techniques"] as? [Any])?.isEmpty == true)
    let gradient = try #require(layer["gradient"] as? [String: Any])
    #expect(gradient["minValue"] as? Int == 1 && gradient["maxValue"] as? Int == 2)
  }
}
