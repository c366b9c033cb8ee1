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
    guard let file = context.companion(at: name), let source = file.bytes else {
      report(
        .pantherPython, at: node,
        "the rule's Python '\(shortened(name))' isn't there; add the file, or correct its name")
      rule.lacksLogic = queries.isEmpty
      rule.stages = queries
      return
    }
    rule.attachments.append(file)
    let modules = PantherModules(context, logTypes: rule.logSources.compactMap(\.service))
    let reading = QueryLanguages.readPython(
      PythonProgram(
        source, function: type == .policy ? "policy" : "rule", isNegated: type == .policy,
        counting: type == .policy ? nil : "unique",
        module: { modules.source(of: $0) }, model: { modules.meanings(of: $0) }),
      place: { _, _ in node.position })
    rule.findings += reading.faults.map { fault in
      let place = fault.module.map { modules.file(of: $0) } ?? file
      return Diagnostic(
        fault.id,
        at: SourceLocation(place ?? file, at: position(ofByte: fault.offset, in: (place ?? file).bytes ?? [])),
        fault.message)
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

  private func position(ofByte offset: Int, in bytes: [UInt8]) -> SourcePosition {
    let before = bytes[..<min(offset, bytes.count)]
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return SourcePosition(line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: before.count - start + 1)
  }
}

/// The modules and data models that a rule's Python uses.
private final class PantherModules {
  private let context: DialectContext
  private let logTypes: [String]
  private var files: [String: SourceFile?] = [:]

  init(_ context: DialectContext, logTypes: [String]) { (self.context, self.logTypes) = (context, logTypes) }

  func source(of module: String) -> [UInt8]? { file(of: module)?.bytes }

  /// A helper by the name that its YAML gives it, a data model's methods, or a file beside the rule.
  func file(of module: String) -> SourceFile? {
    if let known = files[module] { return known }
    let file = find(module)
    files[module] = file
    return file
  }

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
