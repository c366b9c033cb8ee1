package import Diagnostics
package import RuleModel

/// Makes a note of a Markdown text.
///
/// - Parameters:
///   - text: UTF-8, already repaired.
///   - file: the one that it is in.
///   - limit: of the text, in bytes.
///   - position: where the text starts there; nil for the file's first line, where lines of the text are lines of the file.
/// - Returns: the note, and what of it can't be shown as it was meant. A fault in a field is reported at the field: YAML's lines are not
///   the text's.
package func readNote(
  _ text: [UInt8], origin: Note.Origin, in file: SourceFile, position: SourcePosition? = nil,
  limit: Int = MarkdownLimits.bytes
) -> (note: Note, findings: [Diagnostic]) {
  let markdown = parseMarkdown(text, line: position.map { Int($0.line) }, limit: limit)
  let findings = markdown.faults.map { fault in
    let place = position ?? SourcePosition(line: fault.line, column: 1)
    return Diagnostic(fault.id, at: SourceLocation(file, at: place), fault.message)
  }
  return (Note(origin: origin, in: file, blocks: markdown.blocks), findings)
}
