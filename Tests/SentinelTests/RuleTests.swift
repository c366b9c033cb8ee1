import Diagnostics
import DialectReading
import Documents
import RuleModel
import Sentinel
import TestSupport
import Testing

@Suite struct RuleTests {
  private static let analytic = """
    id: 3805c3dc-f82c-4f8d-891e-63c24d3102b0
    name: Sign-ins with a stolen token
    description: |
      'Finds them.'
    severity: High
    status: Available
    requiredDataConnectors:
      - connectorId: AzureActiveDirectory
        dataTypes: [SigninLogs]
    queryFrequency: 1h
    queryPeriod: 1d
    triggerOperator: gt
    triggerThreshold: 0
    tactics: [InitialAccess, 'Defense Evasion']
    relevantTechniques:
      - T1078.004
      - T1550
    tags: [Identity]
    query: |
      SigninLogs
      | where ResultType == "0"
      | where AppDisplayName !has "Portal"
    entityMappings:
      - entityType: Account
        fieldMappings:
          - identifier: FullName
            columnName: UserPrincipalName
    customDetails:
      App: AppDisplayName
    version: 1.0.2
    kind: Scheduled

    """

  @Test func readsAnAnalyticsRule() throws {
    let rules = try readRules(Self.analytic)
    try #require(rules.count == 1)
    let rule = rules[0]
    #expect(rule.key.description == "kusto/rule")
    #expect(rule.id == "3805c3dc-f82c-4f8d-891e-63c24d3102b0")
    #expect(rule.title == "Sign-ins with a stolen token")
    #expect(rule.description == "Finds them.")
    #expect(rule.level == .high)
    #expect(rule.status == .stable)
    #expect(rule.ruleClass == .detection)
    #expect(rule.tags == ["Identity"])
    #expect(rule.attackTags.map(\.written) == ["InitialAccess", "Defense Evasion", "T1078.004", "T1550"])
    #expect(
      rule.attackTags.prefix(2).map(\.target) == [.tacticName("initial-access"), .tacticName("defense-evasion")])
    #expect(rule.logSources == [LogSource(service: "SigninLogs")])
    #expect(rule.testWords == ["ResultType eq 0", "not AppDisplayName contains Portal"])
    #expect(rule.stages.map(\.name) == ["query", "where", "where"])
    #expect(rule.fact("Rule type") == ["Scheduled"])
    #expect(rule.fact("Query frequency") == ["1h"])
    #expect(rule.fact("Trigger") == ["gt 0"])
    #expect(rule.fact("Data connectors") == ["AzureActiveDirectory: SigninLogs"])
    #expect(rule.fact("Entities") == ["Account: UserPrincipalName as FullName"])
    #expect(rule.fact("Custom details") == ["App: AppDisplayName"])
    #expect(rule.fact("Version") == ["1.0.2"])
    #expect(rule.findingWords == [])
  }

  @Test(arguments: [
    ("severity: High", "", RuleClass.hunt), ("queryFrequency: 1h", "kind: Hunting", .hunt),
    ("queryFrequency: 1h", "kind: NRT", .detection), ("SigninLogs\n", "SecurityAlert\n", .forwarder),
  ])
  func saysWhatARuleIsFor(old: String, new: String, expected: RuleClass) throws {
    var text = Self.analytic.replacing(old, with: new)
    if new.hasPrefix("kind") { text = text.replacing("kind: Scheduled", with: "") }
    #expect(try readRules(text).map(\.ruleClass) == [expected])
  }

  @Test func showsHowIncidentsAreGrouped() throws {
    let grouping = """
      incidentConfiguration:
        groupingConfiguration:
          enabled: true
          matchingMethod: Selected
          groupByEntities: [Account, IP]
          groupByAlertDetails: []
          groupByCustomDetails: [Team]

      """
    let rule = try #require(try readRules(Self.analytic + grouping).first)
    #expect(rule.fact("Incident grouping") == ["Selected"])
    #expect(rule.fact("Incidents grouped by") == ["Account", "IP", "Team"])
  }

  @Test func showsWhatIsDoneInResponse() throws {
    let rule = try #require(
      try readRules(
        """
        displayName: A
        queryCondition: {queryText: DeviceEvents}
        detectionAction:
          alertTemplate: {title: A, severity: low}
          responseActions:
            - "@odata.type": "#microsoft.graph.security.isolateDeviceResponseAction"
              identifier: deviceId
              isolationType: full
            - "@odata.type": "#microsoft.graph.security.runAntivirusScanResponseAction"
        """
      ).first)
    #expect(rule.fact("Response actions") == ["isolateDevice: deviceId, full", "runAntivirusScan"])
  }

  @Test func readsACustomDetection() throws {
    let rules = try readRules(
      """
      displayName: Copilot from a new country
      isEnabled: false
      queryCondition:
        queryText: |
          CloudAppEvents
          | where ActionType in ("A", "B")
      lastModifiedDateTime: '2026-07-07T00:00:00Z'
      schedule:
        period: 1H
      detectionAction:
        alertTemplate:
          title: Something else
          description: A new country.
          severity: medium
          category: CredentialAccess
          mitreTechniques: [T1078.004]
          recommendedActions: |
            1. Ask the user.
      """)
    try #require(rules.count == 1)
    #expect(rules[0].title == "Copilot from a new country")
    #expect(rules[0].description == "A new country.")
    #expect(rules[0].level == .medium)
    #expect(rules[0].isDisabled)
    #expect(rules[0].ruleClass == .detection)
    #expect(rules[0].modified?.description == "2026-07-07")
    #expect(rules[0].attackTags.map(\.written) == ["CredentialAccess", "T1078.004"])
    #expect(rules[0].fact("Query frequency") == ["1H"])
    #expect(rules[0].notes.map(\.origin) == [.field("recommendedActions")])
    #expect(rules[0].testWords == ["ActionType eq A", "ActionType eq B"])
  }

  private static let template = """
    {
      "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      "parameters": {"workspace": {"type": "String"}},
      "resources": [
        {
          "id": "[concat(resourceId('x'), '/alertRules/3805c3dc-f82c-4f8d-891e-63c24d3102b0')]",
          "name": "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/3805c3dc-f82c-4f8d-891e-63c24d3102b0')]",
          "type": "Microsoft.OperationalInsights/workspaces/providers/alertRules",
          "kind": "Scheduled",
          "properties": {
            "displayName": "First", "severity": "Low", "enabled": true,
            "query": "SigninLogs\\n| where ResultType == 50126\\n| where frob(Identity)",
            "queryFrequency": "PT1H", "queryPeriod": "PT1H", "triggerOperator": "GreaterThan", "triggerThreshold": 5,
            "tactics": ["CredentialAccess"], "techniques": ["T1110"], "subTechniques": ["T1110.003"]
          }
        },
        {
          "type": "Microsoft.SecurityInsights/alertRules", "kind": "Fusion", "name": "BuiltInFusion",
          "properties": {"displayName": "Attacks in several steps", "enabled": false, "severity": "High"}
        },
        {
          "type": "Microsoft.OperationalInsights/savedSearches", "name": "hunt",
          "properties": {
            "category": "Hunting Queries", "displayName": "Third", "query": "AuditLogs | where OperationName has 'x'",
            "tags": [
              {"name": "description", "value": "Looks around."}, {"name": "tactics", "value": "Persistence,Impact"},
              {"name": "techniques", "value": "T1098"}
            ]
          }
        },
        {
          "type": "Microsoft.OperationalInsights/savedSearches",
          "properties": {"category": "Functions", "displayName": "Parser", "query": "Syslog", "functionAlias": "p"}
        }
      ]
    }
    """

  @Test func readsEachRuleOfATemplate() throws {
    let rules = try readRules(Self.template, path: "template.json")
    #expect(rules.map(\.title) == ["First", "Attacks in several steps", "Third"])
    #expect(rules.map(\.ruleClass) == [.detection, .detection, .hunt])
    #expect(rules.map(\.isDisabled) == [false, true, false])
    #expect(rules.map(\.source.document) == [1, 2, 3])
    try #require(rules.count == 3)
    #expect(rules[0].id == "3805c3dc-f82c-4f8d-891e-63c24d3102b0")
    #expect(rules[0].attackTags.map(\.written) == ["CredentialAccess", "T1110", "T1110.003"])
    #expect(rules[0].testWords == ["ResultType eq 50126"])
    // The place is in the text of JSON, behind its escapes.
    #expect(
      rules[0].findingWords == [
        "12:68: there is no function 'frob'; correct its name or define it [query-function]",
        "12:68: 'frob(Identity)' isn't understood; it is shown as text and counts as no test [query-unread]",
      ])
    #expect(rules[1].match == .model(["Attacks in several steps"]))
    #expect(rules[2].attackTags.map(\.written) == ["Persistence", "Impact", "T1098"])
    #expect(rules[2].description == "Looks around.")
    #expect(rules[2].logSources == [LogSource(service: "AuditLogs")])
  }

  @Test func readsWhatExpressionsOfATemplateMake() throws {
    let rules = try readRules(
      """
      {
        "parameters": {
          "severity": {"type": "string", "defaultValue": "High"},
          "enabled": {"type": "bool", "defaultValue": false},
          "least": {"type": "int", "defaultValue": 5},
          "users": {"type": "string", "defaultValue": "\\"a\\",\\"b\\""},
          "place": {"type": "string"}
        },
        "variables": {"period": "PT1H", "same": "[variables('period')]"},
        "resources": [{
          "type": "Microsoft.SecurityInsights/alertRules", "kind": "Scheduled", "name": "[guid('x')]",
          "properties": {
            "displayName": "[concat('Rule of ', parameters('place'))]", "severity": "[parameters('severity')]",
            "enabled": "[parameters('enabled')]", "queryFrequency": "[variables('same')]",
            "query": "[format('let l = dynamic([{1}]);\\nT | where a in (l) and b > {0}\\n| where c == ''{{x}}'' and frob(d)', parameters('least'), parameters('users'))]"
          }
        }]
      }
      """, path: "rule.json")
    try #require(rules.count == 1)
    #expect(rules[0].title == "Rule of place")
    #expect(rules[0].id == nil)
    #expect(rules[0].level == .high)
    #expect(rules[0].isDisabled)
    #expect(rules[0].fact("Query frequency") == ["PT1H"])
    #expect(rules[0].testWords == ["a eq a", "a eq b", "b gt 5", "c eq {x}"])
    #expect(
      rules[0].findingWords.first
        == "15:110: there is no function 'frob'; correct its name or define it [query-function]")
  }

  @Test func findsThePlaceInABlockText() throws {
    let rules = try readRules(Self.analytic.replacing("AppDisplayName !has", with: "frob(AppDisplayName) and A !has"))
    #expect(
      rules.first?.findingWords.first
        == "22:11: there is no function 'frob'; correct its name or define it [query-function]")
  }

  @Test(arguments: [
    ("title: x\ndetection: {a: {b: 1}, condition: a}\n", "x.yml"), ("query: a\nname: b\n", "x.yaml"),
    ("AnalysisType: saved_query\nQuery: select 1\n", "x.yml"),
    ("{\"rule_id\": \"a\", \"type\": \"query\", \"query\": \"a\"}", "x.json"),
    ("name: x\nsearch: a\ntags: {}\n", "x.yml"), ("[1, 2]", "x.json"),
    ("resources: [{type: a, properties: {query: b}}]\n", "x.yaml"), ("Query: {a: b}\nTactics: [x]\n", "x.yaml"),
    ("Tactics: [x]\nname: y\n", "x.yaml"),
  ])
  func leavesOthersAlone(text: String, path: String) throws {
    #expect(try readSentinel(text, path: path) == nil)
  }

  /// Older queries for exploring an entity write their keys in capitals.
  @Test func readsKeysInAnyCase() throws {
    let rules = try readRules(
      """
      Id: 3805c3dc-f82c-4f8d-891e-63c24d3102b0
      DisplayName: Doors opened by a host
      Description: Lists them.
      InputEntityType: Host
      InputFields: [HostName]
      Tactics: [InitialAccess]
      relevanttechniques: [T1078]
      query: |
        DoorEvents | where Host == "a"
      """)
    try #require(rules.count == 1)
    let rule = rules[0]
    #expect(rule.id == "3805c3dc-f82c-4f8d-891e-63c24d3102b0")
    #expect(rule.title == "Doors opened by a host")
    #expect(rule.description == "Lists them.")
    #expect(rule.attackTags.map(\.written) == ["InitialAccess", "T1078"])
    #expect(rule.testWords == ["Host eq a"])
    #expect(rule.ruleClass == .hunt)
    #expect(rule.findingWords == [])
  }

  @Test func keepsARuleWithoutAQuery() throws {
    let rules = try readRules("name: x\nquery: ''\ntactics: [Impact]\nkind: Sometimes\n")
    try #require(rules.count == 1)
    #expect(rules[0].lacksLogic)
    #expect(
      rules[0].findingWords == [
        "4:7: the kind 'Sometimes' is unknown; write one of Scheduled, NRT, Fusion, MLBehaviorAnalytics, ThreatIntelligence, MicrosoftSecurityIncidentCreation [sentinel-kind]",
        "2:8: the rule has no query; write one [sentinel-query]",
      ])
  }

  @Test func coloursTheQuery() {
    let lines = DialectReader.sentinel.colouring(Self.analytic, 1, "rule.yaml")
    let text = lines.map { line in
      line.lead + line.key + line.rest + line.query.map(\.text).joined() + line.comment + line.end
    }.joined()
    #expect(text == Self.analytic)
    #expect(lines.indices.filter { !lines[$0].query.isEmpty } == [19, 20, 21])
    #expect(lines[22].key == "entityMappings:")
  }

  /// Places that no value has, and calls in each other that would double with each level: the text stays as written.
  @Test(arguments: [
    ("[format('{9223372036854775807}', 'x')]", 0),
    ("[" + (0..<40).reduce("'a'") { value, _ in "format('{0}{0}', \(value))" } + "]", 0),
    (#"[format('T | where a == \"{0}\"', 'b')]"#, 1),
  ])
  func boundsWhatAnExpressionComesTo(query: String, tests: Int) throws {
    let rules = try readRules(
      """
      {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [
       {"type": "Microsoft.OperationalInsights/workspaces/providers/alertRules", "kind": "Scheduled", "properties":
        {"displayName": "A", "severity": "High", "query": "\(query)", "queryFrequency": "PT1H"}}]}
      """, path: "rules.json")
    #expect(rules.map(\.testWords.count) == [tests])
  }

  @Test func looksItemsOfListsUpInTheTemplate() throws {
    let rules = try readRules(
      """
      {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
       "parameters": {"t": {"defaultValue": "T1078"}, "more": {"defaultValue": ["T1110", "T1078"]}}, "resources": [
       {"type": "Microsoft.OperationalInsights/workspaces/providers/alertRules", "kind": "Scheduled", "properties":
        {"displayName": "A", "severity": "High", "query": "T", "queryFrequency": "PT1H", "tactics": ["Persistence"],
         "techniques": ["[parameters('t')]", "[parameters('more')]"]}}]}
      """, path: "rules.json")
    #expect(rules.map { $0.attackTags.map(\.written) } == [["Persistence", "T1078", "T1110"]])
  }

  /// `search *` says nothing about the log.
  @Test func takesNoStarForATable() throws {
    let rules = try readRules("name: x\nkind: NRT\nseverity: Low\ntactics: [Impact]\nquery: search * | where a == 1\n")
    #expect(rules.map(\.logSources) == [[]])
  }

  /// Sentinel spells tactics in its own way.
  @Test func writesIdsOnly() throws {
    let text = "tactics: [DefenseEvasion]\nrelevantTechniques: [T1562.001]\n"
    let edits = [
      ScalarEdit(
        at: SourcePosition(line: 1, column: 11), old: "DefenseEvasion", change: .ending(with: "defense-impairment")),
      ScalarEdit(at: SourcePosition(line: 2, column: 22), old: "T1562.001", change: .ending(with: "T1685")),
    ]
    let edit = try #require(DialectReader.sentinel.edit)
    let edited = edit(Array(text.utf8), edits, "rule.yaml")
    #expect(edited.done == [edits[1]] && edited.refused.map(\.edit) == [edits[0]])
  }
}
