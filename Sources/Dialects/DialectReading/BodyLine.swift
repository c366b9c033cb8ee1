package import QueryLanguages

/// A line of a rule's file in the parts that are shown differently, in their order. Put together they are the line, with its end
/// of line where it has one.
///
/// The parts are few and fixed rather than a list of tokens: lines are most of what a page is made of. Only a query has its tokens.
package struct BodyLine: Hashable, Sendable {
  /// Raw values are the style sheet's classes: one letter each, since nearly every line has them.
  package enum KeyKind: String, Sendable {
    case key = "k"
    /// The definition of a search identifier, or of a stage.
    case definition = "d"
  }

  /// From 1.
  package var number: Int
  /// What is before the key; the whole line where nothing of it is marked.
  package var lead: String
  /// With its colon; empty where the line has none.
  package var key: String
  package var keyKind: KeyKind
  /// What follows the key.
  package var rest: String
  /// What of a query is on the line, behind the rest; empty where none is.
  package var query: [ColouredRun] = []
  package var comment: String
  /// The end of the line after a comment; otherwise it is part of what comes last.
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

  /// The lines of a text of which nothing is marked.
  ///
  /// - Parameter first: the number of the text's first line.
  @Sendable package static func plain(_ text: String, _ first: Int) -> [BodyLine] {
    lines(of: text).enumerated().map { BodyLine(number: first + $0, lead: String($1)) }
  }

  /// A text's lines, each with its end.
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
