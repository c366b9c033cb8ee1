import Diagnostics
import DialectReading
import Documents
import Files
import RuleModel

/// What was read from each file, so that the next reading opens only those that changed.
package struct KeptReadings: Sendable {
  /// What was read from a file.
  final class Entry: Sendable {
    let key: Key
    /// nil if only its bytes can tell whether it changed.
    let identity: FileIdentity?
    /// nil if it couldn't be read, or wasn't.
    let body: [UInt8]?
    /// What its reader requested of other files.
    let companions: [CompanionAccess]
    let reading: Reading
    /// The note beside it; nil if there is none.
    let note: NoteReading?
    /// Whether its rules may refer to what other files define, so that it is read after these.
    let waited: Bool

    init(
      of key: Key, identity: FileIdentity? = nil, body: [UInt8]? = nil, companions: [CompanionAccess] = [],
      reading: Reading, note: NoteReading? = nil, waited: Bool = false
    ) {
      self.key = key
      self.identity = identity
      self.body = body
      self.companions = companions
      self.reading = reading
      self.note = note
      self.waited = waited
    }

    /// The same file with another note, or recognised by another identity.
    init(_ other: Entry, identity: FileIdentity?, note: NoteReading?) {
      key = other.key
      self.identity = identity
      body = other.body
      companions = other.companions
      reading = other.reading
      self.note = note
      waited = other.waited
    }

    /// A note file applies to all rules of the file beside it, and comes before the notes in their fields.
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

  /// Identifies a file by everything about its location that its reading contains.
  struct Key: Hashable, Sendable {
    var place: SystemPath
    var file: String
    var source: String

    init(_ file: FoundFile) { (place, self.file, source) = (file.place, file.path, file.source) }

    // Files that agree here rarely differ in the rest.
    func hash(into hasher: inout Hasher) { hasher.combine(source) }
  }

  /// A file with the rules that were made from it.
  struct File: Sendable {
    var entry: Entry
    /// One for each rule read from it, in the same order.
    var rules: [Rule]
  }

  /// In the order in which they were found.
  private(set) var files: [File] = []
  private(set) var keys = UniqueKeys()
  /// From the walk through the folders.
  private var diagnostics: [Diagnostic] = []
  /// Changes with each reading that found anything different from the one before.
  package private(set) var version = 0

  /// The fields that held notes in that reading.
  private var noteFields: [String] = []
  private var limits = ReadingLimits.standard
  /// The dialects and versions of the readers, in the order in which they were asked.
  private var readers: [String] = []

  package init() {}

  /// A rule's content depends on which of its fields hold notes, on the size limits, and on its reader.
  mutating func forget(unlessReadWith noteFields: [String], _ limits: ReadingLimits, _ readers: DialectReaders) {
    let readers = readers.all.map { "\($0.dialect.rawValue) \($0.version)" }
    if noteFields != self.noteFields || limits != self.limits || readers != self.readers { files = [] }
    (self.noteFields, self.limits, self.readers) = (noteFields, limits, readers)
  }

  /// - Parameters:
  ///   - diagnostics: from the walk through the folders.
  ///   - isChanged: whether anything was read that wasn't read before.
  mutating func replace(with new: [File], _ keys: UniqueKeys, diagnostics: [Diagnostic], isChanged: Bool) {
    // If nothing new was read, the same number of files means the same files.
    if isChanged || new.count != files.count || diagnostics != self.diagnostics { version += 1 }
    self.diagnostics = diagnostics
    self.keys = keys
    files = new
  }
}

/// Looks up what was read from files that are found again. Most are found in the same order.
struct KeptFiles {
  private let files: [KeptReadings.File]
  private var next = 0
  /// Built for the first file that isn't found in that order.
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
