import CLibXML2
import Diagnostics

/// A well-formed XML document, owned.
///
/// Nothing is fetched, no DTD is read and no entity but XML's five is known: a document that brings a DTD is refused,
/// so that neither files nor the network nor endless memory can be reached by one (XXE, entity expansion).
package struct XMLDocument: ~Copyable {
  let handle: xmlDocPtr
  /// As messages name it.
  package let path: String
  private let source: [UInt8]
  /// What libxml2 thinks odd, such as a relative namespace URI.
  package let warnings: [XMLError]

  /// - Parameters:
  ///   - source: UTF-8, or UTF-16 that has a byte order mark or begins with `<`; what the XML declaration says of the encoding
  ///     is not asked.
  ///   - path: as messages are to name it.
  /// - Throws: all that is wrong with it, the cause first.
  package init(parsing source: [UInt8], path: String) throws(XMLErrors) {
    let source = inUTF8(source)
    let collector = ErrorCollector(path: path, source: source)
    // libxml2 takes a zero byte for the end, and would not see what follows.
    if let zero = source.firstIndex(of: 0) {
      let before = source[..<zero]
      collector.refuse(
        line: before.count { $0 == UInt8(ascii: "\n") } + 1,
        character: before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count { $0 & 0xC0 != 0x80 } + 1,
        "a zero byte isn't allowed in XML; save the file as UTF-8")
      throw XMLErrors(errors: collector.errors)
    }
    if let fault = AttributeLimits.fault(in: source) {
      let before = source[..<fault.offset]
      collector.refuse(
        line: before.count { $0 == UInt8(ascii: "\n") } + 1,
        character: before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count { $0 & 0xC0 != 0x80 } + 1, fault.message)
      throw XMLErrors(errors: collector.errors)
    }
    let handle = parse(source, into: collector)
    guard let handle, collector.errors.isEmpty else {
      xmlFreeDoc(handle)
      let unknown = XMLError(location: SourceLocation(path: path), message: "libxml2 can't read the document")
      throw XMLErrors(errors: collector.errors.isEmpty ? [unknown] : collector.errors)
    }
    self.handle = handle
    self.path = path
    self.source = source
    warnings = collector.warnings
  }

  deinit { xmlFreeDoc(handle) }

  /// The root element with all that it holds, as values.
  package func root() -> XMLElement {
    var tags = StartTags(of: source)
    // A document without a root is not well formed.
    return XMLElement(xmlDocGetRootElement(handle).pointee, tags: &tags)
  }

  /// Whether the document starts with `<!DOCTYPE html>`, the only DOCTYPE that is let through.
  package var hasDoctype: Bool { xmlGetIntSubset(handle) != nil }
}

/// libxml2's tables are set up once for the process, by whoever comes first.
private let libraryIsReady: Void = ruledex_initialise()

func readyLibrary() { _ = libraryIsReady }

private func inUTF8(_ source: [UInt8]) -> [UInt8] {
  func text(high: Int, from start: Int) -> [UInt8] {
    let units = stride(from: start, to: source.count - 1, by: 2).map {
      UInt16(source[$0 + high]) << 8 | UInt16(source[$0 + 1 - high])
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
  if source.starts(with: [0xFF, 0xFE]) { return text(high: 1, from: 2) }
  if source.starts(with: [0xFE, 0xFF]) { return text(high: 0, from: 2) }
  // XML 1.0, appendix F.1: `<` and what may follow it tell without a mark.
  if source.starts(with: [0x3C, 0]) { return text(high: 1, from: 0) }
  if source.starts(with: [0, 0x3C]) { return text(high: 0, from: 0) }
  return source.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(source.dropFirst(3)) : source
}

private func parse(_ source: [UInt8], into collector: ErrorCollector) -> xmlDocPtr? {
  readyLibrary()
  guard let count = Int32(exactly: source.count), let parser = xmlNewParserCtxt() else { return nil }
  defer { xmlFreeParserCtxt(parser) }
  parser.pointee._private = collector.asContext
  parser.pointee.sax.pointee.serror = { parser, error in
    guard let parser = parser?.assumingMemoryBound(to: xmlParserCtxt.self), let error else { return }
    if ErrorCollector.from(parser.pointee._private)?.take(error.pointee) == false { xmlStopParser(parser) }
  }
  parser.pointee.sax.pointee.internalSubset = { parser, name, publicID, systemID in
    guard let parser = parser?.assumingMemoryBound(to: xmlParserCtxt.self), let input = parser.pointee.input else {
      return
    }
    let isPlain = name.map { String(cString: $0) } == "html" && publicID == nil && systemID == nil
    guard isPlain, input.pointee.cur.pointee != UInt8(ascii: "[") else {
      ErrorCollector.from(parser.pointee._private)?.refuse(
        line: Int(input.pointee.line), character: Int(input.pointee.col),
        "only '<!DOCTYPE html>' is allowed here: DTDs and entities are not read; remove it")
      xmlStopParser(parser)
      return
    }
    xmlSAX2InternalSubset(parser, name, publicID, systemID)
  }
  let options = XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue | XML_PARSE_IGNORE_ENC.rawValue
  return withExtendedLifetime(collector) {
    source.withUnsafeBytes { bytes in
      xmlCtxtReadMemory(
        parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count, nil, "UTF-8", Int32(options))
    }
  }
}
