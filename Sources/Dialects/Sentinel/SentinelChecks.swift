package import Diagnostics

/// Checks on Sentinel and Defender rules.
extension CheckID {
  package static let sentinelQuery = CheckID(
    "sentinel-query", .error, "The rule has no query, so that it finds nothing. Add one in Kusto.")
  package static let sentinelKind = CheckID(
    "sentinel-kind", .warning,
    "The rule's kind isn't one that Microsoft Sentinel has. Write Scheduled, NRT, or another kind of analytics rule.")
}
