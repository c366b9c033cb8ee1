import Diagnostics
import Templates

/// Pages of one kind: what is made of each of a number of things.
struct PageGroup: Sendable {
  /// How many there are.
  let count: Int
  /// The files of one of them; a page may have files beside it.
  let make: @Sendable (Int) -> [SiteFile]
}

/// Binds pages to their templates and keeps all that is wrong with them, so that it is told at once.
struct PageBinder {
  private let library: TemplateLibrary
  private(set) var groups: [PageGroup] = []
  private(set) var faults: [Diagnostic] = []

  init(_ library: TemplateLibrary) { self.library = library }

  /// Adds pages that are made from a template.
  ///
  /// - Parameters:
  ///   - model: an item's page: where it stands, and what it shows.
  ///   - beside: files that stand beside an item's page.
  mutating func add<Model: TemplateModel>(
    _ template: String, count: Int, model: @escaping @Sendable (Int) -> (Address, Model),
    beside: @escaping @Sendable (Int) -> [SiteFile] = { _ in [] }
  ) {
    do throws(TemplateErrors) {
      let page = try library.page(template, for: Model.self)
      groups.append(
        PageGroup(count: count) { index in
          let (address, model) = model(index)
          return [SiteFile(path: address.path, bytes: page.render(model))] + beside(index)
        })
    } catch {
      faults += error.diagnostics
    }
  }
}
