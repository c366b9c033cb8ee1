package import Diagnostics

/// What is in an element, in document order. Neighbouring text and CDATA sections are one text.
package enum XMLNode: Hashable, Sendable {
  case element(XMLElement)
  case text(String)
  case comment(String)
  case instruction(target: String, content: String)
}

/// An element with all that it holds, as values: it may outlive its document.
package struct XMLElement: Hashable, Sendable {
  /// Without its prefix.
  package var name: String
  package var prefix: String?
  package var namespace: String?
  /// In the order of the document, without namespace declarations.
  package var attributes: [XMLAttribute]
  /// The namespaces declared here, by prefix; the default one has none.
  package var declarations: [XMLNamespaceDeclaration]
  package var children: [XMLNode]
  /// Where its `<` is.
  package var position: SourcePosition
  /// Where its text begins: behind the start tag, and behind the mark of a CDATA section that follows at once.
  package var textPosition: SourcePosition
  /// The text up to the first markup in it as the source has it, references not resolved.
  package var textSource: [UInt8]
  /// Whether the text begins with a CDATA section, in which nothing is a reference.
  var isCharacterData: Bool

  /// The attribute's value. `namespace` is nil for the attributes without a prefix.
  package func value(of name: String, namespace: String? = nil) -> String? {
    attributes.first { $0.name == name && $0.namespace == namespace }?.value
  }

  /// The elements that are in it.
  package var elements: [XMLElement] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// All text inside, in document order.
  package var text: String {
    children.reduce(into: "") { text, child in
      switch child {
      case .element(let element): text += element.text
      case .text(let more): text += more
      case .comment, .instruction: break
      }
    }
  }
}

extension XMLElement {
  /// Where a byte of the text is; behind the first markup in it, or where a reference by number makes it unclear, the
  /// element's place.
  package func position(ofTextByte offset: Int) -> SourcePosition {
    var (line, column) = (Int(textPosition.line), Int(textPosition.column))
    var rest = textSource[...]
    for _ in 0..<offset {
      guard let byte = rest.popFirst() else { return position }
      column += 1
      if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 1) }
      guard byte == UInt8(ascii: "&"), !isCharacterData else { continue }
      // XML's own five references represent one byte each.
      guard rest.first != UInt8(ascii: "#"), let end = rest.firstIndex(of: UInt8(ascii: ";")) else { return position }
      column += end - rest.startIndex + 1
      rest = rest[(end + 1)...]
    }
    return SourcePosition(line: line, column: column)
  }

  /// The places of some bytes of its text; likewise.
  package func span(ofTextBytes bytes: Range<Int>) -> SourceSpan {
    SourceSpan(position(ofTextByte: bytes.lowerBound), to: position(ofTextByte: bytes.upperBound))
  }
}

/// An attribute that isn't a namespace declaration.
package struct XMLAttribute: Hashable, Sendable {
  /// Without its prefix.
  package var name: String
  package var prefix: String?
  package var namespace: String?
  package var value: String
  /// Where the first byte of its value is.
  package var position: SourcePosition
  /// The value as the source has it, references not resolved.
  package var source: [UInt8]

  /// With its prefix, as it is written.
  package var qualifiedName: String { prefix.map { "\($0):\(name)" } ?? name }

  /// Where a byte of the value is; where references make it unclear, the value's start.
  package func position(ofByte offset: Int) -> SourcePosition {
    // Line ends became spaces one for one; any reference changes the length.
    guard source.count == value.utf8.count, offset <= source.count else { return position }
    let before = source[..<offset]
    guard let lastLineEnd = before.lastIndex(of: UInt8(ascii: "\n")) else {
      return SourcePosition(line: Int(position.line), column: Int(position.column) + offset)
    }
    let lines = before.count { $0 == UInt8(ascii: "\n") }
    return SourcePosition(line: Int(position.line) + lines, column: offset - lastLineEnd)
  }
}

/// `xmlns:prefix="uri"`, or `xmlns="uri"` without a prefix.
package struct XMLNamespaceDeclaration: Hashable, Sendable {
  package var prefix: String?
  package var uri: String

  package init(prefix: String?, uri: String) {
    self.prefix = prefix
    self.uri = uri
  }
}
