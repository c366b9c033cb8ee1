import Diagnostics
import XML

/// Turns a template's XML into elements with parsed statements, and notes all that is wrong with it.
struct TemplateReader {
  private static let talNamespace = "http://xml.zope.org/namespaces/tal"
  private static let metalNamespace = "http://xml.zope.org/namespaces/metal"
  private static let talStatements = ["attributes", "condition", "content", "define", "omit-tag", "repeat", "replace"]
  private static let metalStatements = ["define-macro", "define-slot", "fill-slot", "use-macro"]

  private let file: TemplateFile
  private var nextID: Int
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameter firstID: the number of the first element that is read.
  init(_ file: TemplateFile, firstID: Int) {
    self.file = file
    nextID = firstID
  }

  var endID: Int { nextID }

  /// The root element, or nil when the file is not well-formed XML.
  mutating func read() -> TemplateElement? {
    do throws(XMLErrors) {
      let root = try XMLDocument(parsing: file.bytes, path: file.path).root()
      return element(root, isForeign: false, isPreformatted: false, isInMacroUse: false)
    } catch {
      diagnostics += error.errors.map { Diagnostic(.template, at: $0.location, $0.message) }
      return nil
    }
  }

  private mutating func report(_ attribute: StatementAttribute, _ offset: Int = 0, _ message: String) {
    diagnostics.append(Diagnostic(.template, at: attribute.location(offset), message))
  }

