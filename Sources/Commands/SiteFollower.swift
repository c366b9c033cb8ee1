import Diagnostics
import Files
import Preview
import Reading

/// Keeps the served site up to date with its input files, and reports problems in them.
struct SiteFollower: Sendable {
  private var source: SiteSource
  private let state: PreviewState
  private let terminal: Terminal
  /// The site being served: the last one that could be made without losing a file.
  private var shown: (site: PreparedSite, version: Int)?
  /// What has already been reported on the terminal.
  private var reported: Set<Diagnostic> = []
  /// Errors that were there when serving began, or since: pages don't speak of them until they come back. What makes a
  /// file unreadable isn't among them.
  private var known: Set<Diagnostic> = []

  init(_ source: SiteSource, _ state: PreviewState, _ terminal: Terminal) {
    (self.source, self.state, self.terminal) = (source, state, terminal)
  }

  /// Serves the first site.
  ///
  /// - Throws: if the site can't be made.
  mutating func start() async throws(InputError) {
    let site = try await source.site(terminal: terminal)
    terminal.endProgress()
    await show(site)
    known = errors(in: site).subtracting(unreadable(in: site))
    printFindings(site.catalog.diagnostics)
  }

  /// Follows changes until the task is cancelled.
  ///
  /// - Throws: if changes can't be watched.
  mutating func follow() async throws(InputError) {
    do throws(FileError) {
      var watch = try FileWatch()
      while !Task.isCancelled {
        // Changes before a place was watched went unnoticed, so check for them.
        while try watch.add(source.places) { await refresh() }
        await watch.waitForChange()
        await refresh()
      }
    } catch {
      throw InputError(
        .fileUnreadable, at: ".",
        "changes can't be watched: \(error.reason); raise fs.inotify.max_user_watches or max_user_instances (sysctl)")
    }
  }

  private mutating func refresh() async {
    let clock = ContinuousClock()
    let start = clock.now
    do throws(InputError) {
      let site = try await source.site(terminal: terminal)
      terminal.endProgress()
      if source.version == shown?.version, let site = shown?.site {
        return await state.report(fault: fault(of: errors(in: site)))
      }
      let faults = lost(in: site) + source.errors
      if faults.isEmpty { await show(site) }
      printFindings(site.catalog.diagnostics)
      guard faults.isEmpty else { return await state.report(fault: PreviewFault(isStale: true, faults)) }
      let errors = errors(in: site)
      known.formIntersection(errors)
      await state.report(fault: fault(of: errors))
      terminal.note("Changed: \(site.catalog.index.rules.count) rules, \(secondsText(clock.now - start))")
    } catch {
      terminal.endProgress()
      printFindings(error.diagnostics.sorted())
      await state.report(fault: PreviewFault(isStale: true, error.diagnostics.sorted()))
    }
  }

  /// Shows a site at once; errors of rules, which take longer to find, are said afterwards.
  private mutating func show(_ site: PreparedSite) async {
    let jobs = source.jobs
    let unreadable = unreadable(in: site)
    await state.show(fault: unreadable.isEmpty ? nil : PreviewFault(isStale: false, unreadable.sorted())) {
      site.ruleFile(at: $0)?.bytes
    } others: {
      Dictionary(await site.otherFiles(jobs: jobs).map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    }
    // Replaced only now, because freeing the previous site takes long and must not delay the update.
    shown = (site, source.version)
  }

  /// Problems in files that can't be read now but could be before, or that are new: their rules would be missing.
  private func lost(in site: PreparedSite) -> [Diagnostic] {
    let files = brokenFiles(of: site).subtracting(shown.map { brokenFiles(of: $0.site) } ?? [])
    return files.isEmpty ? [] : findings(in: files, of: site).sorted()
  }

  private func brokenFiles(of site: PreparedSite) -> Set<String> {
    Set(site.catalog.collection.files.lazy.filter { $0.content == .broken }.map(\.path))
  }

  private func findings(in files: Set<String>, of site: PreparedSite) -> Set<Diagnostic> {
    Set(
      site.catalog.collection.diagnostics.filter { files.contains($0.location.file.source) })
  }

  /// What is wrong with files that can't be read, however severe the configuration makes it: their rules are missing.
  private func unreadable(in site: PreparedSite) -> Set<Diagnostic> { findings(in: brokenFiles(of: site), of: site) }

  /// Errors, and what makes a file unreadable.
  private func errors(in site: PreparedSite) -> Set<Diagnostic> {
    unreadable(in: site).union(site.catalog.reported.lazy.filter { $0.severity == .error })
  }

  /// What pages of a site say of its errors: those that weren't there when serving began, and files whose rules are
  /// missing.
  private func fault(of errors: Set<Diagnostic>) -> PreviewFault? {
    let new = errors.subtracting(known)
    return new.isEmpty ? nil : PreviewFault(isStale: false, new.sorted())
  }

  /// Reports new findings. A fixed one is reported again if it comes back.
  private mutating func printFindings(_ diagnostics: [Diagnostic]) {
    // Notes appear on the rules' pages.
    let current = diagnostics.filter { $0.severity != .note }
    terminal.report(current.filter { !reported.contains($0) })
    reported = Set(current)
  }
}

extension PreviewFault {
  fileprivate init(isStale: Bool, _ diagnostics: [Diagnostic]) {
    self.init(
      isStale: isStale,
      findings: diagnostics.map {
        Finding(place: Terminal.harmless($0.location.description), message: Terminal.harmless($0.statement))
      })
  }
}
