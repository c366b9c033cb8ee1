package import Diagnostics

/// Checks on Splunk's rules.
extension CheckID {
  package static let splunkSearch = CheckID(
    "splunk-search", .error, "The rule has no search, so that it finds nothing. Add one.")
  package static let splunkType = CheckID(
    "splunk-type", .warning,
    "The rule's type isn't one that Splunk's security content has. Write TTP, Anomaly, Hunting, Correlation or Baseline."
  )
  package static let splunkStanza = CheckID(
    "splunk-stanza", .warning,
    "A line of the configuration file is neither a stanza's name in brackets nor a setting with an equals sign. Correct it."
  )
}
