import Templates
import XML

/// A page of the site as one file that needs no other and asks for none, to be sent by mail: the style sheet and the
/// pictures are in it, scripts and what leads around the site are left out, and links lead to the public site, or are
/// text if there is none.
struct SinglePage {
  /// The address of the page in the site.
  var address: Address
  /// The style sheet, in UTF-8.
  var styleSheet: [UInt8]
  /// The pictures that the page shows, by their path in the site: SVG.
  var pictures: [String: [UInt8]]
  /// The site's public address, with a slash at its end; nil if it has none.
  var baseURL: String?

  /// Elements of this class lead around the site; a single page leaves them out.
  private static let siteOnly = "site-only"

  /// - Parameter page: the page as the site has it.
  /// - Throws: if the page isn't well-formed, which a template of one's own can't cause.
  func bytes(of page: [UInt8]) throws(XMLErrors) -> [UInt8] {
    let style = StyleText(styleSheet)
    var root = try XMLDocument(parsing: page, path: address.path).root()
    root.children = root.children.flatMap { changed($0, style) }
    return html(root)
  }

  private func changed(_ node: XMLNode, _ style: StyleText) -> [XMLNode] {
    guard case .element(var element) = node else { return [node] }
    if element.value(of: "class")?.split(separator: " ").contains(Substring(SinglePage.siteOnly)) == true { return [] }
    switch element.name {
    case "script", "form": return []
    case "meta" where element.value(of: "http-equiv") == "Content-Security-Policy":
      // Nothing is loaded, and no other style applies.
      element.set("content", "default-src 'none'; style-src '\(style.source)'; img-src data:; base-uri 'none'")
    case "link":
      guard element.value(of: "rel") == "stylesheet" else {
        return element.value(of: "href")?.hasPrefix("data:") == true ? [node] : []
      }
      element.name = "style"
      element.attributes = []
      element.children = [.text(style.text)]
      return [.element(element)]
    case "img":
      guard let picture = element.value(of: "src").flatMap({ pictures[path(of: $0)] }) else { return [] }
      element.set("src", "data:image/svg+xml;base64," + base64(picture))
    case "a":
      guard let target = element.value(of: "href"), let link = link(to: target) else {
        element.name = "span"
        element.attributes.removeAll { !["class", "id", "lang", "title"].contains($0.name) }
        break
      }
      element.set("href", link)
    default: break
    }
    element.children = element.children.flatMap { changed($0, style) }
    return [.element(element)]
  }

  /// Where a link leads from the single page; nil if nowhere.
  private func link(to target: String) -> String? {
    if target.hasPrefix("#") || Link(external: target) != nil { return target }
    return baseURL.map { $0 + path(of: target) }
  }

  /// The path in the site of what a relative address names, with its query and fragment.
  private func path(of target: String) -> String {
    let end = target.firstIndex { $0 == "?" || $0 == "#" } ?? target.endIndex
    if end == target.startIndex { return address.path + target }
    var parts = Array(address.parts.dropLast())
    for part in target[..<end].split(separator: "/", omittingEmptySubsequences: false) {
      switch part {
      case "..": if !parts.isEmpty { parts.removeLast() }
      case ".": break
      default: parts.append(String(part))
      }
    }
    return parts.joined(separator: "/") + target[end...]
  }
}

extension XMLElement {
  fileprivate mutating func set(_ name: String, _ value: String) {
    for index in attributes.indices where attributes[index].name == name { attributes[index].value = value }
  }
}
