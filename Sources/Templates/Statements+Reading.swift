import Diagnostics
import XML

/// The syntax of statements: TAL 1.4 and METAL 1.1.
extension Statements {
  private static let talNames = ["attributes", "condition", "content", "define", "omit-tag", "repeat", "replace"]
  private static let metalNames = ["define-macro", "define-slot", "fill-slot", "use-macro"]

  mutating func readTAL(_ place: StatementAttribute) throws(StatementFault) {
    let text = place.attribute.value
    switch place.attribute.name {
    case "define":
      for part in statementParts(text) {
        let (name, path) = try nameAndPath(part, example: "tal:define=\"rule page/rule\"")
        define.append((name, path, place))
      }
    case "condition": condition = (try Expression(Substring(text).utf8, at: 0), place)
    case "repeat":
      let (name, path) = try nameAndPath((text, 0), example: "tal:repeat=\"rule page/rules\"")
      repetition = (name, path, place)
    case "content", "replace":
      guard content == nil else {
        throw StatementFault(
          offset: 0, message: "'tal:content' and 'tal:replace' can't be on the same element; keep one of them")
      }
      content = (try contentExpression(text), place)
      replacesElement = place.attribute.name == "replace"
    case "attributes":
      for part in statementParts(text) {
        let (name, offset, rest, restOffset) = nameAndRest(part.text, at: part.offset)
        guard !rest.isEmpty else {
          throw StatementFault(
            offset: offset, message: "'\(name)' has no value here; write 'tal:attributes=\"\(name) page/title\"'")
        }
        let expression = try Expression(rest, at: restOffset)
        attributes.append(Binding(name: name, expression: expression, attribute: place, offset: offset))
      }
    case "omit-tag":
      let isAlways = text.utf8.allSatisfy(isSpace)
      omitTag = (isAlways ? nil : try Expression(Substring(text).utf8, at: 0), place)
    case let name: throw StatementFault(offset: 0, message: unknown(name, prefix: "tal", among: Self.talNames))
    }
  }

  /// - Parameter file: the template that contains the statement.
  mutating func readMETAL(_ place: StatementAttribute, in file: String) throws(StatementFault) {
    let text = place.attribute.value
    switch place.attribute.name {
    case "define-macro": defineMacro = (try checked(name: text, at: 0), place)
    case "define-slot": defineSlot = try checked(name: text, at: 0)
    case "fill-slot": fillSlot = (try checked(name: text, at: 0), place)
    case "use-macro":
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      switch parts.count {
      case 1 where isName(parts[0]): useMacro = (MacroReference(file: file, name: parts[0]), place)
      case 2 where !parts[0].isEmpty && isName(parts[1]):
        useMacro = (MacroReference(file: parts[0], name: parts[1]), place)
      default:
        throw StatementFault(
          offset: 0,
          message: "'\(text)' isn't the name of a macro; write its name, or 'file.html/name' for one of another file")
      }
    case let name: throw StatementFault(offset: 0, message: unknown(name, prefix: "metal", among: Self.metalNames))
    }
  }
}

private func contentExpression(_ text: String) throws(StatementFault) -> Expression {
  let (first, offset, rest, restOffset) = nameAndRest(text, at: 0)
  switch first {
  case "structure" where !rest.isEmpty:
    throw StatementFault(
      offset: offset, message: "text is always escaped, and fragments never are; remove 'structure'")
  case "text" where !rest.isEmpty: return try Expression(rest, at: restOffset)
  default: return try Expression(Substring(text).utf8, at: 0)
  }
}

private func nameAndPath(
  _ part: (text: String, offset: Int), example: String
) throws(StatementFault) -> (name: String, path: PathExpression) {
  let (name, offset, rest, restOffset) = nameAndRest(part.text, at: part.offset)
  guard !rest.isEmpty else {
    throw StatementFault(offset: offset, message: "a name and a path are expected here; write them as in '\(example)'")
  }
  return (try checked(name: name, at: offset), try PathExpression(rest, at: restOffset))
}

private func checked(name: String, at offset: Int) throws(StatementFault) -> String {
  guard isName(name) else {
    throw StatementFault(
      offset: offset, message: "'\(name)' isn't a valid name; write letters, digits, '_', '-' and '.'")
  }
  guard name != "repeat", name != "nothing" else {
    throw StatementFault(offset: offset, message: "'\(name)' is reserved; choose another name")
  }
  return name
}

private func unknown(_ name: String, prefix: String, among known: [String]) -> String {
  let advice =
    nearestName(to: name, in: known).map { "write '\(prefix):\($0)'" }
    ?? "there are \(known.map { "'\(prefix):\($0)'" }.joined(separator: ", "))"
  return "there is no '\(prefix):\(name)'; \(advice)"
}
