extension PythonParser {
  /// The names that an `import` or `from` statement adds.
  mutating func imports() -> [PythonImport] {
    var found: [PythonImport] = []
    if take("import") {
      repeat {
        guard let module = dottedName() else { break }
        let local = take("as") ? name() : nil
        found.append(
          PythonImport(
            module: module, name: nil, local: local ?? String(module.prefix { $0 != "." })))
      } while take(",")
    } else if take("from") {
      guard let module = dottedName(), take("import") else { return [] }
      if take("*") {
        return [PythonImport(module: module, name: PythonImport.everything, local: PythonImport.everything)]
      }
      let isGroup = take("(")
      defer { if isGroup { _ = take(")") } }
      while let name = name() {
        let local = take("as") ? self.name() : nil
        found.append(PythonImport(module: module, name: name, local: local ?? name))
        if !take(",") { break }
      }
    }
    return found
  }

  private mutating func dottedName() -> String? {
    var text = ""
    while take(".") || take("...") { text += "." }
    guard let first = name() else { return text.isEmpty ? nil : text }
    text += first
    while take(".") {
      guard let part = name() else { break }
      text += "." + part
    }
    return text
  }
}
