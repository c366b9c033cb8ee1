package import Diagnostics
import RuleModel

extension CheckID {
  package static let fieldSpelling = CheckID(
    "field-spelling", .warning,
    "99 of 100 rules of the log source, or more, spell the field otherwise, and engines compare its name letter by letter. Write it as they do."
  )
}

extension RuleCheck {
  /// Fields that nearly all other rules of the log source spell otherwise, where the event map doesn't know them.
  static let oddSpellings = RuleCheck(
    .fieldSpelling,
    examples: [
      CheckExample(
        "One of a hundred rules", finds: "5:9: 99 of 100 rules of the log source write 'dst_port', not 'Dst-Port'",
        in: exampleRule(
          logSource: "{category: firewall}",
          detection: """
            selection:
                Dst-Port: 445
            condition: selection
            """),
        beside: [
          (
            99,
            exampleRule(
              logSource: "{category: firewall}",
              detection: """
                selection:
                    dst_port: 22
                condition: selection
                """)
          )
        ]),
      CheckExample(
        "One of ten rules, which may know better",
        in: exampleRule(
          logSource: "{category: firewall}",
          detection: """
            selection:
                Dst-Port: 445
            condition: selection
            """),
        beside: [
          (
            9,
            exampleRule(
              logSource: "{category: firewall}",
              detection: """
                selection:
                    dst_port: 22
                condition: selection
                """)
          )
        ]),
    ]
  ) { rule, catalog in
    let subject = catalog.index.rules[rule]
    if catalog.spellings.value.isEmpty { return [] }
    // Where the map has all fields, they are judged by it.
    if catalog.knownFields.value[rule] != nil { return [] }
    return testedFields(of: rule, in: catalog.index).compactMap { field, place in
      catalog.spellings.value.common(for: field, of: subject).map { common in
        Diagnostic(
          .fieldSpelling, at: subject.place(ofField: field, before: place),
          "\(common.rules) of \(common.total) rules of the log source write '\(shortened(common.spelling))', not '\(shortened(field))'"
        )
      }
    }
  }
}
