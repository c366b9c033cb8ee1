import Templates
import XML

/// An element with all that it holds as an HTML page. Comments and instructions are left out.
///
/// - Parameter root: without prefixes other than those of attributes that HTML knows; `style` has only text.
func html(_ root: XMLElement) -> [UInt8] {
  var buffer = ByteBuffer(capacity: 1 << 18)
  buffer.append("<!DOCTYPE html>\n")
  write(root, to: &buffer)
  buffer.append("\n")
  return buffer.bytes
}

/// Nesting is limited: libxml2 reads no elements nested more than 256 deep.
private func write(_ element: XMLElement, to buffer: inout ByteBuffer) {
  let name = Array(element.name.utf8)
  buffer.append("<")
  buffer.append(name)
  for attribute in element.attributes {
    buffer.append(" ")
    buffer.append(Array(attribute.qualifiedName.utf8))
    buffer.append("=\"")
    buffer.append(attribute: attribute.value)
    buffer.append("\"")
  }
  if HTMLVocabulary.voidElements.contains(element.name) { return buffer.append("/>") }
  buffer.append(">")
  for child in element.children {
    switch child {
    case .element(let element): write(element, to: &buffer)
    // Browsers read it as raw text; it has no `</`.
    case .text(let text) where element.name == "style": buffer.append(Array(text.utf8))
    case .text(let text): buffer.append(text: text)
    case .comment, .instruction: break
    }
  }
  buffer.append("</")
  buffer.append(name)
  buffer.append(">")
}
