import Diagnostics
import XML

/// The root element of an XML file; nil, with a diagnostic, if the file isn't well formed.
func root(ofXML bytes: [UInt8], of file: SourceFile, into diagnostics: inout [Diagnostic]) -> XMLElement? {
  do throws(XMLErrors) {
    let document = try XMLDocument(parsing: bytes, path: file.path)
    return document.root()
  } catch {
    // Errors after the first are usually consequences of it.
    if let first = error.errors.first {
      diagnostics.append(Diagnostic(.xmlSyntax, at: SourceLocation(file, at: first.location.position), first.message))
    }
    return nil
  }
}
