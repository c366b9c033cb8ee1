package import DialectReading
package import QueryLanguages
package import Templates

/// A rule's file, verbatim: all tokens of all lines, joined together, are exactly the file, or the rule's document in a
/// file with several.
struct BodySection: TemplateModel {
  /// Its format: `YAML`.
  var language: String
  /// With their line endings.
  var lines: [BodyLine]
  /// Which of the file's documents the rule is; nil if it is the only one.
  var document: (number: Int, of: Int)?
  /// Whether the entire file is shown.
  var isWhole = true
  /// Other files with a part of the rule's logic.
  var attachments: [Attachment] = []

  static let shape = Shape<BodySection>(
    .list("lines") { $0.lines }, .list("attachments") { $0.attachments },
    .text("summary") { section in
      let alone = section.isWhole ? "" : ", the only one that is shown"
      let document = section.document.map { "; the rule is document \($0.number) of \($0.of)\(alone)" } ?? ""
      return "\(section.language), \(counted(section.lines.count, "line"))\(document)"
    })
}

extension BodySection {
  /// Another file with a part of the rule's logic, verbatim.
  struct Attachment: TemplateModel {
    /// The last part of its path.
    var name: String
    /// Its language: `Python`.
    var language: String
    var lines: [BodyLine]

    static let shape = Shape<Attachment>(
      .text("name") { $0.name }, .list("lines") { $0.lines },
      .text("summary") { "\($0.language), \(counted($0.lines.count, "line"))" })
  }
}

extension BodyLine: TemplateModel {
  /// The id of a line on the page: `L12`.
  static func anchor(ofLine number: Int) -> String { "L\(number)" }

  package static let shape = Shape<BodyLine>(
    .text("anchor") { anchor(ofLine: $0.number) }, .text("lead") { $0.lead }, .text("key") { $0.key },
    .text("keyKind") { $0.keyKind.rawValue }, .text("rest") { $0.rest }, .list("query") { $0.query },
    .text("comment") { $0.comment }, .text("end") { $0.end })
}

extension ColouredRun: TemplateModel {
  package static let shape = Shape<ColouredRun>(
    .optionalText("mark") { $0.colour.mark }, .text("text") { $0.text })
}

extension ColouredRun.Colour {
  /// The style sheet's class; nil for text without a style.
  fileprivate var mark: String? {
    switch self {
    case .plain, .name: nil
    case .function: "fn"
    case .operator: "o"
    case .number, .text: "s"
    case .comment: "c"
    }
  }
}
