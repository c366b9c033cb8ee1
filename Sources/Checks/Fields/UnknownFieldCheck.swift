import Analysis
package import Diagnostics
import RuleModel

extension CheckID {
  package static let fieldUnknown = CheckID(
    "field-unknown", .warning,
    "No event of the log source has a field with this name, spelled letter by letter as engines do, so its test never matches. Correct the name, or add the field to an event map of your own."
  )
}

extension RuleCheck {
  /// Fields that no event has which the rule reads, where the event map has all fields of each of them.
  static let unknownFields = RuleCheck(
    .fieldUnknown,
    examples: [
      CheckExample(
        "Another case", finds: "6:9: no event of the log source has a field 'Commandline'; did you mean 'CommandLine'?",
        in: exampleRule(
          detection: """
            selection:
                Image|endswith: '\\whoami.exe'
                Commandline|contains: '/priv'
            condition: selection
            """)),
      CheckExample(
        "A typo", finds: "5:9: no event of the log source has a field 'CommandLien'; did you mean 'CommandLine'?",
        in: exampleRule(
          detection: """
            selection:
                CommandLien|contains: '/priv'
            condition: selection
            """)),
      CheckExample(
        "A field of another event",
        finds: "5:9: no event of the log source has a field 'QueryName'; correct it or the log source",
        in: exampleRule(
          detection: """
            selection:
                QueryName|endswith: '.example'
            condition: selection
            """)),
      CheckExample(
        "Fields that one of the events has",
        in: exampleRule(
          detection: """
            selection:
                OriginalFileName: whoami.exe
                NewProcessName|endswith: '\\whoami.exe'
                EventID: [1, 4688]
            condition: selection
            """)),
      CheckExample(
        "A log source whose fields the event map doesn't list",
        in: exampleRule(
          logSource: "{product: linux, service: auth}",
          detection: """
            selection:
                Commandline|contains: sudo
            condition: selection
            """)),
    ]
  ) { rule, catalog in
    let subject = catalog.index.rules[rule]
    guard let known = catalog.knownFields.value[rule] else { return [] }
    let unknown = testedFields(of: rule, in: catalog.index).lazy.filter { !known.contains($0.name) }
    return unknown.compactMap { field, place in
      let near = nearestName(to: field, in: known.sorted).map { "did you mean '\($0)'?" }
      if near == nil, !known.isWhole { return nil }
      return Diagnostic(
        .fieldUnknown, at: subject.place(ofField: field, before: place),
        "no event of the log source has a field '\(shortened(field))'; \(near ?? "correct it or the log source")")
    }
  }
}
