package import Diagnostics

/// What is found in the text of notes.
extension CheckID {
  package static let noteTooLarge = CheckID(
    "note-too-large", .warning,
    "The note is larger than 128 KiB or has more than 8,000 parts, and isn't fully shown. Split it, or raise `note-bytes` under `limits` in `ruledex.yml`."
  )
  package static let noteDepth = CheckID(
    "note-depth", .warning,
    "The note's lists or quotes are nested more than 24 deep; what is deeper is left out. Flatten it.")
  package static let noteTable = CheckID(
    "note-table", .warning,
    "The note's tables have more than 128 columns, or more than 10,000 cells together, and are shown as text. Split them across several notes, or link to a file."
  )
  package static let noteMarkup = CheckID(
    "note-markup", .note,
    "HTML in a note is shown as text; comments are left out. Write Markdown instead.")
}
