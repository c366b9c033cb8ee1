import Diagnostics
import RuleModel
import Sigma

/// Examples for checks that readers make, where a rule is read.
let readerExamples: [CheckID: [CheckExample]] = [
  .ruleID: [
    CheckExample(
      "A number of the team's own",
      finds: "2:5: the id 'rule-0815' isn't a UUID; write one, such as a random one (version 4)",
      in: exampleRule(head: "id: rule-0815", detection: exampleDetection)),
    CheckExample(
      "A random id", in: exampleRule(head: "id: 7a3c1f52-9be4-4d0a-8f51-2c6e0d9b7e14", detection: exampleDetection)),
  ],
  .sigmaValue: [
    CheckExample(
      "Contains nothing",
      finds:
        "5:31: an empty value matches whatever the field holds; write the value, or 'exists: true' if any value will do",
      in: exampleRule(
        detection: """
          selection:
              CommandLine|contains: ''
          condition: selection
          """)),
    CheckExample(
      "Is empty",
      in: exampleRule(
        detection: """
          selection:
              CommandLine: ''
          condition: selection
          """)),
  ],
  .sigmaSelectionUnused: [
    CheckExample(
      "A filter that was forgotten", finds: "6:5: the condition doesn't use 'filter'; use it or remove it",
      in: exampleRule(
        detection: #"""
          selection:
              Image|endswith: '\whoami.exe'
          filter:
              User: SYSTEM
          condition: selection
          """#)),
    CheckExample(
      "All that match a pattern",
      in: exampleRule(
        detection: #"""
          selection:
              Image|endswith: '\whoami.exe'
          filter_system:
              User: SYSTEM
          condition: selection and not 1 of filter_*
          """#)),
  ],
]
