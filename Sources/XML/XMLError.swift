import CLibXML2
package import Diagnostics

/// One thing that libxml2 found wrong.
package struct XMLError: Error, Hashable {
  package var location: SourceLocation
  /// libxml2's words, in small letters and without a full stop.
  package var message: String

  package init(location: SourceLocation, message: String) {
    self.location = location
    self.message = message
  }
}

/// All that libxml2 found wrong with a document, in its order: the first is the cause, and others may follow from it.
package struct XMLErrors: Error, Hashable {
  package var errors: [XMLError]
}

/// What the C handlers write to; libxml2 itself keeps only the last error.
final class ErrorCollector {
  private let path: String
  private let source: [UInt8]
  private(set) var errors: [XMLError] = []
  private(set) var warnings: [XMLError] = []
  /// Set once we refuse the document, or have heard enough: what libxml2 says after that isn't news.
  private var isClosed = false
  /// Finding the place of each takes a walk through the document.
  private static let maximum = 100

  init(path: String, source: [UInt8]) {
    self.path = path
    self.source = source
  }

  var asContext: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static func from(_ context: UnsafeMutableRawPointer?) -> ErrorCollector? {
    context.map { Unmanaged<ErrorCollector>.fromOpaque($0).takeUnretainedValue() }
  }

  /// - Returns: whether there is anything more to hear.
  func take(_ error: xmlError) -> Bool {
    guard !isClosed else { return true }
    let text = error.message.map {
      String(decodingCString: UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self), as: UTF8.self)
    }
    let found = XMLError(
      location: location(line: Int(error.line), character: Int(error.int2)), message: inOurWords(text ?? "malformed"))
    if error.level == XML_ERR_WARNING {
      if warnings.count < ErrorCollector.maximum { warnings.append(found) }
      return true
    }
    errors.append(found)
    isClosed = errors.count == ErrorCollector.maximum
    return !isClosed
  }

  func refuse(line: Int, character: Int, _ message: String) {
    errors.append(XMLError(location: location(line: line, character: character), message: message))
    isClosed = true
  }

  /// libxml2 counts characters in a line, our columns count bytes.
  private func location(line: Int, character: Int) -> SourceLocation {
    guard line > 0 else { return SourceLocation(path: path) }
    var at = source.startIndex
    for _ in 1..<line { at = source[at...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? source.endIndex }
    var column = 1
    for _ in 1..<max(character, 1) where at < source.endIndex {
      repeat {
        at += 1
        column += 1
      } while at < source.endIndex && source[at] & 0xC0 == 0x80
    }
    return SourceLocation(path: path, line: line, column: column)
  }

  private func inOurWords(_ text: String) -> String {
    let words = text.split { $0.isWhitespace }.joined(separator: " ")
    guard let first = words.first, let second = words.dropFirst().first, second.isLowercase || second == " " else {
      return words
    }
    return first.lowercased() + words.dropFirst()
  }
}
