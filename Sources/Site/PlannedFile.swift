import Text

/// A file of the site, made on demand.
package struct PlannedFile: Sendable {
  /// Relative to the site's root, with `/`.
  package let path: String
  /// Makes its content; may be called on any thread, and gives the same bytes each time.
  package let bytes: @Sendable () -> [UInt8]

  package init(path: String, bytes: @escaping @Sendable () -> [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// Makes files and passes each to `take`, on several threads; what `take` returns comes back in the order of the files.
///
/// - Parameter chunk: how many files one thread makes in a row.
package func make<Result: Sendable>(
  _ files: [PlannedFile], jobs: Int, chunk: Int, _ take: @escaping @Sendable (SiteFile) -> Result
) async -> [(path: String, result: Result)] {
  await inParallel(files, jobs: jobs, chunk: chunk) { file in
    (file.path, take(SiteFile(path: file.path, bytes: file.bytes())))
  }
}
