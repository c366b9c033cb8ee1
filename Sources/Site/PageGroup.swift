import Diagnostics
import Templates

/// Pages of one kind: what is made of each of a number of things.
struct PageGroup: Sendable {
  /// How many there are.
  let count: Int
  /// The files of one of them; a page may have files beside it.
  let files: @Sendable (Int) -> [PlannedFile]
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
  ///   - address: where an item's page stands. It is asked for all pages before any is made, and so must be cheap.
  ///   - model: what an item's page shows.
  ///   - beside: files that stand beside an item's page.
  mutating func add<Model: TemplateModel>(
    _ template: String, count: Int, at address: @escaping @Sendable (Int) -> Address,
    model: @escaping @Sendable (Int) -> Model, beside: @escaping @Sendable (Int) -> [PlannedFile] = { _ in [] }
  ) {
    do throws(TemplateErrors) {
      let page = try library.page(template, for: Model.self)
      groups.append(
        PageGroup(count: count) { index in
          [PlannedFile(path: address(index).path) { page.render(model(index)) }] + beside(index)
        })
    } catch {
      faults += error.diagnostics
    }
  }
}
