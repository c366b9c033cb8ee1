import Foundation
import TestSupport

/// A small catalog that uses every kind of input that a site has, and random changes of it, the same in each run.
struct RandomChanges {
  enum Change: CaseIterable {
    case nothing, editRule, editRuleKeepingItsTime, addRule, removeRule, renameRule, swapRules, addNote, removeNote
    case editTechniqueNote, editTemplate, addTemplate, editConfiguration, editTelemetry, editMap, editFields
    case addIgnoredFile, editPicture, removePicture, addRelations, addDocuments, takeTitle, breakRule
    /// In the site, not in what it is made from.
    case editPage, removePage, touchPage
  }

  let folder: TemporaryFolder
  private var numbers: Numbers
  private var waiting: [Change] = []
  private var step = 0

  init(in folder: TemporaryFolder, seed: UInt64) { (self.folder, numbers) = (folder, Numbers(state: seed)) }

  func writeCatalog() {
    for number in 0..<4 {
      folder.write(smallRule("Rule \(number)", image: "\\\(number).exe"), to: "rules/r\(number).yml")
    }
    folder.write("# For those on duty\n\nCall the owner.\n\n![Them](p1.svg)\n", to: "rules/r0.md")
    folder.write("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='9'/>", to: "rules/p1.svg")
    folder.write("Look at the parent.\n", to: "notes/T1059.md")
    folder.write("collected:\n  - provider: Microsoft-Windows-Sysmon\n    events: [1]\n", to: "telemetry.yml")
    folder.write("logsources: [{product: door, events: [{provider: Door}]}]\n", to: "door.yml")
    folder.write("schemas: {}\n", to: "fields.yml")
    folder.write("/* mine */\n", to: "templates/extra.css")
    folder.write(
      """
      title: Ours
      paths: [rules]
      pages: {techniques: covered}
      notes: {techniques: notes}
      telemetry: telemetry.yml
      fields: [fields.yml]
      templates: templates
      """, to: "ruledex.yml")
  }

  /// Whether something is so, about once in so many times.
  mutating func chance(of times: UInt64) -> Bool { numbers.next() % times == 0 }

  /// Makes the next change; each kind comes once before one comes again.
  mutating func makeNext() -> Change {
    if waiting.isEmpty { waiting = Change.allCases.shuffled(using: &numbers) }
    step += 1
    let change = waiting.removeLast()
    make(change)
    return change
  }

  private mutating func make(_ change: Change) {
    let rules = folder.names(in: "rules").filter { $0.hasSuffix(".yml") }
    let rule = rules.randomElement(using: &numbers) ?? "r0.yml"
    let other = rules.randomElement(using: &numbers) ?? rule
    func stem(_ name: String) -> String { String(name.dropLast(4)) }
    func id(_ number: Int) -> String { "8f2f0a5e-57f5-4b0c-9c7e-00000000000\(number)" }
    switch change {
    case .nothing: break
    case .editRule: folder.write(text(), to: "rules/\(rule)")
    case .editRuleKeepingItsTime:
      // As many bytes, and the time of the change before: only the system's own time of change is another one.
      var status = stat()
      stat(folder("rules/\(rule)"), &status)
      let text = folder.read("rules/\(rule)") ?? ""
      folder.write(
        text.replacingOccurrences(of: "medium", with: "lowest").replacingOccurrences(of: "title: R", with: "title: Q"),
        to: "rules/\(rule)")
      utimensat(AT_FDCWD, folder("rules/\(rule)"), [status.st_atim, status.st_mtim], 0)
    case .addRule: folder.write(text(), to: "rules/new\(step).yml")
    case .removeRule: if rules.count > 2 { unlink(folder("rules/\(rule)")) }
    case .renameRule: folder.rename("rules/\(rule)", to: "rules/renamed\(step).yml")
    case .swapRules:
      folder.rename("rules/\(rule)", to: "aside")
      folder.rename("rules/\(other)", to: "rules/\(rule)")
      folder.rename("aside", to: "rules/\(other)")
    case .addNote:
      folder.write(
        "Note of step \(step), see [another](\(other)) and ![it](p\(step % 2).svg).\n", to: "rules/\(stem(rule)).md")
    case .editPicture:
      folder.write(
        "<svg xmlns='http://www.w3.org/2000/svg' width='\(step + 1)' height='9'/>",
        to: "rules/p\(numbers.next() % 2).svg")
    case .removePicture: unlink(folder("rules/p\(numbers.next() % 2).svg"))
    case .removeNote: unlink(folder("rules/\(stem(rule)).md"))
    case .editTechniqueNote: folder.write("Technique at step \(step)\n", to: "notes/T1059.md")
    case .editTemplate: folder.write("/* step \(step) */\n", to: "templates/extra.css")
    case .addTemplate: folder.write("/* step \(step) */\n", to: "templates/extra\(numbers.next() % 3).css")
    case .editConfiguration:
      let text = folder.read("ruledex.yml") ?? ""
      folder.write(
        text.replacing(/title: .*/, with: "title: Catalog \(step)").replacing(/\nevents:.*/, with: "")
          + (numbers.next() % 2 == 0 ? "\nevents: [door.yml]" : ""), to: "ruledex.yml")
    case .editTelemetry:
      folder.write(
        "collected:\n  - provider: Microsoft-Windows-Sysmon\n    events: [\(numbers.next() % 3 + 1)]\n",
        to: "telemetry.yml")
    case .editMap:
      folder.write(
        "logsources: [{product: windows, category: process_creation, events: [{provider: Door-\(step)}]}]\n",
        to: "door.yml")
    case .editFields: folder.write("# step \(step)\nschemas: {}\n", to: "fields.yml")
    case .addIgnoredFile: folder.write("\(step)", to: "rules/other\(numbers.next() % 3).txt")
    case .addRelations:
      // Two rules of one id at times, one that names the other, and a correlation of both.
      let (one, two) = (Int(numbers.next() % 3), Int(numbers.next() % 3))
      folder.write(text("id: \(id(one))\nname: first\nrelated: [{id: \(id(two)), type: similar}]"), to: "rules/\(rule)")
      folder.write(text("id: \(id(two))\nname: second"), to: "rules/\(other)")
      folder.write(
        """
        title: Both at step \(step)
        correlation:
            type: temporal
            rules: [first, second]
            group-by: [User]
            timespan: 5m
        level: high
        """, to: "rules/both.yml")
    case .addDocuments: folder.write(text() + "\n---\n" + text(), to: "rules/\(rule)")
    case .takeTitle:
      // The same tests under the same title, so that keys alone tell them apart.
      folder.write(folder.read("rules/\(rule)") ?? text(), to: "rules/\(other)")
      folder.write(folder.read("rules/\(rule)") ?? text(), to: "rules/deeper/\(rule)")
    case .breakRule: folder.write("title: [", to: "rules/broken\(numbers.next() % 2).yml")
    case .editPage: folder.write("defaced", to: "site/index.html")
    case .removePage: unlink(folder("site/rules/sigma/index.html"))
    case .touchPage: utimensat(AT_FDCWD, folder("site/index.html"), nil, 0)
    }
  }

  /// Of a rule as another one may be, too.
  private mutating func text(_ more: String = "tags: [attack.t1059]") -> String {
    let product = numbers.next() % 4 == 0 ? "door" : "windows"
    return smallRule("Step \(step)", image: "\\\(numbers.next() % 5).exe", product: product, more: more)
  }
}

/// The same numbers in every run (SplitMix64).
private struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
