internal import CCMark
import Diagnostics
import RuleModel

/// Walks libcmark's tree and makes our own of it, which has no place for markup.
struct MarkdownReader {
  private(set) var faults: [MarkdownFault] = []
  private var parts = 0
  /// Inline nodes have no line of their own in libcmark.
  private var line: Int
  private let fixedLine: Int?

  init(line: Int?) {
    (fixedLine, self.line) = (line, line ?? 1)
  }

  mutating func blocks(of tree: borrowing MarkdownTree) -> [NoteBlock] { blocks(of: tree.root, depth: 0) }

  // MARK: Blocks

  private mutating func blocks(of parent: MarkdownNode, depth: Int) -> [NoteBlock] {
    var blocks: [NoteBlock] = []
    for node in parent.children {
      line = fixedLine ?? max(1, node.line)
      guard isWithin(depth) else { break }
      if let block = block(node, depth: depth) { blocks.append(block) }
    }
    return blocks
  }

  private mutating func block(_ node: MarkdownNode, depth: Int) -> NoteBlock? {
    switch node.kind {
    case CMARK_NODE_PARAGRAPH:
      let text = inlines(of: node, depth: 0)
      return text.isEmpty ? nil : .paragraph(text)
    case CMARK_NODE_HEADING: return .heading(level: node.headingLevel, inlines(of: node, depth: 0))
    case CMARK_NODE_BLOCK_QUOTE: return .quote(blocks(of: node, depth: depth + 1))
    case CMARK_NODE_LIST:
      var items: [[NoteBlock]] = []
      for item in node.children {
        guard isWithin(depth) else { break }
        items.append(blocks(of: item, depth: depth + 1))
      }
      return .list(start: node.listStart, isTight: node.isTight, items: items)
    case CMARK_NODE_CODE_BLOCK: return .code(node.literal)
    case CMARK_NODE_HTML_BLOCK:
      let markup = node.literal
      if isComment(markup) { return nil }
      reportMarkup()
      return .code(markup)
    case CMARK_NODE_THEMATIC_BREAK: return .separator
    default: return nil
    }
  }

  // MARK: Text

  private mutating func inlines(of parent: MarkdownNode, depth: Int) -> [NoteInline] {
    var inlines: [NoteInline] = []
    func append(_ text: String) {
      if case .text(let before)? = inlines.last {
        inlines[inlines.count - 1] = .text(before + text)
      } else {
        inlines.append(.text(text))
      }
    }
    for node in parent.children {
      switch node.kind {
      case CMARK_NODE_TEXT: append(node.literal)
      case CMARK_NODE_SOFTBREAK: append(" ")
      case CMARK_NODE_HTML_INLINE:
        if isComment(node.literal) { continue }
        reportMarkup()
        append(node.literal)
      default:
        guard isWithin(depth) else { return inlines }
        if let inline = inline(node, depth: depth) { inlines.append(inline) }
      }
    }
    return isInLink ? inlines : inlines.flatMap { linkingAddresses($0, line: line) }
  }

  /// A link can't hold another one.
  private var isInLink = false

  private mutating func inline(_ node: MarkdownNode, depth: Int) -> NoteInline? {
    switch node.kind {
    case CMARK_NODE_CODE: return .code(node.literal)
    case CMARK_NODE_LINEBREAK: return .lineBreak
    case CMARK_NODE_EMPH: return .emphasis(inlines(of: node, depth: depth + 1))
    case CMARK_NODE_STRONG: return .strong(inlines(of: node, depth: depth + 1))
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      // Pages load nothing from elsewhere: a picture is a link to it.
      let wasInLink = isInLink
      isInLink = true
      defer { isInLink = wasInLink }
      var text = inlines(of: node, depth: depth + 1)
      if text.isEmpty { text = [.text(node.destination)] }
      return wasInLink ? .emphasis(text) : .link(destination: node.destination, line: line, text)
    default: return nil
    }
  }

  // MARK: Faults

  /// Counts a part, and tells where there is no room for it.
  private mutating func isWithin(_ depth: Int) -> Bool {
    parts += 1
    if depth >= MarkdownLimits.depth {
      report(
        .noteDepth,
        "the note is nested more than \(MarkdownLimits.depth) deep, and what is deeper is left out; flatten it")
      return false
    }
    if parts > MarkdownLimits.parts {
      report(
        .noteTooLarge,
        "the note has more than \(MarkdownLimits.parts) parts, and what follows is left out; split it")
      return false
    }
    return true
  }

  private mutating func reportMarkup() {
    report(.noteMarkup, "HTML is shown as text; write Markdown instead")
  }

  private mutating func report(_ id: CheckID, _ message: String) {
    guard !faults.contains(where: { $0.id == id }) else { return }
    faults.append(MarkdownFault(id: id, line: line, message: message))
  }
}

/// Whether markup is one comment and nothing else.
private func isComment(_ markup: String) -> Bool {
  let trimmed = markup.utf8.drop { $0 <= UInt8(ascii: " ") }
  guard trimmed.starts(with: "<!--".utf8) else { return false }
  var rest = Array(trimmed)[...]
  while let last = rest.last, last <= UInt8(ascii: " ") { rest.removeLast() }
  guard rest.count >= 7, rest.suffix(3).elementsEqual("-->".utf8) else { return false }
  // A second comment, or text after the first, is reported.
  return !String(decoding: rest.dropFirst(4).dropLast(3), as: UTF8.self).contains("-->")
}
