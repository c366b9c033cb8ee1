import Templates

/// Makes the frame around a page: navigation, notices, links to the root of the site.
struct FrameBuilder: Sendable {
  private let content: SiteContent
  let map: SiteMap

  init(_ content: SiteContent, _ map: SiteMap) {
    self.content = content
    self.map = map
  }

  /// - Parameters:
  ///   - titles: what the page is, the most specific first; the site's title is added.
  ///   - showsAttack: whether ATT&CK names appear on the page, which then needs MITRE's notice and licence.
  func frame(
    of address: Address, titles: [String], summary: String?, crumbs: [(title: String, address: Address)] = [],
    showsAttack: Bool
  ) -> SiteFrame {
    var frame = SiteFrame(
      siteTitle: content.title, documentTitle: documentTitle(titles), summary: summary, home: address.link(to: .home),
      styleSheet: address.link(to: .styleSheet), script: address.link(to: .script), feed: address.link(to: .feed),
      // The search page has its own search box.
      search: address == .search ? nil : address.link(to: .search),
      navigation: navigation(of: address),
      generator: content.generator)
    frame.hasTelemetry = content.collected != nil
    frame.canonical = canonical(address)
    frame.crumbs = crumbs.map { TitledLink(title: $0.title, page: address.link(to: $0.address)) }
    frame.further = [
      TitledLink(title: "At a glance", page: address.link(to: .pictures)),
      TitledLink(title: "Findings", page: address.link(to: .lint)),
    ]
    frame.downloads = [
      TitledLink(title: "catalog.json", page: address.link(to: .catalogJSON)),
      TitledLink(title: "catalog.xml", page: address.link(to: .catalogXML)),
      TitledLink(title: "Feed", page: address.link(to: .feed)),
    ]
    if showsAttack {
      frame.notices = [content.attack.notice]
      frame.downloads.append(TitledLink(title: "ATT&CK licence", page: address.link(to: .attackLicence)))
    }
    return frame
  }

  func documentTitle(_ titles: [String]) -> String { (titles + [content.title]).joined(separator: " – ") }

  /// The page's canonical address on the web; nil without a base URL.
  func canonical(_ address: Address) -> Link? {
    content.baseURL.flatMap { Link(external: $0 + Link(relative: address.path).address) }
  }

  private func navigation(of address: Address) -> [NavigationItem] {
    map.parts.map { title, target in
      let isIn = address.parts.count > 1 && address.parts.first == target.parts.first
      return NavigationItem(
        title: title, page: address.link(to: target), current: address == target ? .page : isIn ? .part : nil)
    }
  }
}
