import Diagnostics
import RuleModel

@testable import QueryLanguages

/// A suite that reads searches.
protocol ReadsSPL {}

extension ReadsSPL {
  static func read(_ text: String, _ macros: [String: SPLMacro] = [:]) -> QueryReading {
    reading(text) { query, place in readSPL(query, macros: { name, count in macros["\(name)/\(count)"] }, place: place)
    }
  }

  static func logic(_ text: String) -> String { read(text).logic }
}
