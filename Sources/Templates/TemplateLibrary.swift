package import Diagnostics

/// A file of templates and macros.
package struct TemplateFile: Hashable, Sendable {
  /// The name used by other templates: `frame.html`.
  package var name: String
  /// The path used in messages.
  package var path: String
  package var bytes: [UInt8]

  package init(name: String, path: String, bytes: [UInt8]) {
    self.name = name
    self.path = path
    self.bytes = bytes
  }
}

/// All errors in the templates, in order of location.
package struct TemplateErrors: Error, Hashable {
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = Set(diagnostics).sorted() }
}

/// Templates that can use each other's macros. See templates/README.md for the language.
package struct TemplateLibrary: Sendable {
  let pages: [String: TemplateElement]
  let macros: [MacroReference: TemplateElement]
  private let paths: [String: String]

  /// - Throws: all errors in any of the files that can be found without the models.
  package init(files: [TemplateFile]) throws(TemplateErrors) {
    var diagnostics: [Diagnostic] = []
    var pages: [String: TemplateElement?] = [:]
    var macros: [MacroReference: TemplateElement] = [:]
    var nextID = 0
    for file in files {
      var reader = TemplateReader(file, firstID: nextID)
      if pages.updateValue(reader.read(), forKey: file.name) != nil {
        diagnostics.append(
          Diagnostic(
            .template, at: SourceLocation(path: file.path), "two templates are named '\(file.name)'; rename one of them"
          ))
      }
      nextID = reader.endID
      diagnostics += reader.diagnostics
    }
    let roots = pages.values.compactMap(\.self).sorted { $0.id < $1.id }
    for root in roots {
      root.visit { element in
        guard let (name, attribute) = element.statements.defineMacro else { return }
        if macros.updateValue(element, forKey: MacroReference(file: element.file, name: name)) != nil {
          diagnostics.append(
            Diagnostic(
              .template, at: attribute.location(),
              "the macro '\(name)' is defined twice in this file; rename one of them"))
        }
      }
    }
    self.pages = pages.compactMapValues(\.self)
    self.macros = macros
    paths = Dictionary(files.map { ($0.name, $0.path) }, uniquingKeysWith: { first, _ in first })
    for root in roots { root.visit { element in diagnostics += missing(for: element, files: files.map(\.name)) } }
    if !diagnostics.isEmpty { throw TemplateErrors(diagnostics) }
  }

  /// A whole page, starting with `<!DOCTYPE html>`. Its model is the variable `page`.
  ///
  /// - Parameter name: the name of the file.
  /// - Throws: all mismatches with the model.
  package func page<Model: TemplateModel>(
    _ name: String, for model: Model.Type
  ) throws(TemplateErrors) -> Template<Model> {
    guard let root = pages[name] else { throw TemplateErrors([missing(file: name, at: SourceLocation(path: name))]) }
    return try compile(root, for: model, as: "page", isPage: true)
  }

  /// Only a macro's element.
  ///
  /// - Parameters:
  ///   - variable: the macro's name for its model.
  /// - Throws: all mismatches with the model.
  package func macro<Model: TemplateModel>(
    _ name: String, in file: String, for model: Model.Type, as variable: String
  ) throws(TemplateErrors) -> Template<Model> {
    guard pages[file] != nil else { throw TemplateErrors([missing(file: file, at: SourceLocation(path: file))]) }
    guard let element = macros[MacroReference(file: file, name: name)] else {
      let location = SourceLocation(path: paths[file] ?? file)
      throw TemplateErrors([missing(macro: MacroReference(file: file, name: name), at: location)])
    }
    return try compile(element, for: model, as: variable, isPage: false)
  }

  private func compile<Model: TemplateModel>(
    _ element: TemplateElement, for model: Model.Type, as variable: String, isPage: Bool
  ) throws(TemplateErrors) -> Template<Model> {
    var compiler = Compiler(self)
    let start = compiler.compile(element, for: model, as: variable, isPage: isPage)
    if !compiler.diagnostics.isEmpty { throw TemplateErrors(compiler.diagnostics) }
    return Template(programs: compiler.programs, start: start)
  }

  // MARK: Unresolved references

  private func missing(for element: TemplateElement, files: [String]) -> [Diagnostic] {
    guard let (reference, attribute) = element.statements.useMacro else { return [] }
    guard files.contains(reference.file) else { return [missing(file: reference.file, at: attribute.location())] }
    // An unreadable file has already been reported; its macros aren't known.
    guard pages[reference.file] != nil else { return [] }
    guard let macro = macros[reference] else { return [missing(macro: reference, at: attribute.location())] }
    var seen: Set<String> = []
    return element.fillings.compactMap { name, attribute, _ in
      if !seen.insert(name).inserted {
        return Diagnostic(.template, at: attribute.location(), "the slot '\(name)' is filled twice; remove one of them")
      }
      guard !macro.slots.contains(name) else { return nil }
      return Diagnostic(
        .template, at: attribute.location(),
        "the macro '\(reference.name)' has no slot '\(name)'; \(advice(for: name, among: macro.slots))")
    }
  }

  private func missing(file: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .template, at: location, "there is no template '\(file)'; \(advice(for: file, among: paths.keys.sorted()))")
  }

  private func missing(macro: MacroReference, at location: SourceLocation) -> Diagnostic {
    let known = macros.keys.filter { $0.file == macro.file }.map(\.name).sorted()
    return Diagnostic(
      .template, at: location,
      "'\(macro.file)' defines no macro '\(macro.name)'; \(advice(for: macro.name, among: known))")
  }
}

/// A suggestion for an unknown name.
func advice(for name: String, among known: [String]) -> String {
  if let nearest = nearestName(to: name, in: known) { return "write '\(nearest)'" }
  return known.isEmpty
    ? "there is none" : "there \(known.count == 1 ? "is" : "are") \(known.map { "'\($0)'" }.joined(separator: ", "))"
}
