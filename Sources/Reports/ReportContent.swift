package import Analysis
package import Attack
package import Diagnostics
package import RuleModel

/// Everything that reports are made from: the catalog, and where its pages are.
package struct ReportContent: Sendable {
  package var index: CatalogIndex
  package var matrix: AttackMatrix
  /// The review of all of ATT&CK, including what is collected if that is known.
  package var coverage: CoverageReview
  /// What rules see of what is collected; nil if that isn't known.
  package var visibility: VisibilityReview?
  package var files: FileTally
  /// Findings on files and rules.
  package var diagnostics: [Diagnostic]
  /// The site's title: `Detection rules`.
  package var title: String
  /// What makes the reports: `ruledex 1.0.0`.
  package var generator: String
  /// Where the site will be: an absolute address with a slash at its end; nil if unknown.
  package var baseURL: String?
  /// The bytes of `catalog.rng`, which is embedded in the binary.
  package var schema: [UInt8]
  /// The path of a rule's page, relative to the site's root; it needs no percent-encoding.
  package var page: @Sendable (RuleID) -> String

  package init(
    index: CatalogIndex, matrix: AttackMatrix, coverage: CoverageReview, visibility: VisibilityReview? = nil,
    files: FileTally, diagnostics: [Diagnostic],
    title: String, generator: String, baseURL: String? = nil, schema: [UInt8],
    page: @escaping @Sendable (RuleID) -> String
  ) {
    self.index = index
    self.matrix = matrix
    self.coverage = coverage
    self.visibility = visibility
    self.files = files
    self.diagnostics = diagnostics
    self.title = title
    self.generator = generator
    self.baseURL = baseURL
    self.schema = schema
    self.page = page
  }
}
