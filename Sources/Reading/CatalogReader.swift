import Diagnostics
import DialectReading
import Documents
import Files
import RuleModel
import Text

/// Reads all rules below the given paths, several files at a time. The result doesn't depend on the order of the work.
package func readCatalog(_ request: CatalogRequest) async -> RuleCollection {
  var kept = KeptReadings()
  return await readCatalog(request, keeping: &kept)
}

/// Like ``readCatalog(_:)``, but of the files that were read before, rereads only those that have changed.
///
/// - Parameter kept: what the previous reading kept; afterwards, what this one keeps.
package func readCatalog(_ request: CatalogRequest, keeping kept: inout KeptReadings) async -> RuleCollection {
  kept.forget(unlessReadWith: request.noteFields, request.limits, request.readers)
  let roots = distinctRoots(of: request)
  let filter = PathFilter(include: request.include, exclude: request.exclude)
  var collection = RuleCollection(readers: request.readers, rules: [], files: [], diagnostics: roots.diagnostics)
  var work: [Work] = []
  var known = KeptFiles(kept)
  for root in roots.kept {
    let prefix = request.prefix(of: root)
    let walk = FolderWalk(of: root.path, prefix: prefix, filter: filter, readers: request.readers)
    let place = ReadPlace(request, CompanionFolder(walk.files, limit: request.limits.fileBytes))
    collection.diagnostics += walk.diagnostics
    collection.folders += walk.folders
    collection.sites += walk.sites
    if !prefix.isEmpty { collection.collectionNames.append(root.name) }
    work.reserveCapacity(work.count + walk.files.count)
    for file in walk.files {
      work.append(
        Work(file: file, note: walk.note(of: file), place: place, kept: known.file(KeptReadings.Key(file))))
    }
  }
  let walkDiagnostics = collection.diagnostics
  let (readings, findings) = await read(work, jobs: request.jobs)
  collection.diagnostics += findings
  collection.files.reserveCapacity(work.count)
  let companions = Set(
    zip(work, readings).lazy.flatMap { work, reading in
      reading.entry.companions.compactMap { work.place.companions.source(of: $0) }
    })
  for (entry, _) in readings {
    var file = RuleCollection.File(path: entry.key.source, content: entry.reading.content)
    if case .notARule = file.content, companions.contains(file.path) { file.content = .companion }
    collection.files.append(file)
    collection.diagnostics += entry.reading.diagnostics
  }
  let (files, keys) = withRules(readings.map(\.entry), work.map(\.kept), kept.keys)
  kept.replace(with: files, keys, diagnostics: walkDiagnostics, isChanged: readings.contains(where: \.isChanged))
  let rules = files.flatMap(\.rules)
  collection.rules = keys.order.map { rules[$0] }
  return collection
}

/// Builds the rules from what was read. The rules of an unchanged file stay the same objects unless their keys have
/// changed, so that what is known about a single rule carries over to the next catalog.
///
/// - Parameters:
///   - kept: what was known about each file; nil for a new one.
///   - keys: the keys of the last reading.
private func withRules(
  _ entries: [KeptReadings.Entry], _ kept: [KeptReadings.File?], _ keys: UniqueKeys
) -> (files: [KeptReadings.File], keys: UniqueKeys) {
  var parts: [KeyParts] = []
  parts.reserveCapacity(keys.parts.count)
  let drafts = zip(entries, kept).map { entry, kept in kept?.entry === entry ? nil : entry.rules }
  for (place, entry) in entries.enumerated() {
    // Keys don't depend on notes.
    for rule in drafts[place] ?? entry.reading.rules { parts.append(KeyParts(of: rule)) }
  }
  let keys = keys.parts == parts ? keys : UniqueKeys(of: parts)
  var next = 0
  let files = entries.indices.map { place in
    let entry = entries[place]
    let own = keys.keys[next..<next + entry.reading.rules.count]
    next = own.endIndex
    if let kept = kept[place], kept.entry === entry, zip(kept.rules, own).allSatisfy({ $0.key == $1 }) { return kept }
    return KeptReadings.File(entry: entry, rules: zip(drafts[place] ?? entry.rules, own).map { Rule($0, key: $1) })
  }
  return (files, keys)
}

/// What reading any file below one root depends on.
private final class ReadPlace: Sendable {
  let request: CatalogRequest
  let companions: CompanionFolder

  init(_ request: CatalogRequest, _ companions: CompanionFolder) {
    (self.request, self.companions) = (request, companions)
  }
}

/// A file to read, and what is known about it from the last time.
private struct Work: Sendable {
  var file: FoundFile
  /// The note beside it.
  var note: FoundFile?
  var place: ReadPlace
  var kept: KeptReadings.File?
  /// Whether its reader asked for other files that have since changed.
  var isOutdated = false
  /// What the files below its root define by name, as far as they have been read.
  var index = CompanionIndex()
  /// The file's contents, if they have been read.
  var contents: FileContents?
  /// Whether it is known that the file is the same as the last time.
  var isUnchanged = false
  /// Whether what other files define can't be known yet.
  var isFirstPass = false

