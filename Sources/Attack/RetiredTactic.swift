package import Documents

/// A tactic that a version of ATT&CK ended, though its id may live on under another name.
package struct RetiredTactic: Hashable, Sendable {
  package let name: String
  /// What tags said: `defense-evasion`.
  package let shortName: String
  /// The version that has it no more: `19`.
  package let endedIn: String
  /// Short names of the tactics that its techniques went to.
  package let successors: [String]
}

/// Reads catalog/knowledge/attack/retired.json.
///
/// - Throws: the first fault with its place.
package func parseRetiredTactics(_ bytes: [UInt8]) throws(DocumentError) -> [RetiredTactic] {
  guard let root = try parseYAML(bytes).first else { return [] }
  return try Record(root).records("tactics").map { (record) throws(DocumentError) in
    RetiredTactic(
      name: try record.text("name"), shortName: try record.text("shortname"), endedIn: try record.text("endedIn"),
      successors: try record.texts("successors"))
  }
}
