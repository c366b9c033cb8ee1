import Analysis
import Diagnostics
import Files
import Reading

/// Other people's rules, such as a checkout of SigmaHQ's, in which a review looks for candidates.
struct Baseline: Sendable {
  var paths: [String]
  var index: CatalogIndex
  /// Folders that are skipped because they contain a site. Problems in single rules aren't reported, since the rules
  /// are other people's.
  var notes: [Diagnostic]

  /// - Throws: if a path can't be read, or no rule is found.
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
