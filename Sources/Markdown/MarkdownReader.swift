internal import CCMark
import Diagnostics
import RuleModel

/// Walks libcmark-gfm's tree and makes our own of it, which has no place for markup.
struct MarkdownReader {
  private(set) var faults: [MarkdownFault] = []
  private var parts = 0
  /// Inline nodes have no line of their own in libcmark-gfm.
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
    case CMARK_NODE_BLOCK_QUOTE: return .quote(namingAlert(blocks(of: node, depth: depth + 1)))
    case CMARK_NODE_LIST:
      var items: [NoteListItem] = []
      for item in node.children {
        guard isWithin(depth) else { break }
        items.append(NoteListItem(blocks(of: item, depth: depth + 1), isDone: item.isDone))
      }
      return .list(start: node.listStart, isTight: node.isTight, items: items)
    case CMARK_NODE_CODE_BLOCK:
      let language = node.fenceInfo.prefix { !$0.isWhitespace && $0 != "{" && $0 != "," }
      return .code(literal(of: node), language: language.isEmpty ? nil : String(language))
    case CMARK_NODE_HTML_BLOCK:
      let markup = literal(of: node)
      if isComment(markup) { return nil }
      reportMarkup()
      return .code(markup)
    case CMARK_NODE_THEMATIC_BREAK: return .separator
    case _ where node.isTable: return table(node)
    default: return nil
    }
  }

  private mutating func table(_ node: MarkdownNode) -> NoteBlock? {
    var rows: [[[NoteInline]]] = []
    for row in node.children {
      line = fixedLine ?? max(1, row.line)
      guard isWithin(0) else { break }
      rows.append(row.children.map { inlines(of: $0, depth: 0) })
    }
    guard let head = rows.first else { return nil }
    let alignments: [NoteTable.Alignment?] = node.alignments.map { letter in
      switch letter {
      case UInt8(ascii: "l"): .left
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: nil
      }
    }
    return .table(NoteTable(alignments: alignments, head: head, rows: Array(rows.dropFirst())))
  }

  /// A code's or markup's text.
  private func literal(of node: MarkdownNode) -> String { withoutTildeMarks(node.literal, isCode: true) }

  private func destination(of node: MarkdownNode) -> String { withoutTildeMarks(node.destination, isCode: false) }

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
        let markup = literal(of: node)
        if isComment(markup) { continue }
        reportMarkup()
        append(markup)
      default:
        guard isWithin(depth) else { return inlines }
        if let inline = inline(node, depth: depth) { inlines.append(inline) }
      }
    }
    return finished(inlines)
  }

  /// With addresses and struck-out text found, and escaped tildes as they were written.
  private func finished(_ inlines: [NoteInline]) -> [NoteInline] {
    let linked = isInLink ? inlines : inlines.flatMap { linkingAddresses($0, line: line) }
    return strikingThrough(linked).map(withoutTildeMarks)
  }

  /// A link can't hold another one.
  private var isInLink = false

  private mutating func inline(_ node: MarkdownNode, depth: Int) -> NoteInline? {
    switch node.kind {
    case CMARK_NODE_CODE: return .code(literal(of: node))
    case CMARK_NODE_LINEBREAK: return .lineBreak
    case CMARK_NODE_EMPH: return .emphasis(inlines(of: node, depth: depth + 1))
    case CMARK_NODE_STRONG: return .strong(inlines(of: node, depth: depth + 1))
    case CMARK_NODE_IMAGE where !isElsewhere(destination(of: node)):
      let text = inlines(of: node, depth: depth + 1).plainText
      return .picture(destination: destination(of: node), line: line, text: text)
    case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      // Pages load nothing from elsewhere: a picture there is a link to it.
      let wasInLink = isInLink
      isInLink = true
      defer { isInLink = wasInLink }
      let destination = destination(of: node)
      var text = inlines(of: node, depth: depth + 1)
      if text.isEmpty { text = [.text(destination)] }
      return wasInLink ? .emphasis(text) : .link(destination: destination, line: line, text)
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

  /// Says that the text has larger tables than are read as such.
  mutating func reportTables(at line: Int) {
    self.line = fixedLine ?? line
    report(
      .noteTable,
      "the note's tables have more than \(MarkdownTables.columns) columns or \(MarkdownTables.cells) cells, and are shown as text; divide them"
    )
  }

  private mutating func reportMarkup() {
    report(.noteMarkup, "HTML is shown as text; write Markdown instead")
  }

  private mutating func report(_ id: CheckID, _ message: String) {
    guard !faults.contains(where: { $0.id == id }) else { return }
    faults.append(MarkdownFault(id: id, line: line, message: message))
  }
}

/// The blocks of a quote; where it is one of GitHub's alerts, which begin with `[!WARNING]` or the like, that is said in
/// words.
private func namingAlert(_ blocks: [NoteBlock]) -> [NoteBlock] {
  guard case .paragraph(let text)? = blocks.first, case .text(let words)? = text.first, words.hasPrefix("[!"),
    let end = words.firstIndex(of: "]"),
    let name = ["Note", "Tip", "Important", "Warning", "Caution"].first(where: {
      $0.uppercased() == words[..<end].dropFirst(2).uppercased()
    })
  else { return blocks }
  let rest = words[words.index(after: end)...].drop { $0 == " " }
  let following = (rest.isEmpty ? [] : [NoteInline.text(String(rest))]) + text.dropFirst()
  let head = NoteBlock.paragraph([.strong([.text(name)])])
  return [head] + (following.isEmpty ? [] : [.paragraph(following)]) + blocks.dropFirst()
}

/// Whether a picture isn't a file beside the note: its destination has a scheme or a host.
private func isElsewhere(_ destination: String) -> Bool {
  destination.hasPrefix("//") || destination.prefix { !"/?#".contains($0) }.contains(":")
}

private func withoutTildeMarks(_ inline: NoteInline) -> NoteInline {
  switch inline {
  case .text(let text): .text(withoutTildeMarks(text, isCode: false))
  case .strikethrough(let parts): .strikethrough(parts.map(withoutTildeMarks))
  default: inline
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
