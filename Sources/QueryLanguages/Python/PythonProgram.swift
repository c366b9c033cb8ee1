package import Diagnostics
package import RuleModel

/// A rule written in Python, with what it needs besides its own module.
package struct PythonProgram {
  /// What a name of the unified data model stands for in one type of log.
  package enum ModelName: Hashable, Sendable {
    /// The field's path, without `$.`.
    case path(String)
    /// A function of a module.
    case function(String, module: String)
  }

  package var source: [UInt8]
  /// The function that decides: `rule`, or `policy`.
  package var function: String
  /// Whether the rule matches if the function returns false.
  package var isNegated: Bool
  /// The function whose values are counted in place of events, if the module has it: `unique`.
  package var counting: String?
  /// The text of a module of the repository by its dotted name; nil if there is none.
  package var module: (_ name: String) -> [UInt8]?
  /// What a name of the unified data model stands for in each type of log that the rule reads.
  package var model: (_ name: String) -> [ModelName]

  package init(
    _ source: [UInt8], function: String = "rule", isNegated: Bool = false,
    counting: String? = nil,
    module: @escaping (_ name: String) -> [UInt8]? = { _ in nil },
    model: @escaping (_ name: String) -> [ModelName] = { _ in [] }
  ) {
    self.source = source
    self.function = function
    self.isNegated = isNegated
    self.counting = counting
    self.module = module
    self.model = model
  }

  /// Whether a module is one of Python's or Panther's own libraries, of which no file needs to be sought.
  package static func isLibrary(_ module: String) -> Bool { PythonLibrary.isKnown(module) }
}

/// A problem in a rule's Python.
package struct PythonFault: Hashable, Sendable {
  package var id: CheckID
  package var message: String
  /// The module that it is in; nil for the rule's own.
  package var module: String?
  /// In the module's text, in bytes.
  package var offset: Int
}

/// The meaning of a rule's Python.
package struct PythonReading: Sendable {
  /// One for each function that decides, the rule's first; one that says what is counted is last.
  package var stages: [Stage] = []
  package var faults: [PythonFault] = []
  /// The field whose values are counted, or the name of the function that works them out; nil if events are.
  package var counted: String?
}

/// Reads what makes a rule's function true. Nothing is run: what can't be read without running it is opaque.
///
/// - Parameter place: finds the place in the rule's file that stands for an offset in its module, or in another one.
package func readPython(
  _ program: PythonProgram, place: @escaping (_ module: String?, _ offset: Int) -> SourcePosition
) -> PythonReading {
  PythonReader(program, place: place).read()
}

/// Reads a rule's module by itself, without any other.
package func readPython(_ source: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
  let reading = readPython(PythonProgram(source)) { place($1) }
  return QueryReading(
    stages: reading.stages,
    faults: QueryFault.inOrder(reading.faults.map { QueryFault($0.id, $0.message, at: place($0.offset)) }))
}
