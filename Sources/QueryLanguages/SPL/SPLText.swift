import Diagnostics

/// The text of a search with its macros written out and without its comments, and where each byte of it comes from.
struct SPLText {
  /// How deeply macros may use each other.
  private static let maximalDepth = 16
  /// How many bytes a search may have, beyond those that are written.
  private static let maximalBytes = 1 << 20

  /// A part of the text that was copied from the search, or all that a macro stands for.
  private struct Piece {
    var start: Int
    var source: Range<Int>
    var isMacro: Bool
  }

  let source: [UInt8]
  private(set) var bytes: [UInt8] = []
  /// Problems, by their offsets in the source.
  private(set) var faults: [(offset: Int, message: String)] = []
  private var pieces: [Piece] = []
  /// How many bytes all macros stand for, those in others and in the searches before this one included.
  private(set) var unfoldedBytes: Int
  private let lookup: SPLMacro.Lookup

  init(_ source: [UInt8], macros: @escaping SPLMacro.Lookup, unfoldedBytes: Int = 0) {
    self.source = source
    self.unfoldedBytes = unfoldedBytes
    lookup = { macros($0, $1) ?? SPLMacro.supplied($0, $1) }
    bytes.reserveCapacity(source.count)
    var last = 0
    scan(source[...]) { text, part, span in
      text.copy(last..<span.lowerBound)
      last = span.upperBound
      guard case .call(let call) = part else { return }
      guard let unfolded = text.unfolded(call, at: span.lowerBound, within: []) else { return text.copy(span) }
      text.pieces.append(Piece(start: text.bytes.count, source: span, isMacro: true))
      text.bytes += unfolded
    }
    copy(last..<source.count)
  }

  private mutating func copy(_ span: Range<Int>) {
    guard !span.isEmpty else { return }
    pieces.append(Piece(start: bytes.count, source: span, isMacro: false))
    bytes += source[span]
  }

  // MARK: Macros

  private enum Part {
    case comment
    case call(SPLMacroCall)
  }

  /// Finds comments and uses of macros outside strings.
  private mutating func scan(_ text: ArraySlice<UInt8>, _ found: (inout SPLText, Part, Range<Int>) -> Void) {
    let (quote, tick, comment) = (UInt8(ascii: "\""), UInt8(ascii: "`"), Array("```".utf8))
    var at = text.startIndex
    func end(of string: Int) -> Int {
      var at = string + 1
      while at < text.endIndex, text[at] != quote { at += text[at] == UInt8(ascii: "\\") ? 2 : 1 }
      return min(at + 1, text.endIndex)
    }
    while at < text.endIndex {
      if text[at] == UInt8(ascii: "\\") {
        at += 2
      } else if text[at] == quote {
        at = end(of: at)
      } else if text[at...].starts(with: comment) {
        var close = at + 3
        while close < text.endIndex, !text[close...].starts(with: comment) { close += 1 }
        guard close < text.endIndex else { return }
        found(&self, .comment, at..<close + 3)
        at = close + 3
      } else if text[at] == tick {
        var close = at + 1
        while close < text.endIndex, text[close] != tick { close = text[close] == quote ? end(of: close) : close + 1 }
        guard close < text.endIndex else { return }
        found(&self, .call(SPLMacroCall(text[(at + 1)..<close])), at..<close + 1)
        at = close + 1
      } else {
        at += 1
      }
    }
  }

  /// - Parameters:
  ///   - offset: where the search has the call, or the one that it comes from.
  ///   - outer: the macros that are being unfolded.
  /// - Returns: what a macro stands for; nil if it isn't known, or can't be unfolded.
  private mutating func unfolded(_ call: SPLMacroCall, at offset: Int, within outer: [String]) -> [UInt8]? {
    let name = "\(call.name)(\(call.arguments.count))"
    guard let macro = lookup(call.name, call.arguments.count) else { return nil }
    guard !outer.contains(name) else {
      report("the macro '\(shortened(call.name))' uses itself; remove that use", at: offset)
      return nil
    }
    guard outer.count < SPLText.maximalDepth else {
      report("macros use each other more than \(SPLText.maximalDepth) deep; simplify them", at: offset)
      return nil
    }
    let definition = call.text(of: macro)
    // A call that stands for nothing costs something as well.
    unfoldedBytes += definition.count + 16
    guard unfoldedBytes <= source.count + SPLText.maximalBytes else {
      report("the macros unfold to more than \(SPLText.maximalBytes) bytes; simplify them", at: offset)
      return nil
    }
    var result: [UInt8] = []
    var last = 0
    scan(definition[...]) { text, part, span in
      result += definition[last..<span.lowerBound]
      last = span.upperBound
      guard case .call(let inner) = part else { return }
      result += text.unfolded(inner, at: offset, within: outer + [name]) ?? Array(definition[span])
    }
    result += definition[last...]
    return result
  }

  private mutating func report(_ message: String, at offset: Int) {
    if faults.last?.offset != offset { faults.append((offset, message)) }
  }

  // MARK: Places

  /// The offset in the source that a byte comes from: of a macro, where it is used.
  func sourceOffset(_ offset: Int) -> Int {
    guard let index = piece(at: offset) else { return source.count }
    let piece = pieces[index]
    return piece.isMacro ? piece.source.lowerBound : min(piece.source.lowerBound + offset - piece.start, source.count)
  }

  /// A part of the text as written. If it is only a part of a macro, it is what the macro stands for.
  func written(_ span: Range<Int>) -> String {
    guard !span.isEmpty, let first = piece(at: span.lowerBound), let last = piece(at: span.upperBound - 1) else {
      return ""
    }
    let startsWhole = !pieces[first].isMacro || pieces[first].start == span.lowerBound
    let endsWhole = !pieces[last].isMacro || end(of: last) == span.upperBound
    guard startsWhole, endsWhole else { return String(decoding: bytes[span], as: UTF8.self) }
    let end = pieces[last].isMacro ? pieces[last].source.upperBound : sourceOffset(span.upperBound - 1) + 1
    return String(decoding: source[sourceOffset(span.lowerBound)..<end], as: UTF8.self)
  }

  private func end(of piece: Int) -> Int { piece + 1 < pieces.count ? pieces[piece + 1].start : bytes.count }

  private func piece(at offset: Int) -> Int? {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }
}
