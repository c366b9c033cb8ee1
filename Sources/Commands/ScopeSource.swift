import Attack
import Diagnostics
import Files
import RuleModel

/// The scope that a configuration defines, for a version of ATT&CK.
struct ScopeSource {
  /// nil if the configuration defines none.
  let scope: Scope?
  /// What doesn't prevent the scope from being used, such as dates that have passed.
  let findings: [Diagnostic]

  /// - Parameter day: decides whether the dates of accepted gaps have passed; without it, none has.
  /// - Throws: each name that ATT&CK doesn't have, and targets that can't be read.
  init(
    _ configuration: Configuration, _ matrix: AttackMatrix, on day: CalendarDate?
  ) throws(InputError) {
    let definition = configuration.scope
    guard !definition.isEmpty else {
      (scope, findings) = (nil, [])
      return
    }
    var remarks: [Diagnostic] = []
    var targets: [AttackTarget] = []
    for entry in definition.targets {
      targets.append(try ScopeSource.target(entry, configuration, matrix, &remarks))
    }
    let read = matrix.scope(definition, targets: targets.isEmpty ? nil : .union(targets), on: day)
    let found = (remarks + read.findings).sorted()
    if found.contains(where: { $0.severity == .error }) { throw InputError(found) }
    (scope, findings) = (read.scope, configuration.checks.applied(to: found))
  }

  /// The files that the targets may be, as seen from the configuration's folder; those of names and ids don't exist.
  static func files(of configuration: Configuration) -> [String] {
    configuration.scope.targets.map { path($0.text, configuration) }
  }

  private static func path(_ text: String, _ configuration: Configuration) -> String {
    text.hasPrefix("/") ? text : configuration.folder + text
  }

  private static func target(
    _ entry: ScopeDefinition.Entry, _ configuration: Configuration, _ matrix: AttackMatrix,
    _ remarks: inout [Diagnostic]
  ) throws(InputError) -> AttackTarget {
    let definition = configuration.scope
    func fault(_ message: String) -> InputError {
      InputError([Diagnostic(.attackScope, at: definition.location(of: entry), message)])
    }
    if let named = matrix.target(named: entry.text, via: definition.routes) {
      guard !named.origins.isEmpty else {
        throw fault("\(matrix.title) names no technique that '\(shortened(entry.text))' uses; name another target")
      }
      return named
    }
    let path = path(entry.text, configuration)
    guard exists(path) else {
      let near = nearestName(to: entry.text, in: matrix.targetNames).map { "did you mean '\($0)'?" }
      throw fault(
        "'\(shortened(entry.text))' is neither an id or name of \(matrix.title) nor a file; \(near ?? "check it")")
    }
    let (target, findings) = try matrix.target(inFile: path, via: definition.routes)
    remarks += findings
    return target
  }
}

extension LoadedCatalog {
  /// The scope that the configuration defines, with its findings reported.
  ///
  /// - Throws: if it can't be used.
  func scope(on day: CalendarDate?, _ terminal: Terminal) throws(InputError) -> Scope? {
    let source = try ScopeSource(configuration, knowledge.attack, on: day)
    terminal.report(source.findings)
    return source.scope
  }
}