  var limits: ReadingLimits { place.request.limits }
}

private typealias FileReading = (entry: KeptReadings.Entry, isChanged: Bool)

/// Reads files, and then those whose rules refer to what any of the others define.
///
/// - Returns: what was read from each, and what is wrong with the definitions.
private func read(_ work: [Work], jobs: Int) async -> (readings: [FileReading], findings: [Diagnostic]) {
  var work = work
  markOutdated(&work, Array(work.indices)) { !$0.isOfName }
  let first = await inParallel(work, jobs: jobs, readUnlessItWaits)
  var indices: [ObjectIdentifier: CompanionIndex] = [:]
  var waiting: [Int] = []
  for (place, reading) in first.enumerated() {
    let definitions: [Companion]
    switch reading {
    case .done(let entry, _): definitions = entry.reading.companions
    case .waits(let contents, let found):
      definitions = found
      work[place].contents = contents
      work[place].isUnchanged = contents == nil
      waiting.append(place)
    }
    guard !definitions.isEmpty else { continue }
    indices[ObjectIdentifier(work[place].place), default: CompanionIndex()].add(definitions, in: work[place].file)
  }
  for place in waiting {
    if let index = indices[ObjectIdentifier(work[place].place)] { work[place].index = index }
  }
  markOutdated(&work, waiting) { $0.isOfName }
  let last = await inParallel(waiting.map { work[$0] }, jobs: jobs, readNow)
  var readings: [FileReading?] = first.map {
    if case .done(let entry, let isChanged) = $0 { (entry, isChanged) } else { nil }
  }
  for (place, reading) in zip(waiting, last) { readings[place] = reading }
  let findings = indices.values.flatMap(\.diagnostics)
  return (readings.compactMap(\.self), findings.sorted { $0.location < $1.location })
}

/// Marks the files whose companions have changed. Each companion is looked up once, however many files ask for it.
///
/// - Parameter isAsked: whether the answer to a question can be known yet.
private func markOutdated(
  _ work: inout [Work], _ places: [Int], isAsked: (CompanionAccess.Question) -> Bool
) {
  struct Asked: Hashable {
    var place: ObjectIdentifier
    var question: CompanionAccess.Question
  }
  var now: [Asked: UInt64] = [:]
  for index in places {
    guard !work[index].isOutdated, let accesses = work[index].kept?.entry.companions, !accesses.isEmpty else {
      continue
    }
    let (place, companions) = (work[index].place, work[index].companions)
    work[index].isOutdated = !accesses.allSatisfy { access in
      guard isAsked(access.question) else { return true }
      let asked = Asked(place: ObjectIdentifier(place), question: access.question)
      let digest = now[asked] ?? CompanionAccess(access.question, of: companions).digest
      now[asked] = digest
      return digest == access.digest
    }
  }
}

extension CompanionAccess.Question {
  fileprivate var isOfName: Bool { if case .named = self { true } else { false } }
}

extension KeptReadings.Entry {
  /// Whether a file is the one that was read, and hasn't changed since.
  fileprivate func isSame(as file: FoundFile) -> Bool { identity.map { FileIdentity(of: file.place) == $0 } ?? false }
}

extension Work {
  fileprivate var companions: Companions { place.companions.companions(index) }
}

/// What the first pass over the files leaves.
private enum FirstReading: Sendable {
  case done(KeptReadings.Entry, isChanged: Bool)
  /// Its rules may refer to what other files define, so that it is read after these.
  ///
  /// - Parameters:
  ///   - contents: nil if it hasn't changed.
  ///   - definitions: what it defines itself.
  case waits(FileContents?, definitions: [Companion])
}

/// Reads a file unless it has to wait for others.
private func readUnlessItWaits(_ work: Work) -> FirstReading {
  func now(_ work: Work) -> FirstReading {
    let (entry, isChanged) = readNow(work)
    return .done(entry, isChanged: isChanged)
  }
  let kept = work.isOutdated ? nil : work.kept?.entry
  var work = work
  work.isUnchanged = kept.map { $0.isSame(as: work.file) } ?? false
  if let kept, work.isUnchanged { return kept.waited ? .waits(nil, definitions: kept.reading.companions) : now(work) }
  guard work.file.skipped == nil,
    let contents = try? contents(of: work.file, limit: work.limits.fileBytes)
  else { return now(work) }
  let readers = work.place.request.readers
  if kept.map({ $0.waited && $0.body == contents.bytes }) ?? false {
    return .waits(contents, definitions: kept?.reading.companions ?? [])
  }
  if readers.definesNothing(contents.bytes, at: work.file.path) { return .waits(contents, definitions: []) }
  (work.contents, work.isFirstPass) = (contents, true)
  let (entry, isChanged) = readNow(work)
  return entry.waited
    ? .waits(contents, definitions: entry.reading.companions) : .done(entry, isChanged: isChanged)
}

