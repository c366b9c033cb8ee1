import CEmbedded
import Templates
import XML

/// The templates that the binary carries.
func embeddedTemplates() throws -> TemplateLibrary {
  let files = UnsafeBufferPointer(start: ruledex_embedded_files(), count: ruledex_embedded_file_count())
  return try TemplateLibrary(
    files: files.compactMap { file in
      let path = String(cString: file.path)
      guard path.hasPrefix("templates/"), path.hasSuffix(".html") else { return nil }
      return TemplateFile(
        name: String(path.dropFirst("templates/".count)), path: path,
        bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    })
}

/// A page as it is written, and as an XML parser reads it back.
struct RenderedPage {
  let bytes: [UInt8]
  let root: XMLElement

  init<Model: TemplateModel>(_ template: String, _ model: Model) throws {
    bytes = try embeddedTemplates().page(template, for: Model.self).render(model)
    // Our parser refuses documents with a DTD, and what HTML calls a doctype is one.
    let doctype = Array("<!DOCTYPE html>\n".utf8)
    let body = bytes.starts(with: doctype) ? Array(bytes.dropFirst(doctype.count)) : bytes
    root = try XMLDocument(parsing: body, path: template).root()
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// All elements in document order.
  var elements: [XMLElement] { root.selfAndDescendants }

  func elements(_ name: String) -> [XMLElement] { elements.filter { $0.name == name } }
  func element(id: String) -> XMLElement? { elements.first { $0.value(of: "id") == id } }
  /// The values of an attribute, wherever it stands.
  func values(of attribute: String) -> [String] { elements.compactMap { $0.value(of: attribute) } }
}

extension XMLElement {
  var selfAndDescendants: [XMLElement] { [self] + elements.flatMap(\.selfAndDescendants) }
  func descendants(_ name: String) -> [XMLElement] { selfAndDescendants.dropFirst().filter { $0.name == name } }
  var words: Set<Substring> { Set((value(of: "class") ?? "").split(separator: " ")) }
}
