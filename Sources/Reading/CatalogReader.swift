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

/// Reads all rules below the given paths, and of the files that were read before only those that changed since.
///
/// - Parameter kept: from the reading before; then what was read now.
package func readCatalog(_ request: CatalogRequest, keeping kept: inout KeptReadings) async -> RuleCollection {
  kept.forget(unlessReadWith: request.noteFields, request.limits, request.readers)
  let roots = distinctRoots(of: request)
  let filter = PathFilter(include: request.include, exclude: request.exclude)
  var collection = RuleCollection(readers: request.readers, rules: [], files: [], diagnostics: roots.diagnostics)
  var work: [Work] = []
  for root in roots.kept {
    let prefix = request.prefix(of: root)
    let walk = FolderWalk(of: root.path, prefix: prefix, filter: filter, readers: request.readers)
    let companions = CompanionFolder(walk.files, limit: request.limits.fileBytes)
    collection.diagnostics += walk.diagnostics
    collection.folders += walk.folders
    collection.sites += walk.sites
    if !prefix.isEmpty { collection.collectionNames.append(root.name) }
    work += walk.files.map { file in
      let key = KeptReadings.Key(place: file.place, file: file.path, source: file.source)
      return Work(
        file: file, note: walk.note(of: file), key: key, companions: companions, kept: kept.entry(of: key))
    }
  }
  let walkDiagnostics = collection.diagnostics
  markUnchanged(&work)
  let readings = await inParallel(work, jobs: request.jobs) { read($0, request) }
  collection.files.reserveCapacity(work.count)
  var drafts: [RuleDraft] = []
  drafts.reserveCapacity(work.count)
  let companions = Set(
    zip(work, readings).lazy.flatMap { work, reading in
      reading.entry.companions.compactMap { work.companions.source(of: $0) }
    })
  for (work, (entry, _)) in zip(work, readings) {
    var file = RuleCollection.File(path: work.key.source, content: entry.reading.content)
    if case .notARule = file.content, companions.contains(file.path) { file.content = .companion }
    collection.files.append(file)
    collection.diagnostics += entry.reading.diagnostics
    drafts += entry.rules
  }
  kept.replace(
    with: zip(work, readings).map { ($0.key, $1.entry) }, diagnostics: walkDiagnostics,
    isChanged: readings.contains(where: \.isChanged))
  collection.rules = withUniqueKeys(drafts)
  return collection
}

/// A file to be read, and what is known of it from the last time.
private struct Work: Sendable {
  var file: FoundFile
  /// The note beside it.
  var note: FoundFile?
  var key: KeptReadings.Key
  var companions: CompanionFolder
  var kept: KeptReadings.Entry?
}

/// Forgets what was read with companions that are others now. Each is looked into once, however many files ask for it.
private func markUnchanged(_ work: inout [Work]) {
  struct Asked: Hashable {
    var folder: ObjectIdentifier
    var question: CompanionAccess.Question
  }
  var now: [Asked: UInt64] = [:]
  for index in work.indices {
    let companions = work[index].companions
    let isSame = work[index].kept?.companions.allSatisfy { access in
      let asked = Asked(folder: ObjectIdentifier(companions), question: access.question)
      let digest = now[asked] ?? CompanionAccess(access.question, of: companions.companions).digest
      now[asked] = digest
      return digest == access.digest
    }
    if isSame == false { work[index].kept = nil }
  }
}

/// Reads one file and the note beside it, unless they are as they were. It is pure but for the files themselves, and runs on any
/// thread.
private func read(_ work: Work, _ request: CatalogRequest) -> (entry: KeptReadings.Entry, isChanged: Bool) {
  var (entry, isChanged) = readRules(work, request)
  entry.note = nil
  if let note = work.note, !entry.reading.rules.isEmpty {
    entry.note = NoteReading(of: note, limits: request.limits, unchangedSince: work.kept?.note)
  }
  return (entry, isChanged || entry.note != work.kept?.note)
}

private func readRules(_ work: Work, _ request: CatalogRequest) -> (entry: KeptReadings.Entry, isChanged: Bool) {
  if let kept = work.kept, let identity = kept.identity, FileIdentity(of: work.key.place) == identity {
    return (kept, false)
  }
  if let skipped = work.file.skipped {
    let reading = Reading(content: .notARule(reason: skipped))
    return (KeptReadings.Entry(reading: reading), work.kept?.reading.content != reading.content)
  }
  do throws(DocumentError) {
    let contents = try contents(of: work.file, limit: request.limits.fileBytes)
    if var kept = work.kept, kept.body == contents.bytes {
      kept.identity = contents.identity
      return (kept, false)
    }
    let (reading, companions) = read(contents.bytes, of: work, request)
    return (
      KeptReadings.Entry(
        identity: contents.identity, body: contents.bytes, companions: companions, reading: reading), true
    )
  } catch {
    let reading = Reading(content: .broken, diagnostics: [error.diagnostic(in: work.file.holding(nil))])
    return (KeptReadings.Entry(reading: reading), work.kept?.reading.diagnostics != reading.diagnostics)
  }
}

/// - Returns: what was found, and what it depends on beside the file.
private func read(_ body: [UInt8], of work: Work, _ request: CatalogRequest) -> (Reading, [CompanionAccess]) {
  let file = work.file.holding(body)
  let context = DialectContext(
    noteFields: request.noteFields, limits: request.limits, path: work.file.relativePath,
    companions: work.companions.companions)
  do throws(DocumentError) {
    let document = try SourceDocument(file, limits: request.limits)
    guard let reader = request.readers.reader(recognising: document) else {
      if let failure = document.failure { throw failure }
      return (Reading(content: .notARule(reason: document.isEmpty ? "empty" : "of no known dialect")), [])
    }
    var reading = reader.read(document, context)
    // What is wrong with a file that holds no rule is nobody's concern here.
    if case .notARule = reading.content { return (reading, context.accesses) }
    reading.diagnostics += document.faults.map { $0.diagnostic(in: file) }
    return (reading.givingFindingsToRules(documents: document.starts), context.accesses)
  } catch {
    return (Reading(content: .broken, diagnostics: [error.diagnostic(in: file)]), context.accesses)
  }
}

/// Leaves out a root that lies in another one, and so would be read twice.
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
