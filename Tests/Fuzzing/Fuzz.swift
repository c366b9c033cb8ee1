import Attack
import Diagnostics
import DialectReading
import Documents
import Elastic
import Events
import Markdown
import Panther
import QueryLanguages
import RuleModel
import Search
import Sentinel
import Sigma
import Splunk
import Telemetry
import Templates
import TestSupport
import YARAL

/// What is fed with bytes that nobody wrote: each reader of what comes from strangers. None of them may crash or hang; what they say
/// of the bytes is for the tests.
private enum Reader: String, CaseIterable {
  case yaml, json, toml, edit, sigma, condition, sysmon, wef, xpath, audit, auditpol, policy, csv, telemetry, note,
    template, stix, query, eql, kql, lucene, esql, kusto, sql, spl, yaral, python, pantherFlow, elasticRule, kibanaRule,
    sentinelRule, sentinelTemplate,
    splunkRule, splunkStanza, pantherRule, yaralRule

  func read(_ bytes: [UInt8]) {
    switch self {
    case .yaml:
      for document in (try? parseYAML(bytes)) ?? [] { document.forEachNode { _ = TextPlaces(of: $0) } }
    case .json: for node in (try? parseJSONLines(bytes)) ?? [] { node.forEachNode { _ = TextPlaces(of: $0) } }
    case .toml: (try? parseTOML(bytes))??.forEachNode { _ = TextPlaces(of: $0) }
    case .edit: edit(bytes)
    case .sigma:
      guard let documents = try? parseYAML(repairedText(bytes).bytes) else { return }
      let source = RuleSource(in: SourceFile(path: "a.yml", bytes: bytes))
      for rule in readSigma(documents, from: source, noteFields: ["notes"]).rules { Rule(rule).forEachTest { _, _ in } }
    case .condition:
      let text = String(decoding: bytes, as: UTF8.self)
      _ = try? SigmaCondition(text).predicate { _ in .opaque("") }
      _ = colouredLines(of: text, SigmaCondition.grammar)
    case .sysmon: collect(.sysmon, bytes)
    case .wef: collect(.wef, bytes)
    case .xpath:
      var parser = EventQueryParser(String(decoding: bytes, as: UTF8.self))
      _ = (try? parser.parse())?.words
      _ = parser.faults
    case .audit: collect(.auditd, bytes)
    case .auditpol: collect(.auditPolicy, bytes)
    case .policy: collect(.policy, bytes)
    case .csv: collect(.csv, bytes)
    case .telemetry: _ = TelemetryFile.parse(bytes, of: SourceFile(path: "t.yml"))
    case .note: _ = readNote(bytes, origin: .field("notes"), in: SourceFile(path: "a.md"))
    case .template: _ = try? TemplateLibrary(files: [TemplateFile(name: "a.html", path: "a.html", bytes: bytes)])
    case .stix: _ = try? importSTIX(bytes, version: nil)
    case .query: _ = SearchQuery(String(decoding: bytes, as: UTF8.self))
    case .eql: read(bytes, in: .eql)
    case .kql: read(bytes, in: .kql)
    case .lucene: read(bytes, in: .lucene)
    case .esql: read(bytes, in: .esql)
    case .kusto: read(bytes, in: .kusto)
    case .sql: read(bytes, in: .sql)
    case .spl: read(bytes, in: .spl)
    case .yaral: read(bytes, in: .yaral)
    case .python: read(bytes, in: .python)
    case .pantherFlow: read(bytes, in: .pantherFlow)
    case .elasticRule: read(bytes, by: .elastic, in: "toml")
    case .kibanaRule: read(bytes, by: .elastic, in: "ndjson")
    case .sentinelRule: read(bytes, by: .sentinel, in: "yaml")
    case .sentinelTemplate: read(bytes, by: .sentinel, in: "json")
    case .splunkRule: read(bytes, by: .splunk, in: "yml")
    case .splunkStanza: read(bytes, by: .splunk, in: "conf")
    case .pantherRule: read(bytes, by: .panther, in: "yml")
    case .yaralRule: read(bytes, by: .yaral, in: "yaral")
    }
  }

  /// Reads the file as a rule of the dialect, if it can be one.
  private func read(_ bytes: [UInt8], by reader: DialectReader, in format: String) {
    guard let document = try? SourceDocument(SourceFile(path: "a.\(format)", bytes: bytes)), reader.recognises(document)
    else { return }
    for rule in reader.read(document, DialectContext()).rules { Rule(rule).forEachTest { _, _ in } }
    _ = reader.colouring(String(decoding: bytes, as: UTF8.self), 1, "a.\(format)")
  }

  private func read(_ bytes: [UInt8], in language: QueryLanguage) {
    language.read(bytes) { SourcePosition(line: 1, column: $0 + 1) }.stages.forEachLeaf { _, _ in }
    _ = colouredLines(of: String(decoding: bytes, as: UTF8.self), language.grammar)
  }

  /// Changes the first scalar of a document.
  private func edit(_ bytes: [UInt8]) {
    guard let document = try? parseYAML(bytes).first else { return }
    var edits: [ScalarEdit] = []
    document.forEachNode { node in
      if edits.isEmpty, let text = node.text {
        edits.append(ScalarEdit(at: node.position, old: text, change: .ending(with: "x")))
      }
    }
    _ = editScalars(of: bytes, edits, as: .yaml)
  }

  private func collect(_ kind: TelemetrySource.Kind, _ bytes: [UInt8]) {
    guard let knowledge = Knowledge.shared else { return }
    let reference = TelemetryFile.Reference(kind: kind, path: "a", location: SourceLocation(path: "t.yml"))
    let telemetry = Telemetry(
      TelemetryFile(), contents: [(reference, SourceFile(path: "a", bytes: bytes))], facts: knowledge.facts,
      map: knowledge.map)
    for event in knowledge.events { _ = telemetry.collection(of: event) }
  }
}

/// What collectors' files are read in the words of.
private struct Knowledge {
  var facts: CollectorFacts
  var map: EventMap
  /// Some of those that collectors' files speak of.
  var events = [
    Event(provider: "Microsoft-Windows-Sysmon", name: "1"), Event(provider: "Microsoft-Windows-Sysmon", name: "13"),
    Event(provider: "Microsoft-Windows-Security-Auditing", name: "4688"), Event(provider: "auditd", name: "EXECVE"),
  ]

  static let shared: Knowledge? = {
    guard let facts = try? CollectorFacts(parsing: embeddedFiles(below: "catalog/knowledge/telemetry/")),
      let map = try? EventMap(parsing: embeddedFiles(below: "catalog/knowledge/events/"))
    else { return nil }
    return Knowledge(facts: facts, map: map)
  }()
}

/// The reader that is fed, named by the program's first argument.
private let reader = CommandLine.arguments.dropFirst().first.flatMap(Reader.init)

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ feed: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@_cdecl("LLVMFuzzerTestOneInput")
func feed(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  reader?.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// What the package manager makes the program's entry: the fuzzer's own `main` knows no readers.
@_cdecl("Fuzzing_main")
func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  guard reader != nil else {
    print("name a reader: \(Reader.allCases.map(\.rawValue).joined(separator: ", "))")
    return 2
  }
  // The name isn't the fuzzer's.
  arguments[1] = arguments[0]
  var (count, arguments) = (count - 1, arguments + 1)
  return runDriver(&count, &arguments, feed)
}
