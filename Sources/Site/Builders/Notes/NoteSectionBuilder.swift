import Analysis
import DialectReading
import RuleModel
import Templates
import Text

/// Makes the model of a page's notes: headings nested below the page's own, with unique ids, and resolved links.
struct NoteSectionBuilder {
  private let content: SiteContent
  private let map: SiteMap
  private let address: Address
  private var anchors: [String: Int] = [:]
  /// The ids of the note's headings, by the anchor used in links to them; filled before the text is read.
  private var places: [String: String] = [:]
  private var waiting: [String] = []
  private var lastLevel = 2
  private var tables = 0

  /// - Parameter address: the address of the page.
  init(_ content: SiteContent, _ map: SiteMap, at address: Address) {
    self.content = content
    self.map = map
    self.address = address
  }

  /// - Returns: nil without notes.
  mutating func section(_ notes: [Note]) -> NoteSection? {
    notes.isEmpty ? nil : NoteSection(notes: notes.map { model($0) })
  }

  private mutating func model(_ note: Note) -> NoteModel {
    nameHeadings(of: note)
    let levels = Set(note.blocks.compactMap { if case .heading(let level, _) = $0 { level } else { nil } }).sorted()
    lastLevel = 2
    let blocks = note.blocks.map { block($0, levels, isTight: false, isTop: true, of: note) }
    switch note.origin {
    case .file:
      let page = content.repository.flatMap { $0.page(of: note.file) }
      return NoteModel(blocks: blocks, origin: note.file.name, page: page)
    case .field(let field): return NoteModel(blocks: blocks, origin: "", field: field)
    }
  }

  // MARK: Headings

  /// Gives each top-level heading an id: `notes-` and its words, and a number if another heading has the same.
  private mutating func nameHeadings(of note: Note) {
    (places, waiting) = ([:], [])
    for case .heading(_, let text) in note.blocks {
      let words = slug(text.plainText)
      let number = anchors[words, default: 0] + 1
      anchors[words] = number
      let anchor = "notes-" + words + (number > 1 ? "--\(number)" : "")
      if places[words] == nil { places[words] = anchor }
      waiting.append(anchor)
    }
    waiting.reverse()
  }

  /// Letters and digits in lower case, with a hyphen for anything between: nearly as the sites that host such files
  /// name headings.
  private func slug(_ text: String) -> String {
    var slug = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        slug.append(scalar)
      } else if let last = slug.last, last != "-" {
        slug.append("-")
      }
    }
    if slug.last == "-" { slug.removeLast() }
    return slug.isEmpty ? "part" : String(String(slug).prefix(60))
  }

  /// One level below the page's sections, by rank among the note's own, and never more than one level below the last.
  private mutating func shownLevel(_ level: Int, _ levels: [Int]) -> Int {
    let rank = levels.firstIndex(of: level) ?? 0
    lastLevel = min(3 + rank, lastLevel + 1, 6)
    return lastLevel
  }

  // MARK: Blocks

  private mutating func block(
    _ block: NoteBlock, _ levels: [Int], isTight: Bool, isTop: Bool, of note: Note
  ) -> NoteBlockModel {
    switch block {
    case .paragraph(let text): return .paragraph(inlines(text, of: note), isTight: isTight)
    case .heading(let level, let text):
      // A heading in a list or a quote isn't part of the outline.
      guard isTop, let anchor = waiting.popLast() else {
        return .paragraph([.strong(inlines(text, of: note))], isTight: false)
      }
      return .heading(
        level: shownLevel(level, levels), anchor: anchor, title: text.plainText, inlines(text, of: note))
    case .quote(let blocks):
      return .quote(blocks.map { self.block($0, levels, isTight: false, isTop: false, of: note) })
    case .list(let start, let isTight, let items):
      return .list(
        start: start,
        items: items.map { item in
          NoteItem(
            blocks: item.blocks.map { self.block($0, levels, isTight: isTight, isTop: false, of: note) },
            isDone: item.isDone)
        })
    case .code(let text, let language): return .code(BodyLine.lines(ofCode: text, language: language))
    case .table(let table): return .table(model(table, of: note))
    case .separator: return .separator
    }
  }

  private mutating func model(_ table: NoteTable, of note: Note) -> NoteTableModel {
    tables += 1
    let alignments = table.alignments
    func cells(_ row: [[NoteInline]]) -> [NoteCell] {
      row.enumerated().map {
        NoteCell(text: inlines($1, of: note), alignment: alignments.indices.contains($0) ? alignments[$0] : nil)
      }
    }
    return NoteTableModel(
      label: "Table \(tables) of the notes", head: cells(table.head), rows: table.rows.map { NoteRow(cells: cells($0)) }
    )
  }

  // MARK: Text

  private func inlines(_ text: [NoteInline], of note: Note) -> [NoteInlineModel] {
    text.flatMap { inline -> [NoteInlineModel] in
      switch inline {
      case .text(let text): return [.text(text)]
      case .code(let text): return [.code(text)]
      case .emphasis(let parts): return [.emphasis(inlines(parts, of: note))]
      case .strong(let parts): return [.strong(inlines(parts, of: note))]
      case .strikethrough(let parts): return [.strikethrough(inlines(parts, of: note))]
      case .picture(let destination, _, let text): return [picture(destination, text, in: note)]
      case .lineBreak: return [.lineBreak]
      case .link(let destination, _, let parts):
        let shown = inlines(parts, of: note)
        if let link = Link(external: destination) { return [.link(link, isOutside: true, shown)] }
        return link(to: destination, in: note).map { [.link($0, isOutside: false, shown)] } ?? shown
      }
    }
  }

  /// A picture's words stand for one that can't be shown.
  private func picture(_ destination: String, _ text: String, in note: Note) -> NoteInlineModel {
    let name = lastPart(of: destination)
    guard case .picture(let picture)? = content.index.notePictures.answer(to: destination, in: note) else {
      return .emphasis([.text(text.isEmpty ? name : text)])
    }
    return .picture(
      NotePictureModel(
        file: address.link(to: .notePicture(picture.name)), text: text.isEmpty ? name : text, size: picture.size))
  }

  private func link(to destination: String, in note: Note) -> Link? {
    switch content.index.noteLinks.target(of: destination, in: note) {
    case .heading(let name):
      return places[slug(name)].map { Link(relative: "", fragment: $0) }
    case .rule(let number): return address.link(to: .rule(content.index.rules[number].key))
    case .technique(let id): return map.technique(id, from: address)
    case .event(let event): return map.event(event, from: address)
    case nil: return nil
    }
  }
}
