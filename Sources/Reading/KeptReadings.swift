import Diagnostics
import DialectReading
import Documents
import Files
import RuleModel

/// What was read of each file, so that reading again looks only into those that changed.
package struct KeptReadings: Sendable {
  /// What was read of a file.
  final class Entry: Sendable {
    let key: Key
    /// nil where only its bytes can tell whether it changed.
    let identity: FileIdentity?
    /// nil where it couldn't be read, or wasn't.
    let body: [UInt8]?
    /// What its reader asked of other files.
    let companions: [CompanionAccess]
    let reading: Reading
    /// Of the note beside it; nil where there is none.
    let note: NoteReading?

    init(
      of key: Key, identity: FileIdentity? = nil, body: [UInt8]? = nil, companions: [CompanionAccess] = [],
      reading: Reading, note: NoteReading? = nil
    ) {
      self.key = key
      self.identity = identity
      self.body = body
      self.companions = companions
      self.reading = reading
      self.note = note
    }

    /// The same file with another note, or recognised by another identity.
    init(_ other: Entry, identity: FileIdentity?, note: NoteReading?) {
      key = other.key
      self.identity = identity
      body = other.body
      companions = other.companions
      reading = other.reading
      self.note = note
    }

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

  /// A file by all that its reading says of where it is.
  struct Key: Hashable, Sendable {
    var place: SystemPath
    var file: String
    var source: String

    init(_ file: FoundFile) { (place, self.file, source) = (file.place, file.path, file.source) }

    // The rest seldom differs where this doesn't.
    func hash(into hasher: inout Hasher) { hasher.combine(source) }
  }

  /// A file with the rules that were made of it.
  struct File: Sendable {
    var entry: Entry
    /// As many as were read of it, in their order.
    var rules: [Rule]
  }

  /// In the order in which they were met.
  private(set) var files: [File] = []
  private(set) var keys = UniqueKeys()
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
    if noteFields != self.noteFields || limits != self.limits || readers != self.readers { files = [] }
    (self.noteFields, self.limits, self.readers) = (noteFields, limits, readers)
  }

  /// - Parameters:
  ///   - diagnostics: of the walk through the folders.
  ///   - isChanged: whether anything was read that was not read before.
  mutating func replace(with new: [File], _ keys: UniqueKeys, diagnostics: [Diagnostic], isChanged: Bool) {
    // With nothing read that wasn't before, as many files are the same files.
    if isChanged || new.count != files.count || diagnostics != self.diagnostics { version += 1 }
    self.diagnostics = diagnostics
    self.keys = keys
    files = new
  }
}

/// Finds what was read of files that are met again. Most are met in the same order.
struct KeptFiles {
  private let files: [KeptReadings.File]
  private var next = 0
  /// Made for the first that isn't met in that order.
  private var places: [KeptReadings.Key: Int]?

  init(_ kept: KeptReadings) { files = kept.files }

  mutating func file(_ key: KeptReadings.Key) -> KeptReadings.File? {
    if next < files.count, files[next].entry.key == key {
      next += 1
      return files[next - 1]
    }
    if files.isEmpty { return nil }
    let places =
      self.places
      ?? Dictionary(files.indices.map { (files[$0].entry.key, $0) }, uniquingKeysWith: { first, _ in first })
    self.places = places
    guard let place = places[key] else { return nil }
    next = place + 1
    return files[place]
  }
}
