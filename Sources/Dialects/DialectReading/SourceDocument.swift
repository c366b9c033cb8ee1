package import Diagnostics
package import Documents

/// A file as readers see it: a text, or the nodes of a format, which is parsed when a reader first asks for it, and once.
package final class SourceDocument {
  package let file: SourceFile
  package let limits: ReadingLimits
  private let repaired: RepairedText
  private var parsed: [(format: DocumentFormat, result: Result<[Node], DocumentError>)] = []

  /// - Throws: where the file is no text.
  package init(_ file: SourceFile, limits: ReadingLimits = .standard) throws(DocumentError) {
    repaired = try repairedText(file.bytes ?? [])
    self.file = file
    self.limits = limits
  }

  /// UTF-8, without what can't be shown.
  package var text: [UInt8] { repaired.bytes }

  /// The documents of the file; none where it can't be parsed so, see ``failure``.
  package func nodes(as format: DocumentFormat) -> [Node] {
    if let known = parsed.first(where: { $0.format == format }) { return (try? known.result.get()) ?? [] }
    let result: Result<[Node], DocumentError>
    do throws(DocumentError) {
      result = .success(try parse(repaired, as: format, limits: limits.document))
    } catch {
      result = .failure(error)
    }
    parsed.append((format, result))
    return (try? result.get()) ?? []
  }

  /// Why none of the formats that were asked for could be parsed: what the first one says.
  package var failure: DocumentError? {
    var first: DocumentError?
    for (_, result) in parsed {
      guard case .failure(let error) = result else { return nil }
      first = first ?? error
    }
    return first
  }

  /// Whether it says nothing in any format that was asked for.
  package var isEmpty: Bool {
    parsed.isEmpty
      ? text.allSatisfy { $0 <= UInt8(ascii: " ") } : parsed.allSatisfy { ((try? $0.result.get()) ?? []).isEmpty }
  }

  /// What is wrong with the text and what was parsed of it, whatever it means.
  package var faults: [DocumentError] {
    repaired.faults + parsed.flatMap { parsingFaults(of: (try? $0.result.get()) ?? []) }
  }

  /// Where each document starts, in their order.
  package var starts: [SourcePosition] {
    parsed.lazy.compactMap { try? $0.result.get() }.first { !$0.isEmpty }?.map(\.position) ?? []
  }
}
