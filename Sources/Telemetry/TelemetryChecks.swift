package import Diagnostics

/// The checks on files that say which events are collected.
extension CheckID {
  package static let telemetry = CheckID(
    "telemetry", .error,
    "The telemetry file is malformed. Write `collected`, and lists of the collectors' own files by kind.")
  package static let telemetryProvider = CheckID(
    "telemetry-provider", .warning,
    "The event map doesn't know the provider or log source; what was probably meant counts as collected in part. Correct it, or add it to an event map of your own."
  )
  package static let telemetryField = CheckID(
    "telemetry-field", .warning,
    "The event map has no such field for these events; the field that was probably meant counts as partly missing. Correct the name."
  )
  package static let registryPolicy = CheckID(
    "registry-policy", .warning,
    "The file isn't a policy that can be read, or a value in it isn't understood; what it decides counts as partly collected. Export it with `reg export`, LGPO, `secedit /export` or `Get-GPOReport -ReportType Xml`, or name `Registry.pol` itself."
  )
  package static let telemetryChannel = CheckID(
    "telemetry-channel", .note,
    "No provider of the event map is known to write to this channel, so it isn't known what it brings. Correct its name, or add it to an event map of your own."
  )
  package static let xmlSyntax = CheckID(
    "xml-syntax", .error,
    "The file is not well-formed XML. Correct the place that the message names.")
  package static let csvSyntax = CheckID(
    "csv-syntax", .warning,
    "The line isn't what a table of this kind has, so that its provider counts as collected in part. Correct the line, or save the table again."
  )
  package static let sysmonConfiguration = CheckID(
    "sysmon-config", .warning,
    "Sysmon refuses a configuration with this in it, or knows the name in another version only; what it is about counts as collected in part. Correct it; `sysmon -s` prints what Sysmon knows."
  )
  package static let sysmonLogic = CheckID(
    "sysmon-logic", .warning,
    "Sysmon takes the configuration, but does something other than it seems to say. Write what you want it to do.")
  package static let wefSubscription = CheckID(
    "wef-subscription", .error,
    "The file isn't a subscription or query list of the Windows event log, or a part of it isn't what the schema has; that part counts as collected in part. Correct it."
  )
  package static let wefQuery = CheckID(
    "wef-query", .warning,
    "The query is outside the XPath that the Windows event log takes, and counts as collected in part; a name that no event has selects nothing. Correct it. A note says what isn't known of the query."
  )
  package static let auditRule = CheckID(
    "audit-rule", .warning,
    "auditctl refuses this line, or may refuse it because it has a name that isn't known here; what isn't understood counts as recorded in part. Correct it."
  )
  package static let auditPolicy = CheckID(
    "audit-policy", .warning,
    "The subcategory or setting isn't known; what it may be about counts as recorded in part. Save the policy with `auditpol /backup`, which writes numbers."
  )
}
