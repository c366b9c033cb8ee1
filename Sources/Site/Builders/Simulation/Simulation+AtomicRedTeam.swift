import DialectReading
import RuleModel

extension Simulation {
  var isAtomicRedTeam: Bool { collection?.lowercased() == "atomic-red-team" }

  /// What runs it, with Red Canary's PowerShell module: `Invoke-AtomicTest T1222.002 -TestGuids e7469fe2-…`; nil where
  /// the collection is another, or the technique or the id is missing or malformed.
  ///
  /// - SeeAlso: Invoke-AtomicRedTeam, “Execute Atomic Tests”.
  var command: String? {
    guard isAtomicRedTeam, let technique, let id, isUUID(id) else { return nil }
    return "Invoke-AtomicTest \(technique) -TestGuids \(id)"
  }

  /// Where the collection describes the technique's tests; nil where the collection is another.
  var address: String? {
    guard isAtomicRedTeam, let technique else { return nil }
    return "https://github.com/redcanaryco/atomic-red-team/blob/master/atomics/\(technique)/\(technique).md"
  }
}
