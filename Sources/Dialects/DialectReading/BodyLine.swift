package import QueryLanguages

/// A line of a rule's file, split in order into the parts that are shown differently. Joined together they are the
/// line, including its line ending if it has one.
///
/// The parts are few and fixed rather than a list of tokens, because lines make up most of a page. Only a query has its
/// tokens.
package struct BodyLine: Hashable, Sendable {
  /// Raw values are the style sheet's classes: one letter each, since nearly every line has one.
  package enum KeyKind: String, Sendable {
    case key = "k"
    /// The definition of a search identifier, or of a stage.
    case definition = "d"
  }

  /// 1-based.
  package var number: Int
  /// What comes before the key; the whole line if nothing in it is marked.
  package var lead: String
  /// With its colon; empty if the line has none.
  package var key: String
  package var keyKind: KeyKind
  /// What follows the key.
  package var rest: String
  /// The part of a query on this line, after the rest; empty if there is none.
  package var query: [ColouredRun] = []
  package var comment: String
  /// The line ending after a comment; otherwise it belongs to the last part.
  package var end: String

  package init(
    number: Int, lead: String = "", key: String = "", keyKind: KeyKind = .key, rest: String = "", comment: String = "",
    end: String = ""
  ) {
    self.number = number
    self.lead = lead
    self.key = key
    self.keyKind = keyKind
    self.rest = rest
    self.comment = comment
    self.end = end
  }

  /// The lines of a text in which nothing is marked.
  ///
  /// - Parameter first: the number of the text's first line.
  @Sendable package static func plain(_ text: String, _ first: Int) -> [BodyLine] {
    lines(of: text).enumerated().map { BodyLine(number: first + $0, lead: String($1)) }
  }

  /// A text's lines, each with its line ending.
  package static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")).map { rest.utf8.index(after: $0) } ?? rest.endIndex
      lines.append(rest[..<end])
      rest = rest[end...]
    }
    return lines
  }
}
