import Checks
import Diagnostics
import TestSupport
import Testing

@Suite struct AllChecksTests {
  @Test func eachCheckSaysWhatToDo() {
    for check in allChecks {
      #expect(check.advice.hasSuffix(".") && check.advice.count > 20, "\(check.name)")
      #expect(check.name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x38 }, "\(check.name)")
    }
  }

  @Test func listsEachDeclaredCheckOnce() {
    var declared: [String] = []
    for (path, bytes) in TemporaryFolder.contents(of: projectFolder + "/Sources") where path.hasSuffix(".swift") {
      let text = String(decoding: bytes, as: UTF8.self)
      declared += text.matches(of: /static let \w+ = CheckID\(\s*"([^"]+)"/).map { String($0.1) }
    }
    #expect(declared.count > 60 && declared.sorted() == allChecks.map(\.name).sorted())
  }

  @Test func findsChecksByName() {
    #expect(CheckID(named: "rule-level") == .some(CheckID("rule-level", .note, "")) && CheckID(named: "rule") == nil)
    #expect(allChecks.allSatisfy { CheckID(named: $0.name)?.advice == $0.advice })
  }
}
