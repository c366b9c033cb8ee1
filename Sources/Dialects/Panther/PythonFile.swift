import Diagnostics
import DialectReading
import Documents

/// A file with the Python of a rule, a helper or a data model, as text.
struct PythonFile {
  let file: SourceFile
  let text: [UInt8]
  /// What is wrong with it as a text.
  let faults: [DocumentError]
  private let lines: TextLines

  /// - Throws: if it isn't text.
  init(_ file: SourceFile) throws(DocumentError) {
    let document = try SourceDocument(file)
    self.file = file
    text = document.text
    lines = document.lines
    faults = document.textFaults
  }

  /// - Parameter offset: in the text, in bytes.
  func location(ofByte offset: Int) -> SourceLocation { SourceLocation(file, at: lines.position(ofOffset: offset)) }

  var diagnostics: [Diagnostic] { faults.map { $0.diagnostic(in: file) } }
}
