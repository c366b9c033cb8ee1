import CLibXML2

/// Why a document could not be written.
package enum XMLWriterError: Error, Hashable {
  /// Not a name of XML 1.0, section 2.3.
  case badName(String)
  /// A comment can't hold `--` or end with `-` (section 2.5), an instruction can't hold `?>` (section 2.6).
  case badMarkup(String)
  /// An element was ended that wasn't started, or an attribute came after content.
  case outOfPlace(String)
}

/// Writes one XML document into memory, in UTF-8. The first failure is kept and thrown by ``finish()``,
/// so that code which writes a report reads as a list of elements, not of `try`s.
package struct XMLWriter: ~Copyable {
  // nil only when memory is exhausted.
  private let buffer = xmlBufferCreate()!
  private let handle: xmlTextWriterPtr
  private let isIndented: Bool
  private var firstFailure: XMLWriterError?
  /// For each open element, whether it holds text.
  private var holdsText: [Bool] = []
  /// The depth of the element whose text and elements are mixed: there, white space would be content.
  private var mixedDepth: Int?

  /// - Parameter isIndented: whether each element starts a line, two spaces further in than the one around it.
  package init(isIndented: Bool = true) {
    readyLibrary()
    self.isIndented = isIndented
    handle = xmlNewTextWriterMemory(buffer, 0)!  // as above
    if isIndented {
      xmlTextWriterSetIndent(handle, 1)
      xmlTextWriterSetIndentString(handle, "  ")
    }
    // Naming the encoding keeps letters as they are in attributes, which would be written as `&#xFC;`.
    xmlTextWriterStartDocument(handle, nil, "UTF-8", nil)
  }

  deinit {
    xmlFreeTextWriter(handle)  // before the buffer that it writes to
    xmlBufferFree(buffer)
  }

  /// An element with its attributes, and what `body` writes in it. Attributes without a value are left out.
  package mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ body: (inout XMLWriter) -> Void = { _ in }
  ) {
    start(name)
    for (name, value) in attributes { if let value { attribute(name, value) } }
    body(&self)
    end()
  }

  /// An element that holds only text.
  package mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String) {
    element(name, attributes) { $0.text(text) }
  }

  package mutating func start(_ name: String) {
    if isIndented, mixedDepth == nil, holdsText.last == true {
      mixedDepth = holdsText.count
      xmlTextWriterSetIndent(handle, 0)
    }
    holdsText.append(false)
    check(xmlTextWriterStartElement(handle, name), name: name)
  }

  /// Ends the element that was started last: `<a/>` when it is empty.
  package mutating func end() {
    if xmlTextWriterEndElement(handle) < 0 { return fail(.outOfPlace("end of element")) }
    if mixedDepth == holdsText.count {
      mixedDepth = nil
      xmlTextWriterSetIndent(handle, 1)
      // The line end that libxml2 writes after an end tag when it indents.
      xmlTextWriterFlush(handle)
      xmlBufferCat(buffer, "\n")
    }
    holdsText.removeLast()
  }

  package mutating func attribute(_ name: String, _ value: String) {
    let value = withoutForbidden(value)
    guard mayTurnDirection(value) else { return check(xmlTextWriterWriteAttribute(handle, name, value), name: name) }
    check(xmlTextWriterStartAttribute(handle, name), name: name)
    if !write(value) || xmlTextWriterEndAttribute(handle) < 0 { fail(.outOfPlace(name)) }
  }

  /// Character data; libxml2 escapes `&`, `<`, `>`, `"` and carriage returns. What XML forbids becomes U+FFFD, and a control that turns
  /// the direction of the text, a reference to it: programs read the value, and people see it.
  package mutating func text(_ text: String) {
    // libxml2 reads an empty text as nothing written, which leaves `<a>` for `<a></a>`; both mean the same.
    guard !text.isEmpty else { return }
    guard !holdsText.isEmpty, write(withoutForbidden(text)) else { return fail(.outOfPlace(text)) }
    holdsText[holdsText.count - 1] = true
  }

  package mutating func comment(_ text: String) {
    guard !text.contains("--"), !text.hasSuffix("-") else { return fail(.badMarkup(text)) }
    if xmlTextWriterWriteComment(handle, withoutForbidden(text)) < 0 { fail(.outOfPlace(text)) }
  }

  /// A processing instruction, such as `xml-stylesheet`.
  package mutating func instruction(_ target: String, _ content: String) {
    guard !content.contains("?>") else { return fail(.badMarkup(content)) }
    check(xmlTextWriterWritePI(handle, target, withoutForbidden(content)), name: target)
  }

  /// - Returns: the document, its open elements ended.
  /// - Throws: the first thing that could not be written.
  package consuming func finish() throws(XMLWriterError) -> [UInt8] {
    if let firstFailure { throw firstFailure }
    xmlTextWriterEndDocument(handle)
    xmlTextWriterFlush(handle)
    guard let content = xmlBufferContent(buffer) else { return [] }
    return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
  }

  /// Writes a text, or a part of an attribute's value.
  ///
  /// - Returns: whether that was possible.
  private func write(_ text: String) -> Bool {
    guard mayTurnDirection(text) else { return xmlTextWriterWriteString(handle, text) >= 0 }
    var run = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard turnsDirection(scalar) else {
        run.append(scalar)
        continue
      }
      let reference = "&#x\(String(scalar.value, radix: 16, uppercase: true));"
      guard run.isEmpty || xmlTextWriterWriteString(handle, String(run)) >= 0,
        xmlTextWriterWriteRaw(handle, reference) >= 0
      else { return false }
      run.removeAll()
    }
    return run.isEmpty || xmlTextWriterWriteString(handle, String(run)) >= 0
  }

  private mutating func check(_ result: Int32, name: String) {
    if !isPlainName(name), name.utf8.contains(0) || xmlValidateName(name, 0) != 0 { fail(.badName(name)) }
    if result < 0 { fail(.outOfPlace(name)) }
  }

  private mutating func fail(_ failure: XMLWriterError) { firstFailure = firstFailure ?? failure }
}

/// Whether a name is of ASCII letters alone: nearly all are, and libxml2 needn't look at them.
private func isPlainName(_ name: String) -> Bool {
  !name.isEmpty && name.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
}
