package import Diagnostics

/// The checks on the events that rules select, and on event maps.
extension CheckID {
  package static let logSourceUnmapped = CheckID(
    "logsource-unmapped", .warning,
    "The event map doesn't know the log source. Add it to an event map of your own, named in `ruledex.yml`.")
  package static let eventNarrowed = CheckID(
    "event-narrowed", .note,
    "The rule tests a field that this event lacks, so that the event can't show it.")
  package static let eventContradiction = CheckID(
    "event-contradiction", .error,
    "The rule asks for an event that its log source doesn't have, or for several at once, and so can never match; it isn't counted. Correct the event or the log source."
  )
  package static let eventUnknown = CheckID(
    "event-unknown", .warning,
    "The provider has no event of this number, by a list that is complete. Correct the number, or the log source.")
  package static let eventMap = CheckID(
    "event-map", .error,
    "The event map is malformed. Write it as catalog/knowledge/events/README.md says.")
  package static let eventManifest = CheckID(
    "event-manifest", .error,
    "The manifest can't be imported. Give a Windows instrumentation manifest, an export of WEPExplorer, or Sysmon's schema."
  )
}
