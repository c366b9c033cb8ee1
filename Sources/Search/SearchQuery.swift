package import Text

/// What is searched for: all of its terms must hold.
///
/// Terms are separated by spaces. A term is a word, or words between quotation marks; it may be preceded by the name of a
/// ``SearchFilter`` and a colon, and before all of that a hyphen, which asks that the term doesn't hold. A name that isn't a filter's is
/// a part of the word (`C:\Windows`); a quotation mark that is never closed ends with the query; a term without text says nothing.
/// So `"-enc"` looks for a value that starts with a hyphen, and `-enc` for rules without one.
///
/// A word is found anywhere in a text, ignoring case: in the title, the id, the key; in a
/// name of a technique, an event, its provider, a field, an author, of the log source's product, category or service; in a value that
/// the rule looks for. Under a filter it is found in texts of that kind only. Filters other than title, id, value and excludes
/// choose among names: there the thing of exactly that name is meant where there is one, or else all things with the word in a
/// name. A sub-technique has the names of its technique beside its own.
package struct SearchQuery: Hashable, Sendable {
  package struct Term: Hashable, Sendable {
    /// nil for a word that may be anywhere.
    package var filter: SearchFilter?
    /// Folded, not empty.
    package var text: FoldedText
    package var isNegated = false
  }

  package var terms: [Term] = []

  package init(_ text: String) {
    var rest = Array(text.unicodeScalars)[...]
    while true {
      rest = rest.drop(while: isSpace)
      guard !rest.isEmpty else { return }
      let isNegated = rest.first == "-"
      if isNegated { rest = rest.dropFirst() }
      let name = rest.prefix { $0.isASCII && $0.properties.isAlphabetic }
      var filter: SearchFilter?
      if rest.dropFirst(name.count).first == ":" { filter = SearchFilter(rawValue: string(name).lowercased()) }
      if filter != nil { rest = rest.dropFirst(name.count + 1) }
      let isQuoted = rest.first == "\""
      if isQuoted { rest = rest.dropFirst() }
      let word = rest.prefix { isQuoted ? $0 != "\"" : !isSpace($0) }
      rest = rest.dropFirst(word.count + (isQuoted ? 1 : 0))
      if !word.isEmpty {
        terms.append(Term(filter: filter, text: FoldedText(string(word)), isNegated: isNegated))
      }
    }
  }
}

private func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.value <= 0x20 || scalar.value == 0xA0 }

private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
  String(String.UnicodeScalarView(scalars))
}
