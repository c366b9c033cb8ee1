/// A search macro: a text with a name, which a search uses between back-ticks (Splunk, “Use search macros in searches”).
package struct SPLMacro: Hashable, Sendable {
  /// What its parameters are called; `$name$` in the definition stands for what a call gives.
  package var parameters: [String]
  package var definition: [UInt8]

  package init(parameters: [String] = [], definition: some Sequence<UInt8>) {
    self.parameters = parameters
    self.definition = Array(definition)
  }

  /// The macro with that name and number of parameters; nil if there is none.
  package typealias Lookup = (_ name: String, _ parameters: Int) -> SPLMacro?

  /// Macros that come with Splunk or its Common Information Model, which no folder of rules defines.
  static func supplied(_ name: String, _ parameters: Int) -> SPLMacro? {
    switch (name, parameters) {
    case ("drop_dm_object_name", 1):
      SPLMacro(parameters: ["name"], definition: "rename \"$name$.*\" as \"*\"".utf8)
    case ("comment", 1): SPLMacro(parameters: ["text"], definition: [])
    default: nil
    }
  }
}

/// A use of a macro, without its back-ticks: `name`, `name(a, "b, c", d=e)`.
struct SPLMacroCall {
  var name: String
  /// Without quotes.
  var arguments: [[UInt8]] = []

  init(_ text: ArraySlice<UInt8>) {
    let text = text.trimmedSpaces
    guard let open = text.firstIndex(of: UInt8(ascii: "(")), text.last == UInt8(ascii: ")") else {
      name = String(decoding: text, as: UTF8.self)
      return
    }
    name = String(decoding: text[..<open].trimmedSpaces, as: UTF8.self)
    let inside = text[(open + 1)..<(text.endIndex - 1)]
    guard !inside.trimmedSpaces.isEmpty else { return }
    arguments = SPLMacroCall.parts(of: inside).map(SPLMacroCall.withoutQuotes)
  }

  /// The macro's definition with the arguments in place of its parameters.
  func text(of macro: SPLMacro) -> [UInt8] {
    var values: [String: [UInt8]] = [:]
    for (place, argument) in arguments.enumerated() {
      // An argument may be given by name.
      if let sign = argument.firstIndex(of: UInt8(ascii: "=")),
        case let name = String(decoding: argument[..<sign].trimmedSpaces, as: UTF8.self),
        macro.parameters.contains(name)
      {
        values[name] = Array(argument[(sign + 1)...].trimmedSpaces)
      } else if place < macro.parameters.count {
        values[macro.parameters[place]] = argument
      }
    }
    guard !values.isEmpty else { return macro.definition }
    let (text, dollar) = (macro.definition, UInt8(ascii: "$"))
    var result: [UInt8] = []
    var at = 0
    while at < text.count {
      // No name is longer.
      if text[at] == dollar, let end = text[(at + 1)...].prefix(65).firstIndex(of: dollar),
        let value = values[String(decoding: text[(at + 1)..<end], as: UTF8.self)]
      {
        result += value
        at = end + 1
      } else {
        result.append(text[at])
        at += 1
      }
    }
    return result
  }

  /// Divided at commas outside quotes and brackets.
  private static func parts(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var (start, at, level) = (text.startIndex, text.startIndex, 0)
    var isQuoted = false
    while at < text.endIndex {
      switch text[at] {
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "(") where !isQuoted: level += 1
      case UInt8(ascii: ")") where !isQuoted: level -= 1
      case UInt8(ascii: ",") where !isQuoted && level == 0:
        parts.append(text[start..<at])
        start = at + 1
      default: break
      }
      at += 1
    }
    return parts + [text[start...]]
  }

  private static func withoutQuotes(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let text = text.trimmedSpaces
    let quote = UInt8(ascii: "\"")
    guard text.count > 1, text.first == quote, text.last == quote else { return Array(text) }
    return Array(text.dropFirst().dropLast())
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmedSpaces: ArraySlice<UInt8> {
    var text = self
    while let first = text.first, ByteSet.spaces.contains(first) { text.removeFirst() }
    while let last = text.last, ByteSet.spaces.contains(last) { text.removeLast() }
    return text
  }
}
