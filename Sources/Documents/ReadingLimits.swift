/// How large what users write may be, and how much work a file may take: each has its key under `limits` in `ruledex.yml`.
package struct ReadingLimits: Hashable, Sendable {
  /// Of a file, in bytes.
  package var fileBytes = 4 << 20
  /// How deep lists and maps may be nested.
  package var nesting = 64
  /// What the aliases of a file may unfold to, in bytes.
  package var aliasBytes = 4 << 20
  /// Of a rule.
  package var tests = 10_000
  /// Of a note, in bytes.
  package var noteBytes = 128 << 10
  /// Steps for each byte of a file; see ``WorkBudget``.
  package var work = 256

  package init() {}

  package static let standard = ReadingLimits()

  package var document: DocumentLimits { DocumentLimits(bytes: fileBytes, depth: nesting, aliasBytes: aliasBytes) }
}

/// How much work the reading of one file may take, in proportion to its size: what grows faster than a file is stopped here.
///
/// A step is about what it takes to compare two bytes. Whoever does work that a file's author can make as large as he likes (names
/// compared with names, documents merged into documents, patterns matched against names) spends it here first, and does nothing
/// more once there is none left: the file then costs a finding and its own rules.
package final class WorkBudget {
  /// What a small file may take, too: a few hundredths of a second.
  private static let base = 16_000_000
  /// What reading a node takes: its predicate, its findings, its place on a page.
  private static let node = 128

  /// All that may be spent.
  package let steps: Int
  package private(set) var spent = 0

  package init(bytes: Int, limits: ReadingLimits) {
    let (product, isTooLarge) = bytes.multipliedReportingOverflow(by: limits.work)
    let (sum, isMore) = product.addingReportingOverflow(WorkBudget.base)
    steps = isTooLarge || isMore ? .max : sum
  }

  package var isUsedUp: Bool { spent > steps }

  /// - Returns: whether there is enough left to do it.
  package func spend(_ count: Int) -> Bool {
    // What was too much stays too much.
    guard !isUsedUp else { return false }
    let (sum, isTooLarge) = spent.addingReportingOverflow(count)
    spent = isTooLarge ? .max : sum
    return !isUsedUp
  }

  /// Spends the reading of nodes.
  package func spend(nodes count: Int) -> Bool {
    spend(count.multipliedReportingOverflow(by: WorkBudget.node).partialValue)
  }

  /// What a file costs that has used up its budget.
  package var fault: DocumentError {
    DocumentError(
      .workLimit, at: nil,
      "reading the file takes more than the \(steps) steps that its size allows; split it, or raise 'work' under 'limits' in ruledex.yml"
    )
  }
}
