import Testing

@testable import Preview

@Suite struct PreviewStateTests {
  /// Counts how often something is made.
  private actor Counter {
    private(set) var count = 0

    func add() { count += 1 }
  }

  @Test func makesOtherFilesOnceAndOnlyWhenOneIsAskedFor() async {
    let state = PreviewState()
    let counter = Counter()
    await state.show(site("a.html", saying: "A")) {
      await counter.add()
      return ["b.html": { Array("B".utf8) }, "a.html": { Array("not this one".utf8) }]
    }
    #expect(await state.file(at: "a.html")?.bytes == Array("A".utf8))
    #expect(await counter.count == 0)
    async let first = state.file(at: "b.html")
    async let second = state.file(at: "c.html")
    let (b, c) = await (first, second)
    #expect(b?.bytes == Array("B".utf8) && c == nil)
    #expect(await state.file(at: "a.html")?.bytes == Array("A".utf8))
    #expect(await state.has("b.html"))
    #expect(await state.has("c.html") == false)
    #expect(await counter.count == 1)
    await state.show(site("a.html", saying: "2"))
    #expect(await state.file(at: "b.html") == nil)
    #expect(await state.file(at: "a.html")?.bytes == Array("2".utf8))
  }
}
