import Templates

/// Collects the files of pages and what is beside them.
struct PageBinder {
  private let templates: SiteTemplates
  /// In the order in which they were added.
  private(set) var files: [PlannedFile] = []

  init(_ templates: SiteTemplates) { self.templates = templates }

  /// Adds the pages that a template makes, one for each item.
  ///
  /// - Parameters:
  ///   - address: where an item's page is.
  ///   - model: what an item's page shows; asked for when the page is made.
  ///   - beside: files that belong to an item's page.
  mutating func add<Item: Sendable, Model: TemplateModel>(
    _ template: String, _ items: some Collection<Item>, at address: (Item) -> Address,
    model: @escaping @Sendable (Item) -> Model, beside: (Item) -> [PlannedFile] = { _ in [] }
  ) {
    let page: Template<Model> = templates.page(template)
    for item in items {
      files.append(PlannedFile(path: address(item).path) { page.render(model(item)) })
      files += beside(item)
    }
  }

  /// Adds a page that the site has once.
  mutating func add<Model: TemplateModel>(
    _ template: String, at address: Address, model: @escaping @Sendable () -> Model, beside: [PlannedFile] = []
  ) {
    add(template, CollectionOfOne(()), at: { address }, model: model, beside: { beside })
  }
}
