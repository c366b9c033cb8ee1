import Templates

/// Makes the model of the search page.
struct SearchPageBuilder {
  private let frames: FrameBuilder

  init(_ frames: FrameBuilder) { self.frames = frames }

  func page() -> SearchPage {
    SearchPage(
      frame: frames.frame(
        of: .search, titles: ["Search"], summary: "Search rules, techniques, events, fields and values.",
        showsAttack: true),
      title: "Search",
      parts: frames.map.parts.map { TitledLink(title: $0.title, page: Address.search.link(to: $0.address)) })
  }
}
