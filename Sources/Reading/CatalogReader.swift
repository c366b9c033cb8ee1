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
  markUnchanged(&work)
  let readings = await inParallel(work, jobs: request.jobs, read)
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

  var limits: ReadingLimits { place.request.limits }
}

/// Marks the files whose companions have changed. Each companion is looked up once, however many files ask for it.
private func markUnchanged(_ work: inout [Work]) {
  struct Asked: Hashable {
    var place: ObjectIdentifier
    var question: CompanionAccess.Question
  }
  var now: [Asked: UInt64] = [:]
  for index in work.indices {
    guard let accesses = work[index].kept?.entry.companions, !accesses.isEmpty else { continue }
    let place = work[index].place
    work[index].isOutdated = !accesses.allSatisfy { access in
      let asked = Asked(place: ObjectIdentifier(place), question: access.question)
      let digest = now[asked] ?? CompanionAccess(access.question, of: place.companions.companions).digest
      now[asked] = digest
      return digest == access.digest
    }
  }
}

/// Reads one file and the note beside it, unless neither has changed. Apart from the files themselves, it depends on
/// nothing else and can run on any thread.
private func read(_ work: Work) -> (entry: KeptReadings.Entry, isChanged: Bool) {
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
  if let kept, let identity = kept.identity, FileIdentity(of: work.file.place) == identity { return (kept, false) }
  let key = KeptReadings.Key(work.file)
  func entry(of reading: Reading) -> KeptReadings.Entry { KeptReadings.Entry(of: key, reading: reading) }
  if let skipped = work.file.skipped {
    let reading = Reading(content: .notARule(reason: skipped))
    if let kept, kept.body == nil, kept.reading.content == reading.content { return (kept, false) }
    return (entry(of: reading), kept?.reading.content != reading.content)
  }
  do throws(DocumentError) {
    let contents = try contents(of: work.file, limit: work.limits.fileBytes)
    if let kept, kept.body == contents.bytes {
      let isSame = kept.identity == contents.identity
      return (isSame ? kept : KeptReadings.Entry(kept, identity: contents.identity, note: kept.note), false)
    }
    let (reading, companions) = read(contents.bytes, of: work)
    return (
      KeptReadings.Entry(
        of: key, identity: contents.identity, body: contents.bytes, companions: companions, reading: reading,
        note: kept?.note), true
    )
  } catch {
    let reading = Reading(content: .broken, diagnostics: [error.diagnostic(in: work.file.holding(nil))])
    return (entry(of: reading), kept?.reading.diagnostics != reading.diagnostics)
  }
}

/// - Returns: what was read, and what it depends on besides the file.
private func read(_ body: [UInt8], of work: Work) -> (Reading, [CompanionAccess]) {
  let file = work.file.holding(body)
  let context = DialectContext(
    noteFields: work.place.request.noteFields, limits: work.limits, path: work.file.relativePath,
    companions: work.place.companions.companions)
  do throws(DocumentError) {
    let document = try SourceDocument(file, limits: work.limits)
    guard let reader = work.place.request.readers.reader(recognising: document) else {
      if let failure = document.failure { throw failure }
      return (Reading(content: .notARule(reason: document.isEmpty ? "empty" : "of no known dialect")), [])
    }
    var reading = reader.read(document, context)
    // Faults in a file without rules aren't reported.
    if case .notARule = reading.content { return (reading, context.accesses) }
    reading.diagnostics += document.faults.map { $0.diagnostic(in: file) }
    return (reading.givingFindingsToRules(documents: document.starts), context.accesses)
  } catch {
    return (Reading(content: .broken, diagnostics: [error.diagnostic(in: file)]), context.accesses)
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
