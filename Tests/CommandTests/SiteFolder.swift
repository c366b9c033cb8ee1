import TestSupport
import Testing
import XML

/// A site on the disk, read back: all of its files, and its pages as an XML parser sees them.
struct SiteFolder {
  let files: [String: [UInt8]]
  /// By path, each page's elements in document order.
  let pages: [String: [XMLElement]]

  init(_ folder: String) throws {
    files = TemporaryFolder.contents(of: folder)
    try #require(!files.isEmpty, "\(folder) is empty")
    pages = try files.filter { $0.key.hasSuffix(".html") }.reduce(into: [:]) { pages, file in
      pages[file.key] = try XMLDocument(parsing: file.value, path: file.key).root().selfAndDescendants
    }
  }

  func text(_ path: String) throws -> String {
    String(decoding: try #require(files[path], "\(path) is missing"), as: UTF8.self)
  }

  func page(_ path: String) throws -> [XMLElement] { try #require(pages[path], "\(path) is missing") }

  /// What all pages break of the rules that hold for each page, in the order of their paths; empty for a good site.
  var faults: [String] {
    let ids = pages.mapValues { Set($0.compactMap { $0.value(of: "id") }) }
    return pages.sorted { $0.key < $1.key }.flatMap { path, elements in
      faultsOfIDs(elements).map { "\(path): \($0)" } + elements.flatMap { faults(of: $0, on: path, ids: ids) }
    }
  }

  private func faultsOfIDs(_ elements: [XMLElement]) -> [String] {
    let all = elements.compactMap { $0.value(of: "id") }
    return Dictionary(grouping: all) { $0 }.filter { $0.value.count > 1 }.keys.sorted().map { "id \($0) stands twice" }
  }

  private func faults(of element: XMLElement, on path: String, ids: [String: Set<String>]) -> [String] {
    var faults: [String] = []
    for attribute in element.attributes {
      let name = attribute.name.lowercased()
      if name == "style" || name.hasPrefix("on") { faults.append("<\(element.name)> has \(name)") }
      guard SiteFolder.addressAttributes.contains(name) else { continue }
      if attribute.value.contains(":") {
        if !isLetOut(attribute.value, of: element, name) { faults.append("\(name) leads out to \(attribute.value)") }
      } else if !resolves(attribute.value, on: path, ids: ids) {
        faults.append("\(name) leads nowhere: \(attribute.value)")
      }
    }
    if ["script", "style"].contains(element.name), !element.children.isEmpty {
      faults.append("<\(element.name)> isn't empty")
    }
    return faults.map { "\(path): \($0)" }
  }

  /// The attributes that hold an address (HTML Living Standard, “Attributes”).
  private static let addressAttributes: Set = [
    "action", "cite", "data", "formaction", "href", "ping", "poster", "src", "srcset",
  ]

  /// References of rules, the repository and the site's own address may lead out; the empty icon is no request.
  private func isLetOut(_ address: String, of element: XMLElement, _ attribute: String) -> Bool {
    let isWeb = ["https://", "http://", "mailto:"].contains { address.hasPrefix($0) }
    switch (element.name, attribute) {
    case ("a", "href"): return isWeb && element.value(of: "rel") == "noreferrer"
    case ("link", "href"):
      return element.value(of: "rel") == "canonical" ? isWeb : element.value(of: "rel") == "icon" && address == "data:,"
    default: return false
    }
  }

  /// Whether a relative address names a file of the site, and its fragment an element there.
  private func resolves(_ address: String, on path: String, ids: [String: Set<String>]) -> Bool {
    let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    var folders = path.split(separator: "/").dropLast().map(String.init)
    var target = path
    // What a page is asked says nothing of where it is.
    let file = parts[0].prefix { $0 != "?" }
    if !file.isEmpty {
      guard !address.hasPrefix("/") else { return false }
      for part in file.split(separator: "/") {
        if part != ".." {
          folders.append(percentDecoded(part))
        } else if folders.popLast() == nil {
          return false
        }
      }
      target = folders.joined(separator: "/")
    }
    guard files[target] != nil else { return false }
    guard parts.count > 1 else { return true }
    return ids[target]?.contains(percentDecoded(parts[1])) == true
  }
}

private func percentDecoded(_ text: Substring) -> String {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
      bytes.append(value)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

extension XMLElement {
  var selfAndDescendants: [XMLElement] { [self] + elements.flatMap(\.selfAndDescendants) }
  func descendants(_ name: String) -> [XMLElement] { selfAndDescendants.dropFirst().filter { $0.name == name } }
}

extension [XMLElement] {
  func named(_ name: String) -> [XMLElement] { filter { $0.name == name } }
  func withID(_ id: String) -> XMLElement? { first { $0.value(of: "id") == id } }
  var titles: [String] { named("h1").map(\.text) }
}