/// Reads one file and the note beside it, unless neither has changed. Apart from the files themselves, it depends on
/// nothing else and can run on any thread.
private func readNow(_ work: Work) -> FileReading {
  let kept = work.isOutdated ? nil : work.kept?.entry
  let (entry, isChanged) = readRules(work, kept)
  var note: NoteReading?
  if let file = work.note, !entry.reading.rules.isEmpty {
    note = NoteReading(of: file, limits: work.limits, unchangedSince: kept?.note)
  }
  if note == entry.note { return (entry, isChanged) }
  return (KeptReadings.Entry(entry, identity: entry.identity, note: note), true)
}

/// - Parameter kept: what was kept of this file and can still be valid.
/// - Returns: the entry, with the note that was known, if any.
private func readRules(_ work: Work, _ kept: KeptReadings.Entry?) -> (entry: KeptReadings.Entry, isChanged: Bool) {
  if let kept, work.isUnchanged || work.contents == nil && kept.isSame(as: work.file) { return (kept, false) }
  let key = KeptReadings.Key(work.file)
  func entry(of reading: Reading) -> KeptReadings.Entry { KeptReadings.Entry(of: key, reading: reading) }
  if let skipped = work.file.skipped {
    let reading = Reading(content: .notARule(reason: skipped))
    if let kept, kept.body == nil, kept.reading.content == reading.content { return (kept, false) }
    return (entry(of: reading), kept?.reading.content != reading.content)
  }
  do throws(DocumentError) {
    let contents =
      if let known = work.contents { known } else { try contents(of: work.file, limit: work.limits.fileBytes) }
    if let kept, kept.body == contents.bytes {
      let isSame = kept.identity == contents.identity
      return (isSame ? kept : KeptReadings.Entry(kept, identity: contents.identity, note: kept.note), false)
    }
    let (reading, companions, waited) = read(contents.bytes, of: work)
    return (
      KeptReadings.Entry(
        of: key, identity: contents.identity, body: contents.bytes, companions: companions, reading: reading,
        note: kept?.note, waited: waited), true
    )
  } catch {
    let reading = Reading(content: .broken, diagnostics: [error.diagnostic(in: work.file.holding(nil))])
    return (entry(of: reading), kept?.reading.diagnostics != reading.diagnostics)
  }
}

/// - Returns: what was read, what it depends on besides the file, and whether its rules may refer to what other files
///   define. In the first pass such rules aren't read.
private func read(_ body: [UInt8], of work: Work) -> (Reading, [CompanionAccess], waited: Bool) {
  let file = work.file.holding(body)
  let context = DialectContext(
    noteFields: work.place.request.noteFields, limits: work.limits, path: work.file.relativePath,
    companions: work.companions)
  do throws(DocumentError) {
    let document = try SourceDocument(file, limits: work.limits)
    guard let reader = work.place.request.readers.reader(recognising: document) else {
      let definitions = work.place.request.readers.definitions(in: document)
      if !definitions.isEmpty {
        let faults = document.faults.map { $0.diagnostic(in: file) }.filter { $0.severity == .error }
        return (Reading(content: .companion, diagnostics: faults, companions: definitions), [], false)
      }
      if let failure = document.failure { throw failure }
      return (Reading(content: .notARule(reason: document.isEmpty ? "empty" : "of no known dialect")), [], false)
    }
    let definitions = reader.companions?.definitions(document) ?? []
    let waits = reader.companions != nil
    if waits, work.isFirstPass { return (Reading(content: .rules, companions: definitions), [], true) }
    var reading = reader.read(document, context)
    reading.companions = definitions
    // Faults in a file without rules aren't reported.
    if case .notARule = reading.content { return (reading, context.accesses, waits) }
    reading.diagnostics += document.faults.map { $0.diagnostic(in: file) }
    return (reading.givingFindingsToRules(documents: document.starts), context.accesses, waits)
  } catch {
    return (Reading(content: .broken, diagnostics: [error.diagnostic(in: file)]), context.accesses, false)
  }
}

/// Leaves out a root that lies inside another one, since its files would be read twice.
private func distinctRoots(
  of request: CatalogRequest
) -> (kept: [CatalogRequest.Root], diagnostics: [Diagnostic]) {
  let roots = request.roots
  let paths = roots.map { resolvedPath($0.path) }
  var kept: [CatalogRequest.Root] = []
  var diagnostics: [Diagnostic] = []
  for (index, root) in roots.enumerated() {
    let outer = roots.indices.first { other in
      other != index
        && (relativePath(of: paths[index], below: paths[other]) != nil
          || (paths[other] == paths[index] && other < index))
    }
    if let outer {
      let source = relativePath(of: paths[index], below: paths[outer]) ?? lastPart(of: root.path)
      let file = SourceFile(path: root.path, source: request.prefix(of: roots[outer]) + source)
      diagnostics.append(
        Diagnostic(
          .configuration, at: SourceLocation(file), severity: .warning,
          "the path lies in '\(roots[outer].path)' and is read there; leave it out"))
    } else {
      kept.append(root)
    }
  }
  return (kept, diagnostics)
}
