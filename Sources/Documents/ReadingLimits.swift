/// Limits on the size of what users write, and on the work spent on a file. Each has a key under `limits` in
/// `ruledex.yml`.
package struct ReadingLimits: Hashable, Sendable {
  /// The maximum size of a file, in bytes.
  package var fileBytes = 4 << 20
  /// How deep lists and maps may be nested.
  package var nesting = 64
  /// The maximum size of a file's expanded aliases, in bytes.
  package var aliasBytes = 4 << 20
  /// The maximum number of tests in a rule.
  package var tests = 10_000
  /// The maximum size of a note, in bytes.
  package var noteBytes = 128 << 10
  /// The maximum size of a picture in a note, in bytes.
  package var pictureBytes = 4 << 20
  /// Steps allowed for each byte of a file; see ``WorkBudget``.
  package var work = 256

  package init() {}

  package static let standard = ReadingLimits()

  package var document: DocumentLimits { DocumentLimits(bytes: fileBytes, depth: nesting, aliasBytes: aliasBytes) }
}

/// Limits the work of reading one file in proportion to its size, to stop any work that grows faster than the file.
///
/// A step is roughly the work of comparing two bytes. Code whose work an author can make arbitrarily large (comparing
/// names with names, merging documents into documents, matching patterns against names) must spend it here first, and
/// stop once the budget is used up. The file then gets a finding, and its rules are left out.
package final class WorkBudget {
  /// What even a small file may spend: a few hundredths of a second.
  private static let base = 16_000_000
  /// The steps for reading a node: its predicate, its findings, its place on a page.
  private static let node = 128

  /// The total budget.
  package let steps: Int
  package private(set) var spent = 0

  package init(bytes: Int, limits: ReadingLimits) {
    let (product, isTooLarge) = bytes.multipliedReportingOverflow(by: limits.work)
    let (sum, isMore) = product.addingReportingOverflow(WorkBudget.base)
    steps = isTooLarge || isMore ? .max : sum
  }

  package var isUsedUp: Bool { spent > steps }

  /// - Returns: whether the budget allows it.
  package func spend(_ count: Int) -> Bool {
    // Once exceeded, the budget stays exceeded.
    guard !isUsedUp else { return false }
    let (sum, isTooLarge) = spent.addingReportingOverflow(count)
    spent = isTooLarge ? .max : sum
    return !isUsedUp
  }

  /// Spends the steps for reading some nodes.
  package func spend(nodes count: Int) -> Bool {
    spend(count.multipliedReportingOverflow(by: WorkBudget.node).partialValue)
  }

  /// The finding for a file that has used up its budget.
  package var fault: DocumentError {
    DocumentError(
      .workLimit, at: nil,
      "reading the file takes more than the \(steps) steps that its size allows; split it, or raise 'work' under 'limits' in ruledex.yml"
    )
  }
}
