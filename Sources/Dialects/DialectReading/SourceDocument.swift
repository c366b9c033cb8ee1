package import Diagnostics
package import Documents

/// A file as readers see it: as text, or as the nodes of a format, which is parsed once, when a reader first asks for
/// it.
package final class SourceDocument {
  package let file: SourceFile
  package let limits: ReadingLimits
  private let repaired: RepairedText
  private var parsed: [(format: DocumentFormat, result: Result<[Node], DocumentError>)] = []
  private var made: [ObjectIdentifier: Any] = [:]

  /// - Throws: if the file isn't text. Where its format isn't parsed as a whole, the parts without zero bytes are.
  package init(_ file: SourceFile, limits: ReadingLimits = .standard) throws(DocumentError) {
    repaired = try repairedText(file.bytes ?? [], keepingZeros: !DialectReader.isParsedWhole(file.path))
    self.file = file
    self.limits = limits
  }

  /// UTF-8, without what can't be shown.
  package var text: [UInt8] { repaired.bytes }

  /// The places in the file of the text's bytes, for dialects that aren't written in a format.
  package var lines: TextLines { TextLines(of: repaired) }

  /// The documents in the file; empty if it can't be parsed in this format, see ``failure``.
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

  /// What a dialect makes of the file: made when it is first asked for, by type.
  package func made<Value>(_ make: (SourceDocument) -> Value) -> Value {
    let type = ObjectIdentifier(Value.self)
    if let known = made[type] as? Value { return known }
    let value = make(self)
    made[type] = value
    return value
  }

  /// Why the file couldn't be parsed in any of the requested formats, the error of the first one, or isn't text.
  package var failure: DocumentError? {
    var first: DocumentError?
    for (_, result) in parsed {
      guard case .failure(let error) = result else { return nil }
      first = first ?? error
    }
    return first ?? repaired.faults.first { $0.id == .notText }
  }

  /// Whether it is empty in every format that was requested.
  package var isEmpty: Bool {
    parsed.isEmpty
      ? text.allSatisfy { $0 <= UInt8(ascii: " ") } : parsed.allSatisfy { ((try? $0.result.get()) ?? []).isEmpty }
  }

  /// What is wrong with the text and with what was parsed from it, whatever it means.
  package var faults: [DocumentError] {
    repaired.faults + parsed.flatMap { parsingFaults(of: (try? $0.result.get()) ?? []) }
  }

  /// What is wrong with the text of a file that isn't written in a format.
  package var textFaults: [DocumentError] { repaired.faults + [directionFault(in: repaired)].compactMap { $0 } }

  /// Where each document starts, in order.
  package var starts: [SourcePosition] {
    parsed.lazy.compactMap { try? $0.result.get() }.first { !$0.isEmpty }?.map(\.position) ?? []
  }
}
