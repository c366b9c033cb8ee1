import Diagnostics
import DialectReading
import Documents
import Files
import RuleModel

/// What was read of each file, so that reading again looks only into those that changed.
package struct KeptReadings: Sendable {
  /// What is kept of a file.
  struct Entry: Sendable {
    /// nil where only its bytes can tell whether it changed.
    var identity: FileIdentity?
    /// nil where it couldn't be read, or wasn't.
    var body: [UInt8]?
    /// What its reader asked of other files.
    var companions: [CompanionAccess] = []
    var reading: Reading
    /// Of the note beside it; nil where there is none.
    var note: NoteReading?

    /// A note in a file goes with all rules of the file beside it, before what is in their fields.
    var rules: [RuleDraft] {
      guard let file = note else { return reading.rules }
      var rules = reading.rules
      for rule in rules.indices {
        if let note = file.note { rules[rule].notes.insert(note, at: 0) }
        rules[rule].findings += file.findings
      }
      return rules
    }
  }

  /// A file by all that its reading says of where it stands.
  struct Key: Hashable, Sendable {
    var place: SystemPath
    var file: String
    var source: String

    // The rest seldom differs where this doesn't.
    func hash(into hasher: inout Hasher) { hasher.combine(source) }
  }

  private var entries: [Key: Entry] = [:]
  /// Those of the walk through the folders.
  private var diagnostics: [Diagnostic] = []
  /// Another number after each reading that found anything else than the one before.
  package private(set) var version = 0

  /// The fields that hold notes, as they were then.
  private var noteFields: [String] = []
  private var limits = ReadingLimits.standard
  /// By dialect, in the order in which they were asked.
  private var readers: [String] = []

  package init() {}

  /// What a rule says depends on which of its fields hold notes, on what is too large, and on who reads it.
  mutating func forget(unlessReadWith noteFields: [String], _ limits: ReadingLimits, _ readers: DialectReaders) {
    let readers = readers.all.map { "\($0.dialect.rawValue) \($0.version)" }
    if noteFields != self.noteFields || limits != self.limits || readers != self.readers { entries = [:] }
    (self.noteFields, self.limits, self.readers) = (noteFields, limits, readers)
  }

  func entry(of key: Key) -> Entry? { entries[key] }

  /// - Parameters:
  ///   - diagnostics: of the walk through the folders.
  ///   - isChanged: whether anything was read that was not read before.
  mutating func replace(with new: [(Key, Entry)], diagnostics: [Diagnostic], isChanged: Bool) {
    // With nothing read that wasn't before, as many files are the same files.
    if isChanged || new.count != entries.count || diagnostics != self.diagnostics { version += 1 }
    self.diagnostics = diagnostics
    entries = Dictionary(new, uniquingKeysWith: { first, _ in first })
  }
}
