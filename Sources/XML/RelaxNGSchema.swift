import CLibXML2
import Diagnostics

/// A RELAX NG schema (ISO/IEC 19757-2, XML syntax), owned.
package struct RelaxNGSchema: ~Copyable {
  private let handle: xmlRelaxNGPtr

  /// - Parameter path: as messages are to name it.
  /// - Throws: all that is wrong with the schema, as XML or as a schema.
  package init(parsing source: [UInt8], path: String) throws(XMLErrors) {
    let document = try XMLDocument(parsing: source, path: path)
    let collector = ErrorCollector(path: path, source: source)
    // libxml2 works on a copy of the document.
    guard let parser = xmlRelaxNGNewDocParserCtxt(document.handle) else { throw XMLErrors(errors: collector.errors) }
    defer { xmlRelaxNGFreeParserCtxt(parser) }
    xmlRelaxNGSetParserStructuredErrors(parser, collect, collector.asContext)
    let handle = withExtendedLifetime(collector) { xmlRelaxNGParse(parser) }
    guard let handle, collector.errors.isEmpty else {
      xmlRelaxNGFree(handle)
      throw XMLErrors(errors: collector.errors)
    }
    self.handle = handle
  }

  deinit { xmlRelaxNGFree(handle) }

  /// - Returns: all that is wrong with the document, with its lines; nothing when it is valid.
  package func errors(in document: borrowing XMLDocument) -> [XMLError] {
    let collector = ErrorCollector(path: document.path, source: [])
    let unable = XMLError(location: SourceLocation(path: document.path), message: "libxml2 can't validate the document")
    guard let validator = xmlRelaxNGNewValidCtxt(handle) else { return [unable] }
    defer { xmlRelaxNGFreeValidCtxt(validator) }
    xmlRelaxNGSetValidStructuredErrors(validator, collect, collector.asContext)
    let result = withExtendedLifetime(collector) { xmlRelaxNGValidateDoc(validator, document.handle) }
    return result != 0 && collector.errors.isEmpty ? [unable] : collector.errors
  }
}

private let collect: @convention(c) (UnsafeMutableRawPointer?, xmlErrorPtr?) -> Void = { context, error in
  if let error { _ = ErrorCollector.from(context)?.take(error.pointee) }
}
