import Templates

/// Collects the files of pages and the files beside them.
struct PageBinder {
  private let templates: SiteTemplates
  /// In the order in which they were added.
  private(set) var files: [PlannedFile] = []

  init(_ templates: SiteTemplates) { self.templates = templates }

  /// Adds the pages of a template, one for each item.
  ///
  /// - Parameters:
  ///   - address: gives the address of an item's page.
  ///   - model: gives the content of an item's page; called when the page is made.
  ///   - beside: gives the files that belong to an item's page.
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

  /// Adds a page that exists once per site.
  mutating func add<Model: TemplateModel>(
    _ template: String, at address: Address, model: @escaping @Sendable () -> Model, beside: [PlannedFile] = []
  ) {
    add(template, CollectionOfOne(()), at: { address }, model: model, beside: { beside })
  }
}
