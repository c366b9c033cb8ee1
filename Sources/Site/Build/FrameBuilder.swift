import Templates

/// Makes what stands around a page: navigation, notices, links to the root of the site.
struct FrameBuilder: Sendable {
  private let content: SiteContent

  init(_ content: SiteContent) { self.content = content }

  /// - Parameters:
  ///   - titles: what the page is, the most particular first; the site's title is added.
  ///   - showsAttack: whether names of ATT&CK stand on the page, and so MITRE's notice must.
  func frame(
    of address: Address, titles: [String], summary: String?, crumbs: [(title: String, address: Address)] = [],
    showsAttack: Bool
  ) -> SiteFrame {
    SiteFrame(
      siteTitle: content.title, documentTitle: (titles + [content.title]).joined(separator: " – "), summary: summary,
      home: address.link(to: .home), styleSheet: address.link(to: .styleSheet), script: address.link(to: .script),
      search: nil, navigation: navigation(of: address),
      crumbs: crumbs.map { TitledLink(title: $0.title, page: address.link(to: $0.address)) },
      notices: showsAttack ? [content.attack.notice] : [],
      ruleCount: counted(content.index.rules.count, "rule"),
      downloads: [TitledLink(title: "catalog.json", page: address.link(to: .catalogJSON))],
      generator: content.generator)
  }

  private func navigation(of address: Address) -> [NavigationItem] {
    [("Rules", Address.rules)].map { title, target in
      let isIn = address.parts.count > 1 && address.parts.first == target.parts.first
      return NavigationItem(
        title: title, page: address.link(to: target), current: address == target ? .page : isIn ? .part : nil)
    }
  }
}
