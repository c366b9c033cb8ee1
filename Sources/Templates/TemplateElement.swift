import Diagnostics
import XML

/// An element of a template: its content and its statements.
struct TemplateElement: Sendable {
  /// Unique within the library.
  var id: Int
  var file: String
  var location: SourceLocation
  var name: String
  /// `tal:` and `metal:` elements, which have no tags of their own.
  var isBlock: Bool
  /// Inside `svg` or `math`, where empty elements are self-closing.
  var isForeign: Bool
  /// Without TAL and METAL attributes.
  var attributes: [(name: String, value: String)] = []
  var statements = Statements()
  var children: [TemplateNode] = []

  /// An HTML element without an end tag.
  var isVoid: Bool { !isBlock && !isForeign && HTMLVocabulary.voidElements.contains(name) }

  /// Whether a browser reads its text without decoding escapes.
  var isRawText: Bool { !isBlock && HTMLVocabulary.rawTextElements.contains(name) }

  var isPreformatted: Bool { !isBlock && HTMLVocabulary.preformattedElements.contains(name) }

  /// Whether it is written as `<br/>`: this includes `<path/>`, but not `<div/>`, which HTML reads as a start tag.
  var closesItself: Bool { isVoid || (isForeign && children.isEmpty && statements.content == nil) }

  /// Whether its tags are always omitted.
  var hasNoTags: Bool { isBlock || statements.omitTag.map { $0.expression == nil } ?? false }
}

enum TemplateNode: Sendable {
  case element(TemplateElement)
  case text(String)
}

/// The statements of one element, parsed.
struct Statements: Sendable {
  struct Binding: Sendable {
    var name: String
    var expression: Expression
    var attribute: StatementAttribute
    /// The binding's offset in its attribute.
    var offset: Int

    var takesAddress: Bool { HTMLVocabulary.addressAttributes.contains(name.lowercased()) }
  }

  var define: [(name: String, path: PathExpression, attribute: StatementAttribute)] = []
  var condition: (expression: Expression, attribute: StatementAttribute)?
  var repetition: (name: String, path: PathExpression, attribute: StatementAttribute)?
  var content: (expression: Expression, attribute: StatementAttribute)?
  /// Whether ``content`` replaces the element itself (`tal:replace`).
  var replacesElement = false
  var attributes: [Binding] = []
  /// The condition for omitting the tags; without an expression, they are always omitted.
  var omitTag: (expression: Expression?, attribute: StatementAttribute)?

  var defineMacro: (name: String, attribute: StatementAttribute)?
  var useMacro: (reference: MacroReference, attribute: StatementAttribute)?
  var defineSlot: String?
  var fillSlot: (name: String, attribute: StatementAttribute)?
}

/// The location of a statement, for messages.
struct StatementAttribute: Sendable {
  var path: String
  var attribute: XMLAttribute

  /// - Parameter offset: a byte offset in the attribute's value.
  func location(_ offset: Int = 0) -> SourceLocation {
    SourceLocation(path: path, position: attribute.position(ofByte: offset))
  }
}

/// A macro in a file.
struct MacroReference: Hashable, Sendable {
  var file: String
  var name: String
}

extension TemplateElement {
  /// Visits this element and all below it, in document order.
  func visit(_ body: (TemplateElement) -> Void) {
    body(self)
    for case .element(let child) in children { child.visit(body) }
  }

  /// The fillings for the macro that this element uses. Fillings inside a nested use of a macro belong to that one.
  var fillings: [(name: String, attribute: StatementAttribute, element: TemplateElement)] {
    children.flatMap { child -> [(String, StatementAttribute, TemplateElement)] in
      guard case .element(let element) = child else { return [] }
      if let fill = element.statements.fillSlot { return [(fill.name, fill.attribute, element)] }
      return element.statements.useMacro == nil ? element.fillings : []
    }
  }

  /// The names of the slots that this element offers as a macro.
  var slots: [String] {
    var names: [String] = []
    visit { element in if let slot = element.statements.defineSlot { names.append(slot) } }
    return names
  }
}
