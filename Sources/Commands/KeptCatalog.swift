import Analysis
import Checks
import Diagnostics
import Files
import Reading
import RuleModel

/// Data already read and computed, so that doing it again costs no more than what changed.
struct KeptCatalog: Sendable {
  /// Knowledge, and the files it was made from.
  struct KnownFiles: Sendable {
    var files: KnowledgeFiles
    var knowledge: Knowledge
    /// Problems in the user's files that don't prevent them from being used.
    var warnings: [Diagnostic] = []

    /// - Throws: all problems that prevent the files from being used.
    init(_ files: KnowledgeFiles) throws(InputError) {
      self.files = files
      knowledge = try Knowledge(files, warnings: &warnings)
    }
  }

  /// What an index depends on.
  private struct Basis: Equatable {
    var readings: Int
    var knowledge: KnowledgeFiles
    var notes: NamedNotes
    /// ``KeptPictures/version``.
    var pictures: Int
    /// What was found while reading, in folders of notes too.
    var findings: [Diagnostic]
    var configuration: Configuration
  }

  var readings = KeptReadings()
  private(set) var pictures = KeptPictures()
  /// As last read, whether or not the rest could be read.
  var configuration: Configuration?
  /// The folders that were searched for rules.
  var folders: [SystemPath] = []
  /// The notes on sites that were skipped.
  var sites: [Diagnostic] = []
  private(set) var knowledge: KnownFiles?
  private var last: (basis: Basis, catalog: LoadedCatalog)?
  /// A number that changes with the catalog.
  private(set) var version = 0

  /// The catalog for what was read, analyzed again only if something changed.
  ///
  /// - Parameter folders: those that contain the notes.
  mutating func catalog(
    of collection: RuleCollection, _ known: KnownFiles, _ notes: NamedNotes,
    _ configuration: Configuration, in folders: [PictureFolder], jobs: Int
  ) async -> LoadedCatalog {
    let ownNotes = collection.rules.lazy.filter { !$0.notes.isEmpty }.flatMap(\.notes)
    let shown = await pictures.read(
      of: Array(ownNotes) + notes.techniques.values + notes.events.values, in: folders,
      limit: configuration.limits.pictureBytes, jobs: jobs)
    let basis = Basis(
      readings: readings.version, knowledge: known.files, notes: notes, pictures: pictures.version,
      findings: collection.diagnostics, configuration: configuration)
    knowledge = known
    if let last, last.basis == basis { return last.catalog }
    let index = await CatalogIndex(
      of: collection.rules, attack: known.knowledge.attack, events: known.knowledge.events,
      fields: known.knowledge.fields, counted: configuration.counted, notes: notes, pictures: shown,
      after: last.flatMap { $0.basis.knowledge == known.files ? $0.catalog.index : nil }, jobs: jobs)
    var collection = collection
    let checked = CatalogFindings(
      in: index, events: known.knowledge.events, fields: known.knowledge.fields, settings: configuration.checks)
    collection.diagnostics = configuration.checks.applied(to: collection.diagnostics) + checked.ofNotes
    let catalog = LoadedCatalog(
      configuration: configuration, collection: collection, knowledge: known.knowledge,
      knowledgeWarnings: configuration.checks.appliedExceptToErrors(in: known.warnings), index: index, checked: checked)
    last = (basis, catalog)
    version += 1
    return catalog
  }
}
