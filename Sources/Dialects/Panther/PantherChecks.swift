package import Diagnostics

/// Checks on Panther's rules.
extension CheckID {
  package static let pantherPython = CheckID(
    "panther-python", .error,
    "The rule's Python is missing, so that it can't be said what the rule looks for. Correct `Filename`, or add the file beside the rule."
  )
  package static let pantherQuery = CheckID(
    "panther-query", .error,
    "The rule runs a query that no file defines, or has none. Add the query, or correct its name in `ScheduledQueries`."
  )
  package static let pantherDetection = CheckID(
    "panther-detection", .error,
    "A part of `Detection` or of an inline filter is malformed or missing. Correct it.")
  package static let pantherReport = CheckID(
    "panther-report", .warning,
    "An entry under `MITRE ATT&CK` isn't a tactic's id, a colon and a technique's id. Correct it, as in TA0005:T1562.001."
  )
}
