import Diagnostics
import XML

/// Converts a template's XML into elements with parsed statements, and collects all errors.
struct TemplateReader {
  /// What an element needs to know about its ancestors.
  private struct Surroundings {
    /// Inside `svg` or `math`.
    var isForeign = false
    /// Whether the prefix `xlink` is declared in the output.
    var declaresXLink = false
    /// Inside `pre` or a similar element.
    var keepsWhiteSpace = false
    /// Whether HTML allows text here.
    var allowsText = true
    /// Inside an element that uses a macro, but outside the fillings of its slots.
    var isInMacroUse = false
  }

  private let file: TemplateFile
  private var nextID: Int
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameter firstID: the number of the first element.
  init(_ file: TemplateFile, firstID: Int) {
    self.file = file
    nextID = firstID
  }

  /// The number after that of the last element.
  var endID: Int { nextID }

  /// The root element; nil if the file isn't well-formed XML.
  mutating func read() -> TemplateElement? {
    do throws(XMLErrors) {
      let root = try XMLDocument(parsing: file.bytes, path: file.path).root()
      return element(root, in: Surroundings())
    } catch {
      diagnostics += error.errors.map { error in
        let remedy = Namespace.remedy(forUndeclaredPrefixIn: error.message) ?? "correct the XML here"
        return Diagnostic(.template, at: error.location, "\(error.message); \(remedy)")
      }
      return nil
    }
  }

  private mutating func report(_ location: SourceLocation, _ message: String) {
    diagnostics.append(Diagnostic(.template, at: location, message))
  }

  private mutating func element(_ source: XMLElement, in surroundings: Surroundings) -> TemplateElement {
    var element = TemplateElement(
      id: nextID, file: file.name, location: SourceLocation(path: file.path, position: source.position),
      name: source.name, isBlock: Namespace.ofStatements.contains(source.namespace),
      isForeign: surroundings.isForeign || source.name == "svg" || source.name == "math")
    nextID += 1
    if element.isBlock {
      // The tags of TAL and METAL elements aren't written, so their names need no check.
    } else if let prefix = source.prefix {
      report(
        element.location,
        Namespace.remedy(forWrong: prefix, in: source.namespace)
          ?? "the element '\(prefix):\(source.name)' isn't allowed in HTML; write it without the prefix")
    } else if !element.isForeign, source.name != source.name.lowercased() {
      report(element.location, "HTML element names are lowercase; write '\(source.name.lowercased())'")
    }

    var inside = surroundings
    inside.isForeign = element.isForeign && source.name != "foreignObject"
    inside.keepsWhiteSpace = surroundings.keepsWhiteSpace || element.isPreformatted || element.isRawText
    if !element.isBlock { inside.allowsText = !HTMLVocabulary.elementsWithoutText.contains(source.name) }
    // XLink's namespace must be declared together with the element that uses it, wherever a macro is used.
    inside.declaresXLink =
      element.isForeign
      && (surroundings.declaresXLink
        || source.declarations.contains { $0.prefix == "xlink" && $0.uri == Namespace.xlink })
    readAttributes(of: source, into: &element, declaresXLink: inside.declaresXLink)
    inside.isInMacroUse =
      element.statements.useMacro != nil || (surroundings.isInMacroUse && element.statements.fillSlot == nil)

    for child in source.children { append(child, to: &element, in: inside) }
    if element.isPreformatted { element.dropFirstLineEnd() }
    if !inside.keepsWhiteSpace { element.collapseWhiteSpace(allowsText: inside.allowsText) }
    diagnostics += element.contradictions(isInMacroUse: surroundings.isInMacroUse)
    return element
  }

  private mutating func append(_ child: XMLNode, to element: inout TemplateElement, in surroundings: Surroundings) {
    switch child {
    case .element(let source):
      if element.isRawText {
        report(
          SourceLocation(path: file.path, position: source.position),
          "an element isn't allowed in '\(element.name)'; move it out")
      }
      element.children.append(.element(self.element(source, in: surroundings)))
    case .text(let text):
      if element.isRawText, text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) {
        report(
          element.location,
          "'<' and '&' mean different things in HTML and XML inside '\(element.name)'; move the text to a file")
      }
      element.children.append(.text(text))
    case .comment, .instruction: break
    }
  }

  private mutating func readAttributes(
    of source: XMLElement, into element: inout TemplateElement, declaresXLink: Bool
  ) {
    if element.isForeign, !element.isBlock {
      element.attributes = source.declarations.filter { $0.prefix == nil || $0.prefix == "xlink" }.map { declaration in
        (declaration.prefix.map { "xmlns:\($0)" } ?? "xmlns", declaration.uri)
      }
    }
    for attribute in source.attributes {
      let place = StatementAttribute(path: file.path, attribute: attribute)
      do throws(StatementFault) {
        // On a TAL or METAL element, statements need no prefix.
        switch attribute.namespace ?? (element.isBlock ? source.namespace : nil) {
        case Namespace.tal: try element.statements.readTAL(place)
        case Namespace.metal: try element.statements.readMETAL(place, in: file.name)
        default:
          if let fault = fault(in: attribute, declaresXLink: declaresXLink) { throw fault }
          element.attributes.append((attribute.qualifiedName, attribute.value))
        }
      } catch {
        report(place.location(error.offset), error.message)
      }
    }
  }

  private func fault(in attribute: XMLAttribute, declaresXLink: Bool) -> StatementFault? {
    switch attribute.prefix {
    case nil, "xml": return nil
    case "xlink" where attribute.namespace == Namespace.xlink:
      let message = "'xlink' must be declared inside the drawing; add xmlns:xlink=\"\(Namespace.xlink)\" to its 'svg'"
      return declaresXLink ? nil : StatementFault(offset: 0, message: message)
    case let prefix?:
      let message =
        Namespace.remedy(forWrong: prefix, in: attribute.namespace)
        ?? "the attribute '\(attribute.qualifiedName)' isn't allowed in HTML; write it without the prefix"
      return StatementFault(offset: 0, message: message)
    }
  }
}

/// The namespaces known to templates.
enum Namespace {
  static let tal = "http://xml.zope.org/namespaces/tal"
  static let metal = "http://xml.zope.org/namespaces/metal"
  static let xlink = "http://www.w3.org/1999/xlink"
  static let ofStatements: [String?] = [tal, metal]

  /// How to fix one of our prefixes that is bound to another namespace.
  static func remedy(forWrong prefix: String, in namespace: String?) -> String? {
    guard let meant = ["tal": tal, "metal": metal, "xlink": xlink][prefix], namespace != meant else { return nil }
    return "the prefix '\(prefix)' means '\(namespace ?? "")' here; declare it as xmlns:\(prefix)=\"\(meant)\""
  }

  /// How to fix a prefix for which libxml2 finds no namespace.
  static func remedy(forUndeclaredPrefixIn message: String) -> String? {
    let known = [("tal", tal), ("metal", metal), ("xlink", xlink)]
    return known.first { message.hasPrefix("namespace prefix \($0.0) ") }.map {
      "add xmlns:\($0.0)=\"\($0.1)\" to the first element"
    }
  }
}
