import Templates

/// A rule's file, verbatim: the texts of all tokens of all lines, put together, are the file.
struct BodySection: TemplateModel {
  /// What it is written in: `YAML`.
  var language: String
  /// With their ends of line.
  var lines: [BodyLine]

  static let shape = Shape<BodySection>(
    .list("lines") { $0.lines }, .text("summary") { "\($0.language), \(counted($0.lines.count, "line"))" })
}

/// A line of a rule's file, with its end of line where it has one.
struct BodyLine: TemplateModel {
  /// From 1.
  var number: Int
  var tokens: [BodyToken]

  /// The id that a line has in the page: `L12`.
  static func anchor(ofLine number: Int) -> String { "L\(number)" }

  static let shape = Shape<BodyLine>(.text("anchor") { anchor(ofLine: $0.number) }, .list("tokens") { $0.tokens })
}

/// A run of a line that is shown alike.
struct BodyToken: TemplateModel {
  /// Raw values are the style sheet's classes: one letter, since they stand on nearly every line.
  enum Kind: String {
    /// A key, its colon with it.
    case key = "k"
    /// The definition of a search identifier, or of a stage.
    case definition = "d"
    case comment = "c"
  }

  /// nil: everything else.
  var kind: Kind?
  var text: String

  static let shape = Shape<BodyToken>(.optionalText("kind") { $0.kind?.rawValue }, .text("text") { $0.text })
}