  private mutating func element(
    _ source: XMLElement, isForeign: Bool, isPreformatted: Bool, isInMacroUse: Bool
  ) -> TemplateElement {
    let isBlock = source.namespace == Self.talNamespace || source.namespace == Self.metalNamespace
    let isForeign = isForeign || source.name == "svg" || source.name == "math"
    let location = SourceLocation(path: file.path, position: source.position)
    nextID += 1
    var element = TemplateElement(
      id: nextID - 1, file: file.name, location: location, name: source.name, isBlock: isBlock, isForeign: isForeign,
      attributes: [], statements: Statements(), children: [])
    if !isBlock {
      if let prefix = source.prefix {
        diagnostics.append(
          Diagnostic(.template, at: location, "the element '\(prefix):\(source.name)' can't stand in HTML; write it without the prefix"))
      }
      if !isForeign, source.name.utf8.contains(where: { (0x41...0x5A).contains($0) }) {
        diagnostics.append(
          Diagnostic(.template, at: location, "HTML writes '\(source.name)' in small letters; write '\(source.name.lowercased())'"))
      }
      element.attributes += source.declarations.filter { isKept($0) }.map { ($0.prefix.map { "xmlns:\($0)" } ?? "xmlns", $0.uri) }
    }
    readAttributes(of: source, into: &element)
    check(element, isInMacroUse: isInMacroUse)

    let isRaw = !isBlock && HTMLVocabulary.rawTextElements.contains(source.name)
    let isPreformatted = isPreformatted || HTMLVocabulary.preformattedElements.contains(source.name)
    // A filling, and what stands in it, is outside the use of the macro that it fills.
    let childrenAreInMacroUse =
      element.statements.useMacro != nil || (isInMacroUse && element.statements.fillSlot == nil)
    for child in source.children {
      switch child {
      case .element(let inner):
        if isRaw {
          diagnostics.append(
            Diagnostic(
              .template, at: SourceLocation(path: file.path, position: inner.position),
              "an element can't stand in '\(source.name)'; move it out"))
        }
        element.children.append(
          .element(
            self.element(
              inner, isForeign: isForeign && source.name != "foreignObject", isPreformatted: isPreformatted,
              isInMacroUse: childrenAreInMacroUse)))
      case .text(let text):
        if isRaw, text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) {
          diagnostics.append(
            Diagnostic(
              .template, at: location,
              "'<' and '&' mean one thing in HTML and another in XML inside '\(source.name)'; move the text to a file"))
        }
        element.children.append(.text(text))
      case .comment, .instruction: break
      }
    }
    if !isPreformatted, !isRaw { element.collapseWhiteSpace() }
    if element.isVoid, !element.children.isEmpty || element.statements.content.map({ _ in !element.statements.replacesElement }) ?? false {
      diagnostics.append(Diagnostic(.template, at: location, "'\(element.name)' can't have content; remove it"))
    }
    return element
  }

  private func isKept(_ declaration: XMLNamespaceDeclaration) -> Bool {
    ![Self.talNamespace, Self.metalNamespace, "http://www.w3.org/1999/xhtml"].contains(declaration.uri)
  }

  private mutating func readAttributes(of source: XMLElement, into element: inout TemplateElement) {
    for attribute in source.attributes {
      let place = StatementAttribute(path: file.path, attribute: attribute)
      // On an element of TAL or METAL, statements need no prefix.
      let namespace = attribute.namespace ?? (element.isBlock ? source.namespace : nil)
      do throws(StatementFault) {
        switch namespace {
        case Self.talNamespace: try readTAL(attribute, at: place, into: &element.statements)
        case Self.metalNamespace: try readMETAL(attribute, at: place, into: &element.statements)
        default:
          let name = attribute.prefix.map { "\($0):\(attribute.name)" } ?? attribute.name
          if let prefix = attribute.prefix, prefix != "xml", prefix != "xlink" {
            throw StatementFault(offset: 0, message: "the attribute '\(name)' can't stand in HTML; write it without the prefix")
          }
          element.attributes.append((name, attribute.value))
        }
      } catch {
        report(place, error.offset, error.message)
      }
    }
  }

  private func readTAL(
    _ attribute: XMLAttribute, at place: StatementAttribute, into statements: inout Statements
  ) throws(StatementFault) {
    let text = attribute.value
    switch attribute.name {
    case "define":
      for part in statementParts(text) {
        let (name, offset, path) = try nameAndPath(part, example: "tal:define=\"rule page/rule\"")
        try checkName(name, at: offset)
        statements.define.append((name, path, place))
      }
    case "condition": statements.condition = (try Expression(Substring(text).utf8, at: 0), place)
    case "repeat":
      let (name, offset, path) = try nameAndPath((text, 0), example: "tal:repeat=\"rule page/rules\"")
      try checkName(name, at: offset)
      statements.repetition = (name, path, place)
    case "content", "replace":
      guard statements.content == nil else {
        throw StatementFault(offset: 0, message: "'tal:content' and 'tal:replace' can't stand on one element; keep one of them")
      }
      statements.replacesElement = attribute.name == "replace"
      let (first, _, rest, restOffset) = nameAndRest(text, at: 0)
      if first == "structure", !rest.isEmpty {
        throw StatementFault(offset: 0, message: "text is always escaped; remove 'structure', which nothing here needs")
      }
      let isMarkedText = first == "text" && !rest.isEmpty
      statements.content = (try Expression(isMarkedText ? rest : Substring(text).utf8, at: isMarkedText ? restOffset : 0), place)
    case "attributes":
      for part in statementParts(text) {
        let (name, offset, rest, restOffset) = nameAndRest(part.text, at: part.offset)
        guard !rest.isEmpty else {
          throw StatementFault(offset: offset, message: "'\(name)' lacks its value; write 'tal:attributes=\"\(name) page/title\"'")
        }
        statements.attributes.append(
          Statements.Binding(name: name, expression: try Expression(rest, at: restOffset), attribute: place, offset: offset))
      }
    case "omit-tag":
      let isAlways = text.utf8.allSatisfy(isSpace)
      statements.omitTag = (isAlways ? nil : try Expression(Substring(text).utf8, at: 0), place)
    default:
      throw StatementFault(offset: 0, message: unknown(attribute.name, prefix: "tal", among: Self.talStatements))
    }
  }

  private func readMETAL(
    _ attribute: XMLAttribute, at place: StatementAttribute, into statements: inout Statements
  ) throws(StatementFault) {
    let text = attribute.value
    switch attribute.name {
    case "define-macro":
      try checkName(text, at: 0)
      statements.defineMacro = text
    case "define-slot":
      try checkName(text, at: 0)
      statements.defineSlot = text
    case "fill-slot":
      try checkName(text, at: 0)
      statements.fillSlot = (text, place)
    case "use-macro":
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard (1...2).contains(parts.count), let name = parts.last, isName(name), parts.count == 1 || !parts[0].isEmpty else {
        throw StatementFault(
          offset: 0, message: "'\(text)' names no macro; write its name, or 'file.html/name' for one of another file")
      }
      statements.useMacro = (MacroReference(file: parts.count == 1 ? file.name : String(parts[0]), name: String(name)), place)
    default:
      throw StatementFault(offset: 0, message: unknown(attribute.name, prefix: "metal", among: Self.metalStatements))
    }
  }

  private func nameAndPath(
    _ part: (text: String, offset: Int), example: String
  ) throws(StatementFault) -> (name: String, offset: Int, path: PathExpression) {
    let (name, offset, rest, restOffset) = nameAndRest(part.text, at: part.offset)
    guard !rest.isEmpty else {
      throw StatementFault(offset: offset, message: "a name and a path are due here; write them as in '\(example)'")
    }
    return (name, offset, try PathExpression(rest, at: restOffset))
  }

  private func checkName(_ name: String, at offset: Int) throws(StatementFault) {
    guard isName(name) else {
      throw StatementFault(offset: offset, message: "'\(name)' is no name; write letters, digits, '_' and '-'")
    }
    guard name != "repeat", name != "nothing" else {
      throw StatementFault(offset: offset, message: "'\(name)' has a meaning of its own; choose another name")
    }
  }

  private func unknown(_ name: String, prefix: String, among known: [String]) -> String {
    let advice =
      nearestName(to: name, in: known).map { "write '\(prefix):\($0)'" }
      ?? "there are \(known.map { "'\(prefix):\($0)'" }.joined(separator: ", "))"
    return "there is no '\(prefix):\(name)'; \(advice)"
  }

  // MARK: What can't stand together

  private mutating func check(_ element: TemplateElement, isInMacroUse: Bool) {
    let statements = element.statements
    if element.isBlock, let binding = statements.attributes.first {
      report(binding.attribute, binding.offset, "an element of TAL or METAL has no tag to bind attributes of; use an element of HTML")
    }
    if let use = statements.useMacro,
      let other = statements.content?.attribute ?? statements.attributes.first?.attribute ?? statements.omitTag?.attribute {
      report(other, 0, "the macro '\(use.reference.name)' takes the place of this element; move the statement to an element around it, or into the macro")
    }
    if let fill = statements.fillSlot, !isInMacroUse {
      report(fill.attribute, 0, "no macro is used here whose slot '\(fill.name)' could be filled; move it into an element with 'metal:use-macro'")
    }
    if !element.isBlock, HTMLVocabulary.rawTextElements.contains(element.name), let content = statements.content, !statements.replacesElement {
      report(content.attribute, 0, "nothing can be bound inside '\(element.name)'; bind an attribute instead, such as 'data-…'")
    }
    var seen: Set<String> = []
    for binding in statements.attributes {
      let lowered = binding.name.lowercased()
      if !isBindable(binding.name) {
        report(binding.attribute, binding.offset, "'\(binding.name)' is no attribute's name; write it without a prefix, in letters, digits and '-'")
      } else if let reason = HTMLVocabulary.reasonNotToBind(attribute: lowered, of: element.name.lowercased()) {
        report(binding.attribute, binding.offset, "\(reason), and nothing can be bound to it; use a class or a 'data-' attribute")
      } else if lowered == "content", element.attributes.contains(where: { $0.name.lowercased() == "http-equiv" }) {
        report(binding.attribute, binding.offset, "'content' directs the browser here, and nothing can be bound to it; write it out")
      }
      if !seen.insert(lowered).inserted {
        report(binding.attribute, binding.offset, "'\(binding.name)' is bound twice; remove one of them")
      }
    }
  }

  private func isBindable(_ name: String) -> Bool {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 1 ? isName(name) : parts.count == 2 && ["xml", "xlink"].contains(parts[0]) && isName(parts[1])
  }
}
