import Diagnostics
import Documents
import Parallel
import RuleModel
import SigmaRules

/// How a dialect is told and read.
private struct DialectReader: Sendable {
  var recognises: @Sendable (Node) -> Bool
  var read: @Sendable ([Node], RuleSource) -> Reading
}

/// The dialects, in the order in which they are asked: the first that recognises a document of a file reads it.
private let readers = [
  DialectReader(recognises: isSigma, read: readSigma)
]

/// Reads all rules below the given paths, several files at a time. The result doesn't depend on the order of the work.
package func readCatalog(_ request: CatalogRequest) async -> RuleCollection {
  let roots = distinct(request.roots)
  let filter = PathFilter(include: request.include, exclude: request.exclude)
  var diagnostics = roots.diagnostics
  var prefixes: [(path: String, prefix: String)] = []
  var work: [(file: FoundFile, source: String)] = []
  for root in roots.kept {
    let walk = FolderWalk(of: root.path, filter: filter)
    diagnostics += walk.diagnostics
    let prefix = request.roots.count > 1 ? root.name + "/" : ""
    prefixes.append((root.path, prefix))
    work += walk.files.map { ($0, prefix + $0.relativePath) }
  }
  let readings = await inParallel(work, jobs: request.jobs) { read($0.file, source: $0.source) }
  var collection = RuleCollection(rules: [], files: [], diagnostics: diagnostics, roots: prefixes)
  collection.files.reserveCapacity(work.count)
  for ((_, source), reading) in zip(work, readings) {
    collection.files.append(RuleCollection.File(path: source, content: reading.content))
    collection.diagnostics += reading.diagnostics
    collection.rules += reading.rules
  }
  collection.rules = withUniqueKeys(collection.rules)
  return collection
}

/// Reads one file. It is pure but for the file itself, and runs on any thread.
private func read(_ file: FoundFile, source: String) -> Reading {
  if let skipped = file.skipped { return Reading(content: .notARule(reason: skipped)) }
  do throws(DocumentError) {
    let body = try bytes(of: file)
    let text = try repairedText(body)
    let documents = try parseYAML(text.bytes)
    let faults = text.faults + parsingFaults(of: documents)
    var reading = reading(of: documents, RuleSource(path: source, file: file.path, body: body))
    // What is wrong with a file that holds no rule is nobody's concern here.
    if case .notARule = reading.content { return reading }
    reading.diagnostics += faults.map { $0.diagnostic(in: file.path) }
    return reading
  } catch {
    return Reading(content: .broken, diagnostics: [error.diagnostic(in: file.path)])
  }
}

private func reading(of documents: [Node], _ source: RuleSource) -> Reading {
  guard !documents.isEmpty else { return Reading(content: .notARule(reason: "empty")) }
  for reader in readers where documents.contains(where: reader.recognises) { return reader.read(documents, source) }
  return Reading(content: .notARule(reason: "of no known dialect"))
}

/// Leaves out a root that lies in another one, and so would be read twice.
private func distinct(_ roots: [CatalogRequest.Root]) -> (kept: [CatalogRequest.Root], diagnostics: [Diagnostic]) {
  let paths = roots.map { realPath($0.path) ?? $0.path }
  var kept: [CatalogRequest.Root] = []
  var diagnostics: [Diagnostic] = []
  for (index, root) in roots.enumerated() {
    let outer = roots.indices.first { other in
      other != index && (paths[index].hasPrefix(paths[other] + "/") || (paths[other] == paths[index] && other < index))
    }
    if let outer {
      diagnostics.append(
        Diagnostic(
          .configuration, at: SourceLocation(path: root.path), severity: .warning,
          "the path lies in '\(roots[outer].path)' and is read there; leave it out"))
    } else {
      kept.append(root)
    }
  }
  return (kept, diagnostics)
}
