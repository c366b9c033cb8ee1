import RuleModel
import XML

/// An SVG file that can do nothing but be looked at: no script, no HTML, and nothing from another file or host.
struct VectorDrawing: Hashable {
  /// nil if it doesn't say.
  var size: NotePicture.Size?

  /// Why a file isn't such a drawing, to follow "it".
  struct Fault: Error, Hashable {
    var reason: String
  }

  init(_ bytes: [UInt8]) throws(Fault) {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let content = try VectorDrawing.withoutProlog(text)
    let root: XMLElement
    do throws(XMLErrors) {
      root = try XMLDocument(parsing: content, path: "").root()
    } catch {
      throw Fault(reason: "isn't well-formed XML: \(error.errors.first?.message ?? "unknown error")")
    }
    guard root.name == "svg", root.namespace == VectorDrawing.namespace else {
      throw Fault(reason: "isn't a picture but XML of another kind")
    }
    try VectorDrawing.check(root)
    size = VectorDrawing.size(of: root)
  }

  private static let namespace = "http://www.w3.org/2000/svg"

  /// The drawing without its XML declaration and a DOCTYPE that only names a DTD, which no browser loads.
  private static func withoutProlog(_ bytes: [UInt8]) throws(Fault) -> [UInt8] {
    var rest = bytes[...]
    func skipSpace() { rest = rest.drop { $0 <= 0x20 } }
    guard rest.first == UInt8(ascii: "<"), String(validating: bytes, as: UTF8.self) != nil else {
      throw Fault(reason: "is neither a picture nor XML in UTF-8")
    }
    // Other instructions may begin with these letters.
    if rest.starts(with: "<?xml".utf8), rest.dropFirst(5).first.map({ $0 <= 0x20 }) == true,
      let end = rest.firstIndex(of: UInt8(ascii: ">"))
    {
      let declaration = String(decoding: rest[..<end], as: UTF8.self).lowercased()
      // A browser would read it in that encoding, and see something else.
      if let match = declaration.firstMatch(of: /encoding\s*=\s*["']([^"']*)["']/),
        !["utf-8", "utf8", "us-ascii"].contains(match.1)
      {
        throw Fault(reason: "isn't in UTF-8; save it in UTF-8")
      }
      rest = rest[(end + 1)...]
    }
    skipSpace()
    // A comment's end isn't in its beginning: HTML and XML read '<!-->' differently.
    while rest.starts(with: "<!--".utf8),
      let end = rest.indices.dropFirst(4).first(where: { rest[$0...].starts(with: "-->".utf8) })
    {
      rest = rest[(end + 3)...]
      skipSpace()
    }
    if rest.starts(with: "<!DOCTYPE svg".utf8), let end = VectorDrawing.endOfDeclaration(rest) {
      guard !rest[..<end].contains(UInt8(ascii: "[")) else {
        throw Fault(reason: "defines entities; remove its DOCTYPE")
      }
      rest = rest[(end + 1)...]
    }
    let instruction = Array("<?".utf8)
    if rest.indices.contains(where: { rest[$0] == instruction[0] && rest[$0...].starts(with: instruction) }) {
      throw Fault(reason: "contains processing instructions; remove them")
    }
    return Array(rest)
  }

  /// The `>` that ends a declaration; one in quotes doesn't.
  private static func endOfDeclaration(_ bytes: ArraySlice<UInt8>) -> Int? {
    var quote: UInt8?
    return bytes.firstIndex { byte in
      if let open = quote {
        if byte == open { quote = nil }
        return false
      }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
      return byte == UInt8(ascii: ">")
    }
  }

  // MARK: What is in it

  /// What runs, embeds another document or shows HTML.
  private static let refused: Set<String> = [
    "script", "foreignobject", "handler", "listener", "iframe", "object", "embed", "audio", "video", "canvas", "link",
  ]

  private static func check(_ element: XMLElement) throws(Fault) {
    let name = element.name.lowercased()
    if refused.contains(name) || element.namespace == "http://www.w3.org/1999/xhtml" {
      throw Fault(reason: "contains '\(element.name)'; save it as plain SVG, without scripts and HTML")
    }
    for attribute in element.attributes { try check(attribute) }
    if name == "style" { try check(style: element.text) }
    for child in element.elements { try check(child) }
  }

  private static func check(_ attribute: XMLAttribute) throws(Fault) {
    let name = attribute.name.lowercased()
    if name.hasPrefix("on") {
      throw Fault(reason: "contains the script of '\(attribute.name)'; save it as plain SVG, without scripts")
    }
    switch name {
    case "href", "src", "base":
      guard isInside(attribute.value) else { throw elsewhere(attribute.value) }
    case "attributename":
      // An animation could set what isn't allowed to be there from the start.
      let target = attribute.value.lowercased()
      if target.hasPrefix("on") || target.hasSuffix("href") || target == "style" {
        throw Fault(reason: "animates '\(attribute.value)'; save it without that")
      }
    default: try check(style: attribute.value)
    }
  }

  /// CSS, or the value of an attribute, which may be the same as a property of CSS.
  private static func check(style text: String) throws(Fault) {
    let style = text.lowercased()
    // Names of programs' own attributes may contain one; a function of CSS could be hidden behind it.
    if style.contains("\\"), style.contains("(") || style.contains("@") {
      throw Fault(reason: "has escapes in its styles; save it without them")
    }
    for function in ["@import", "image-set(", "image(", "src("] where style.contains(function) {
      throw Fault(reason: "uses '\(function.prefix { $0 != "(" })' in its styles; save it without that")
    }
    var rest = Substring(style)
    while let start = rest.firstRange(of: "url(") {
      rest = rest[start.upperBound...]
      let target = rest.prefix { $0 != ")" }.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
      // A parenthesis in a target would make each of many look for its end again.
      guard isInside(target), !target.contains("(") else { throw elsewhere(target) }
    }
  }

  /// Whether a reference is to a part of the drawing, or to a raster picture or a font in it.
  private static func isInside(_ reference: String) -> Bool {
    let reference = reference.lowercased().filter { !$0.isWhitespace }
    return reference.isEmpty || reference.hasPrefix("#")
      || ["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "font/", "application/font-"].contains {
        reference.hasPrefix("data:\($0)")
      }
  }

  private static func elsewhere(_ reference: String) -> Fault {
    let shown = reference.unicodeScalars.count <= 40 ? reference : "\(String(reference.unicodeScalars.prefix(39)))…"
    return Fault(reason: "refers to '\(shown)'; embed that, or remove it")
  }

  // MARK: Its size

  private static func size(of root: XMLElement) -> NotePicture.Size? {
    func pixels(_ text: Substring?) -> Int? {
      guard let text, let number = Double(text.hasSuffix("px") ? text.dropLast(2) : text), (1...16_384).contains(number)
      else { return nil }
      return Int(number.rounded())
    }
    let box = root.value(of: "viewBox")?.split { $0 == " " || $0 == "," } ?? []
    let own = (pixels(root.value(of: "width").map { $0[...] }), pixels(root.value(of: "height").map { $0[...] }))
    let inBox = box.count == 4 ? (pixels(box[2]), pixels(box[3])) : (nil, nil)
    for case (let width?, let height?) in [own, inBox] { return NotePicture.Size(width: width, height: height) }
    return nil
  }
}
