import Diagnostics
import Documents
import Files
import RuleModel
import Sigma
import Text

/// How a dialect is told and read.
private struct DialectReader: Sendable {
  var recognises: @Sendable (Node) -> Bool
  /// - Parameter noteFields: fields of a rule that hold notes.
  var read: @Sendable (_ documents: [Node], RuleSource, _ noteFields: [String], ReadingLimits) -> Reading
}

/// The dialects, in the order in which they are asked: the first that recognises a document of a file reads it.
private let readers = [
  DialectReader(recognises: isSigma) { readSigma($0, from: $1, noteFields: $2, limits: $3) }
]

/// Reads all rules below the given paths, several files at a time. The result doesn't depend on the order of the work.
package func readCatalog(_ request: CatalogRequest) async -> RuleCollection {
  var kept = KeptReadings()
  return await readCatalog(request, keeping: &kept)
}

/// Reads all rules below the given paths, and of the files that were read before only those that changed since.
///
/// - Parameter kept: from the reading before; then what was read now.
package func readCatalog(_ request: CatalogRequest, keeping kept: inout KeptReadings) async -> RuleCollection {
  kept.forget(unlessReadWith: request.noteFields, request.limits)
  let roots = distinctRoots(of: request)
  let filter = PathFilter(include: request.include, exclude: request.exclude)
  var collection = RuleCollection(rules: [], files: [], diagnostics: roots.diagnostics)
  var work: [Work] = []
  for root in roots.kept {
    let prefix = request.prefix(of: root)
    let walk = FolderWalk(of: root.path, prefix: prefix, filter: filter)
    collection.diagnostics += walk.diagnostics
    collection.folders += walk.folders
    collection.sites += walk.sites
    if !prefix.isEmpty { collection.collectionNames.append(root.name) }
    work += walk.files.map { file in
      let key = KeptReadings.Key(place: file.place, file: file.path, source: file.source)
      return Work(
        file: file, note: walk.note(of: file), key: key, noteFields: request.noteFields,
        limits: request.limits, kept: kept.entry(of: key))
    }
  }
  let walkDiagnostics = collection.diagnostics
  let readings = await inParallel(work, jobs: request.jobs, read)
  collection.files.reserveCapacity(work.count)
  var drafts: [RuleDraft] = []
  drafts.reserveCapacity(work.count)
  for (work, (entry, _)) in zip(work, readings) {
    collection.files.append(RuleCollection.File(path: work.key.source, content: entry.reading.content))
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
  var noteFields: [String]
  var limits: ReadingLimits
  var kept: KeptReadings.Entry?
}

/// Reads one file and the note beside it, unless they are as they were. It is pure but for the files themselves, and runs on any
/// thread.
private func read(_ work: Work) -> (entry: KeptReadings.Entry, isChanged: Bool) {
  var (entry, isChanged) = readRules(work)
  entry.note = nil
  if let note = work.note, !entry.reading.rules.isEmpty {
    entry.note = NoteReading(of: note, limits: work.limits, unchangedSince: work.kept?.note)
  }
  return (entry, isChanged || entry.note != work.kept?.note)
}

private func readRules(_ work: Work) -> (entry: KeptReadings.Entry, isChanged: Bool) {
  if let kept = work.kept, let identity = kept.identity, FileIdentity(of: work.key.place) == identity {
    return (kept, false)
  }
  if let skipped = work.file.skipped {
    let reading = Reading(content: .notARule(reason: skipped))
    return (KeptReadings.Entry(reading: reading), work.kept?.reading.content != reading.content)
  }
  do throws(DocumentError) {
    let contents = try contents(of: work.file, limit: work.limits.fileBytes)
    if var kept = work.kept, kept.body == contents.bytes {
      kept.identity = contents.identity
      return (kept, false)
    }
    let reading = read(contents.bytes, of: work)
    return (KeptReadings.Entry(identity: contents.identity, body: contents.bytes, reading: reading), true)
  } catch {
    let reading = Reading(content: .broken, diagnostics: [error.diagnostic(in: work.file.holding(nil))])
    return (KeptReadings.Entry(reading: reading), work.kept?.reading.diagnostics != reading.diagnostics)
  }
}

private func read(_ body: [UInt8], of work: Work) -> Reading {
  let file = work.file.holding(body)
  do throws(DocumentError) {
    let text = try repairedText(body)
    let documents = try parseYAML(text.bytes, limits: work.limits.document)
    let faults = text.faults + parsingFaults(of: documents)
    var reading = reading(of: documents, RuleSource(in: file), work)
    // What is wrong with a file that holds no rule is nobody's concern here.
    if case .notARule = reading.content { return reading }
    reading.diagnostics += faults.map { $0.diagnostic(in: file) }
    return reading.givingFindingsToRules(documents: documents.map(\.position))
  } catch {
    return Reading(content: .broken, diagnostics: [error.diagnostic(in: file)])
  }
}

private func reading(of documents: [Node], _ source: RuleSource, _ work: Work) -> Reading {
  guard !documents.isEmpty else { return Reading(content: .notARule(reason: "empty")) }
  for reader in readers where documents.contains(where: reader.recognises) {
    return reader.read(documents, source, work.noteFields, work.limits)
  }
  return Reading(content: .notARule(reason: "of no known dialect"))
}

/// Leaves out a root that lies in another one, and so would be read twice.
private func distinctRoots(
  of request: CatalogRequest
) -> (kept: [CatalogRequest.Root], diagnostics: [Diagnostic]) {
  let roots = request.roots
  let paths = roots.map { root in (try? realPath(of: SystemPath(root.path)).text) ?? root.path }
  var kept: [CatalogRequest.Root] = []
  var diagnostics: [Diagnostic] = []
  for (index, root) in roots.enumerated() {
    let outer = roots.indices.first { other in
      other != index && (paths[index].hasPrefix(paths[other] + "/") || (paths[other] == paths[index] && other < index))
    }
    if let outer {
      let inner = paths[index].utf8.dropFirst(paths[outer].utf8.count).drop { $0 == UInt8(ascii: "/") }
      let source = inner.isEmpty ? lastPart(of: root.path) : String(decoding: inner, as: UTF8.self)
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
