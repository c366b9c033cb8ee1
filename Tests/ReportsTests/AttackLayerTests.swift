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
    let content = try await DoorCatalogue.content([
      "a": rule("attack.t1001.001"), "b": rule("attack.t1001"), "c": rule("attack.t1003"),
      "d": rule("attack.t1001.002", status: "unsupported"),
    ])
    let text = try DoorCatalogue.report("attack-layer.json", of: content)
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

  /// What the format asks of every layer: a gradient has two different ends.
  @Test func isALayerWithoutRules() async throws {
    let text = try await DoorCatalogue.report("attack-layer.json", of: DoorCatalogue.content([:]))
    let layer = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect((layer["techniques"] as? [Any])?.isEmpty == true)
    let gradient = try #require(layer["gradient"] as? [String: Any])
    #expect(gradient["minValue"] as? Int == 1 && gradient["maxValue"] as? Int == 2)
  }
}
