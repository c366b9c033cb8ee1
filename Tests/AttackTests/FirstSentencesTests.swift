import Testing

@testable import Attack

@Suite struct FirstSentencesTests {
  @Test func keepsTwoSentencesAndDropsCitationsAndLinks() {
    #expect(
      firstSentences(
        of: """
          [Mimikatz](https://attack.mitre.org/software/S0002) is a credential dumper. (Citation: Deply Mimikatz) It is used \
          by [APT29](https://attack.mitre.org/groups/G0016).(Citation: A (b) c) A third sentence is left out.
          """) == "Mimikatz is a credential dumper. It is used by APT29.")
  }

  @Test func endsWithTheParagraph() {
    #expect(firstSentences(of: "One <code>x</code> and `yes`. Two\n\n* a list. More.") == "One x and yes.")
    #expect(firstSentences(of: "  \nNo full stop here\n\nA second paragraph.") == "No full stop here")
    #expect(firstSentences(of: "") == "")
  }

  @Test(arguments: [
    // A second sentence of 241 characters and the space make 300; one more is too many.
    (240, 300), (241, 58),
  ])
  func leavesOutASecondSentenceThatIsTooLong(second: Int, expected: Int) {
    let first = String(repeating: "a", count: 57) + "."
    let text = firstSentences(of: "\(first) \(String(repeating: "B", count: second)).")
    #expect(text.count == expected, "\(text)")
  }

  @Test func cutsALongFirstSentenceAfterAWord() {
    let text = firstSentences(of: String(repeating: "word, ", count: 80) + "end.")
    #expect(text.hasSuffix("word …") && text.count <= 300 && text.count > 290)
  }

  @Test(arguments: [
    ("It uses a file (e.g. Office) on Windows. Then more.", "It uses a file (e.g. Office) on Windows. Then more."),
    ("The U.S. Government says so. B. C", "The U.S. Government says so."),
    ("Written in C# and .NET. It “works.” Third.", "Written in C# and .NET. It “works.”"),
    ("A file .app (Citation: X). B is it. C is not.", "A file .app. B is it."),
    ("An API (ex: https://api.github.com). Second here. Third.", "An API (ex: https://api.github.com). Second here."),
  ])
  func knowsWhereSentencesEnd(description: String, expected: String) {
    #expect(firstSentences(of: description) == expected)
  }

  @Test func areReadBackFromTheData() throws {
    let matrix = try shippedMatrix()
    let technique = try #require(matrix.techniques.first { "\($0.id)" == "T1490" })
    #expect(technique.summary.hasPrefix("Adversaries may delete or remove built-in data and turn off services"))
    #expect(matrix.groups.first { "\($0.id)" == "G0018" }?.summary == "admin@338 is a China-based cyber threat group.")
    #expect(matrix.techniques.allSatisfy { $0.isActive != $0.summary.isEmpty })
    let threats = matrix.groups + matrix.campaigns + matrix.software
    #expect(threats.allSatisfy { $0.isActive != $0.summary.isEmpty })
    #expect((matrix.techniques.map(\.summary) + threats.map(\.summary)).allSatisfy { $0.count <= 300 })
  }
}
