import QueryLanguages
import RuleModel

extension BodyLine {
  /// The lines of code in a note, coloured by the lexers that the dialects have; plain in other languages.
  ///
  /// - Parameter language: as the block's fence names it, in any case; nil if it doesn't.
  package static func lines(ofCode text: String, language: String?) -> [BodyLine] {
    let name = language?.lowercased() ?? ""
    if let language = QueryLanguage(named: name) { return lines(of: text, in: language) }
    switch name {
    case "yaml", "yml", "sigma": return YAMLColouring.lines(of: text)
    case "json", "jsonc", "ndjson": return JSONColouring.lines(of: text)
    case "xml", "html", "svg": return XMLColouring.lines(of: text)
    default: return plain(text, 1)
    }
  }
}

extension QueryLanguage {
  /// The language that a block of code names; nil if it is none of these.
  ///
  /// - Parameter name: in lower case.
  fileprivate init?(named name: String) {
    switch name {
    // Whoever writes KQL in a note nearly always means Kusto; Kibana's language has a name of its own.
    case "kusto", "kql", "csl": self = .kusto
    case "kuery": self = .kql
    case "spl", "splunk", "splunk-spl", "spl1": self = .spl
    case "eql": self = .eql
    case "esql", "es|ql", "es-ql": self = .esql
    case "lucene": self = .lucene
    case "sql": self = .sql
    case "python", "py": self = .python
    case "yaral", "yara-l", "yara": self = .yaral
    case "pantherflow": self = .pantherFlow
    default: return nil
    }
  }
}
