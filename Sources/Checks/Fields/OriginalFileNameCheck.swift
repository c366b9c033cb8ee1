package import Diagnostics
import RuleModel

extension CheckID {
  package static let originalFileNamePath = CheckID(
    "original-file-name-path", .warning,
    "The original file name comes from the program's version information and contains no folders, so a path never matches it. Write only the name, or test the image's path."
  )
}

extension RuleCheck {
  /// Tests for an original file name with a path, which it never has.
  static let originalFileNames = RuleCheck(
    .originalFileNamePath,
    examples: [
      CheckExample(
        "A backslash before the name",
        finds:
          #"5:36: the original file name is a name without folders and never has '\'; write 'whoami.exe', or test the image's path"#,
        in: exampleRule(
          detection: """
            selection:
                OriginalFileName|endswith: '\\whoami.exe'
            condition: selection
            """)),
      CheckExample(
        "The name alone",
        in: exampleRule(
          detection: """
            selection:
                - Image|endswith: '\\whoami.exe'
                - OriginalFileName: whoami.exe
            condition: selection
            """)),
    ]
  ) { rule, catalog in
    let subject = catalog.index.rules[rule]
    return [catalog.index.indicators, catalog.index.exclusions].flatMap { table in
      table.entries[rule].lazy.filter { isOriginalFileName($0.comparedField) && isPath($0.test) }.map {
        let name = $0.test.value.split { $0 == "\\" || $0 == "/" }.last.map(String.init) ?? ""
        return Diagnostic(
          .originalFileNamePath, at: SourceLocation(subject.source.file, at: $0.test.position),
          "the original file name is a name without folders and never has '\\'; "
            + (name.isEmpty ? "" : "write '\(shortened(name))', or ") + "test the image's path")
      }
    }
  }

  private static func isOriginalFileName(_ field: String?) -> Bool {
    guard let field, field.utf8.count == "OriginalFileName".utf8.count else { return false }
    return field.lowercased() == "originalfilename"
  }

  private static func isPath(_ test: Test) -> Bool {
    switch test.kind {
    case .eq, .contains, .startsWith, .endsWith: test.value.utf8.contains(UInt8(ascii: "\\"))
    default: false
    }
  }
}
