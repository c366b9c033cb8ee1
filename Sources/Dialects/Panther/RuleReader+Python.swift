import Diagnostics
import DialectReading
import Documents
import QueryLanguages
import RuleModel
import Text

/// The Python beside a rule, which is read and never run.
extension RuleReader {
  /// - Parameter queries: the stages of the queries whose results it gets, of which at least one must match.
  mutating func readPython(behind queries: [Stage] = []) {
    guard let node = values["Filename"], let name = text("Filename") else {
      report(.pantherPython, at: document, "the rule has no 'Filename'; name the file with its Python")
      rule.lacksLogic = true
      rule.stages = queries
      return
    }
    guard let file = context.companion(at: name), file.bytes != nil else {
      report(
        .pantherPython, at: node,
        "the rule's Python '\(shortened(name))' isn't there; add the file, or correct its name")
      rule.lacksLogic = queries.isEmpty
      rule.stages = queries
      return
    }
    rule.attachments.append(file)
    let python: PythonFile
    do throws(DocumentError) {
      python = try PythonFile(file)
    } catch {
      rule.findings.append(error.diagnostic(in: file))
      rule.lacksLogic = queries.isEmpty
      rule.stages = queries
      return
    }
    rule.findings += python.diagnostics
    let modules = PantherModules(context, logTypes: rule.logSources.compactMap(\.service))
    let reading = QueryLanguages.readPython(
      PythonProgram(
        python.text, function: type == .policy ? "policy" : "rule", isNegated: type == .policy,
        counting: type == .policy ? nil : "unique",
        module: { modules.source(of: $0) }, model: { modules.meanings(of: $0) }),
      place: { _, _ in node.position })
    rule.findings += modules.diagnostics
    rule.findings += reading.faults.map { fault in
      let place = fault.module.flatMap { modules.python(of: $0) } ?? python
      return Diagnostic(fault.id, at: place.location(ofByte: fault.offset), fault.message)
    }
    rule.stages = reading.stages
    counted = reading.counted
    guard !rule.stages.isEmpty else {
      rule.stages = queries
      rule.lacksLogic = queries.isEmpty
      return
    }
    rule.lacksLogic = rule.stages.isUnread && queries.isEmpty
    guard !queries.isEmpty else { return }
    // The results of the queries are what the function gets.
    let start = rule.stages.count
    rule.stages += queries.referring(from: start)
    rule.stages[0].predicate = .conjunction([.stage(start), rule.stages[0].predicate])
  }
}

/// The modules and data models that a rule's Python uses.
private final class PantherModules {
  private let context: DialectContext
  private let logTypes: [String]
  private var files: [String: PythonFile?] = [:]
  /// What is wrong with the files as texts.
  private(set) var diagnostics: [Diagnostic] = []

  init(_ context: DialectContext, logTypes: [String]) { (self.context, self.logTypes) = (context, logTypes) }

  func source(of module: String) -> [UInt8]? { python(of: module)?.text }

  /// nil if there is no such module, or it isn't text.
  func python(of module: String) -> PythonFile? {
    if let known = files[module] { return known }
    let python = find(module).flatMap(read)
    files[module] = .some(python)
    return python
  }

  private func read(_ file: SourceFile) -> PythonFile? {
    guard file.bytes != nil else { return nil }
    do throws(DocumentError) {
      let python = try PythonFile(file)
      diagnostics += python.diagnostics
      return python
    } catch {
      diagnostics.append(error.diagnostic(in: file))
      return nil
    }
  }

  /// A helper by the name that its YAML gives it, a data model's methods, or a file beside the rule.
  private func find(_ module: String) -> SourceFile? {
    if module.hasPrefix("/") { return context.companion(at: module) }
    if let helper = context.companion(PantherCompanions.helper, named: module) {
      return helper.companion.value("file").flatMap { context.companion(at: "/" + folder(of: helper.path) + $0) }
    }
    // Names of the standard library are no files of the repository.
    guard !PythonProgram.isLibrary(module) else { return nil }
    return context.companion(at: module.split(separator: ".").joined(separator: "/") + ".py")
  }

  /// What a name of the unified data model stands for in each of the rule's types of logs.
  func meanings(of name: String) -> [PythonProgram.ModelName] {
    logTypes.flatMap { type in
      context.companions(PantherCompanions.dataModel, named: type).prefix(1).compactMap { meaning(of: name, in: $0) }
    }
  }

  private func meaning(of name: String, in model: PlacedCompanion) -> PythonProgram.ModelName? {
    let values = model.companion.values
    guard let place = values["names"]?.lastIndex(of: name), let path = values["paths"]?[place],
      let method = values["methods"]?[place]
    else { return nil }
    if !path.isEmpty { return .path(fieldPath(path)) }
    guard !method.isEmpty, let file = model.companion.value("file") else { return nil }
    return .function(method, module: "/" + folder(of: model.path) + file)
  }

  /// A JSON path as tests write it: `$.a[*].b` is `a.b`.
  private func fieldPath(_ path: String) -> String {
    var text = path
    if text.hasPrefix("$.") { text.removeFirst(2) }
    var parts: [String] = []
    for part in text.split(separator: ".") {
      parts.append(part.hasSuffix("[*]") ? String(part.dropLast(3)) : String(part.filter { !"'\"".contains($0) }))
    }
    return parts.joined(separator: ".")
  }
}
