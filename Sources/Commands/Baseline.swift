import Analysis
import Diagnostics
import Files
import Reading

/// Rules of others, such as a checkout of SigmaHQ's, that a review looks for candidates in.
struct Baseline: Sendable {
  var paths: [String]
  var index: CatalogIndex
  /// Folders that are left out, as they hold a site. What is wrong with single rules isn't reported: they are others'.
  var notes: [Diagnostic]

  /// - Throws: where a path can't be read, or no rule is found.
  init(_ paths: [String], _ knowledge: Knowledge, jobs: Int) async throws(InputError) {
    let missing = paths.filter { !exists($0) }
    guard missing.isEmpty else {
      throw InputError(
        missing.map {
          Diagnostic(
            .fileUnreadable, at: SourceLocation(path: $0), "there is no such file or folder; check the baseline")
        })
    }
    let roots = paths.map { CatalogRequest.Root(path: $0) }
    let collection = await readCatalog(CatalogRequest(roots: roots, include: [], exclude: [], jobs: jobs))
    guard !collection.rules.isEmpty else {
      throw InputError(
        collection.sites + [
          Diagnostic(
            .fileUnreadable, at: SourceLocation(path: paths.joined(separator: ", ")),
            "no rule was found there; check the baseline")
        ])
    }
    self.paths = paths
    notes = collection.sites
    index = await CatalogIndex(
      of: collection.rules, attack: knowledge.attack, events: knowledge.events, fields: knowledge.fields,
      jobs: jobs)
  }
}
