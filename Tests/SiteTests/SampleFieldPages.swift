import RuleModel
import Templates

@testable import Site

extension SamplePages {
  static func field(text: (String) -> String = { $0 }) -> FieldPage {
    let rule = FieldRuleItem(
      title: text("Script Host Started By An Archive Program"),
      page: Link(relative: "../../rules/sigma/one/index.html"),
      level: .high)
    let values = FieldValueList(
      shared: [
        FieldValueRow(
          anchor: "v1abc", value: ShownValue(text: text("\\cmd.exe")), kind: text("ends with"), count: 60, largest: 60,
          isDrawn: true, rules: [rule, rule],
          search: Link(relative: "../../search.html", query: (name: "q", text: text("field:Image value:cmd")))),
        FieldValueRow(
          anchor: "v2", value: ShownValue(text: text(" -e "), words: text("cased")), kind: text("contains"), count: 2,
          largest: 60, isDrawn: false, rules: [rule, rule]),
      ], sharedBefore: 10, sharedInAll: 1200,
      once: [FieldOnceRow(value: ShownValue(text: text("a")), kind: text("eq"), rule: rule)], onceInAll: 30,
      search: Link(relative: "../../search.html", query: (name: "q", text: text("field:Image"))))
    var excluded = values
    for number in excluded.shared.indices { excluded.shared[number].anchor = "x\(number)" }
    return FieldPage(
      frame: frame(root: "../../", text: text), title: text("Image"),
      parts: [
        TitledLink(title: text("1 to 10"), page: Link(relative: "index.html")), TitledLink(title: text("11 to 12")),
      ],
      facts: FieldFacts(
        name: text("Image"),
        otherNames: [OtherNameItem(name: text("NewProcessName"), places: text("windows · security"))],
        elsewhere: [
          ElsewhereRow(
            places: text("process_creation"),
            schemas: [SchemaRow(schema: text("Elastic Common Schema"), names: [text("process.executable")])])
        ],
        rules: text("1,319 rules look for it"), values: text("12"), kinds: text("eq 12"),
        events: UseList(uses: [UseItem(title: text("Microsoft-Windows-Sysmon 1"), count: 1134)], hidden: 3),
        logSources: UseList(uses: [UseItem(title: text("windows"), count: 2)])),
      looked: values, excluded: excluded, query: text("field:Image"))
  }

  static func fields(text: (String) -> String = { $0 }) -> FieldListPage {
    FieldListPage(
      frame: frame(root: "../", text: text), title: text("Fields"), lead: text("2 fields that rules test."),
      rows: [
        FieldRow(
          title: text("Image"), isName: true, page: Link(relative: "Image/index.html"),
          logSources: text("windows · process_creation 1,134"), rules: 1319, values: 10816, shared: 2405, excluded: 7),
        FieldRow(
          title: text("Anywhere in the event"), isName: false, page: Link(relative: "any/index.html"), logSources: "",
          rules: 1, values: 1, shared: 0, excluded: 0),
      ], hidden: 2)
  }

  static func indicators(text: (String) -> String = { $0 }) -> IndicatorsPage {
    let list = SharedList(
      rows: [
        SharedRow(
          value: ShownValue(text: text("\\cmd.exe")), field: text("Image"),
          fieldPage: Link(relative: "../fields/Image/index.html"),
          valuePage: Link(relative: "../fields/Image/index.html", fragment: "v1abc"), kind: text("ends with"),
          count: 1200, dialects: text("sigma 1100, elastic 100")),
        SharedRow(
          value: ShownValue(text: "", words: text("an empty text")),
          fieldPage: Link(relative: "../fields/a/index.html"),
          kind: text("keyword"), count: 2),
      ], inAll: 4000)
    return IndicatorsPage(
      frame: frame(root: "../", text: text), title: text("Indicators"), lead: text("4,000 tests."),
      duplicates: Link(relative: "duplicates.html"), indicators: list, exclusions: list)
  }

  static func duplicates(text: (String) -> String = { $0 }) -> DuplicatesPage {
    let rule = PairedRule(
      title: text("Scheduled Task By A Script"), page: Link(relative: "../rules/sigma/one/index.html"),
      logSource: text("windows"), level: nil)
    return DuplicatesPage(
      frame: frame(root: "../", text: text), title: text("Duplicates"), lead: text("Rules whose tests are the same."),
      sections: [
        PairSection(
          anchor: "duplicates", title: text("Duplicates"), text: text("Keep one."),
          rows: [PairRow(left: rule, right: rule, why: text("The same 3 tests"), score: 100)]),
        PairSection(
          anchor: "near", title: text("Near duplicates"), text: text("Look."),
          rows: [
            PairRow(
              left: rule, right: rule, why: text("12 tests in both"), score: 85, difference: difference(text: text))
          ], hidden: 1200),
      ])
  }
}
