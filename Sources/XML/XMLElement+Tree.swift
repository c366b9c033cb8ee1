import CLibXML2
import Diagnostics

extension XMLElement {
  /// Copies a node and what is below it. libxml2 itself refuses elements nested more than 256 deep.
  ///
  /// - Parameter tags: the document's start tags from this element's on.
  init(_ node: xmlNode, tags: inout StartTags) {
    let tag = tags.next()
    self.init(
      name: String(xml: node.name), prefix: node.ns?.pointee.ownPrefix,
      namespace: node.ns.map { String(xml: $0.pointee.href) },
      attributes: [], declarations: [], children: [],
      position: tag?.position ?? SourcePosition(line: Int(node.line), column: 1),
      textPosition: tag?.textPosition ?? SourcePosition(line: Int(node.line), column: 1),
      textSource: tag?.text ?? [], isCharacterData: tag?.isCharacterData ?? false)
    var declaration = node.nsDef
    while let current = declaration {
      declarations.append(
        XMLNamespaceDeclaration(prefix: current.pointee.ownPrefix, uri: String(xml: current.pointee.href)))
      declaration = current.pointee.next
    }
    var property = node.properties
    while let current = property {
      let prefix = current.pointee.ns?.pointee.ownPrefix
      let name = String(xml: current.pointee.name)
      let place = tag?.values[prefix.map { "\($0):\(name)" } ?? name]
      attributes.append(
        XMLAttribute(
          name: name, prefix: prefix, namespace: current.pointee.ns.map { String(xml: $0.pointee.href) },
          value: current.pointee.text, position: place?.position ?? position, source: place?.source ?? []))
      property = current.pointee.next
    }
    var child = node.children
    while let current = child {
      append(current.pointee, tags: &tags)
      child = current.pointee.next
    }
  }

  private mutating func append(_ node: xmlNode, tags: inout StartTags) {
    switch node.type {
    case XML_ELEMENT_NODE: children.append(.element(XMLElement(node, tags: &tags)))
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
      if case .text(var text)? = children.last {
        // Taken out meanwhile, so that it grows in its place.
        children.removeLast()
        text += String(xml: node.content)
        children.append(.text(text))
      } else {
        children.append(.text(String(xml: node.content)))
      }
    case XML_COMMENT_NODE: children.append(.comment(String(xml: node.content)))
    case XML_PI_NODE: children.append(.instruction(target: String(xml: node.name), content: String(xml: node.content)))
    default: break
    }
  }
}

extension String {
  /// A copy of libxml2's text, which is UTF-8; nothing is empty.
  fileprivate init(xml text: UnsafePointer<xmlChar>?) {
    self = text.map { String(decodingCString: $0, as: UTF8.self) } ?? ""
  }
}

extension xmlNs {
  fileprivate var ownPrefix: String? { prefix.map { String(xml: $0) } }
}

extension xmlAttr {
  fileprivate var text: String {
    var text = ""
    var part = children
    while let current = part {
      text += String(xml: current.pointee.content)
      part = current.pointee.next
    }
    return text
  }
}
