import Synchronization
import Testing
import Text

@Suite struct InParallelTests {
  private final class Counter: Sendable {
    let value = Atomic(0)
  }

  @Test(arguments: [1, 2, 7, 1000])
  func keepsTheOrderOfTheItems(jobs: Int) async {
    let results = await inParallel(Array(0..<1000), jobs: jobs, chunk: 7) { $0 * 2 }
    #expect(results == (0..<1000).map { $0 * 2 })
  }

  @Test func keepsTheOrderWhereTheFirstItemIsReadyLast() async {
    let ready = Counter()
    let results = await inParallel(Array(0..<4), jobs: 2, chunk: 1) { item in
      // With one thread alone, nothing would come meanwhile; then it gives up.
      let end = ContinuousClock.now + .seconds(5)
      while item == 0, ready.value.load(ordering: .acquiring) < 3, ContinuousClock.now < end {}
      ready.value.add(1, ordering: .releasing)
      return item
    }
    #expect(results == [0, 1, 2, 3])
  }

  @Test func worksOnNoMoreThanTheJobsAtATime() async {
    let (running, most) = (Counter(), Counter())
    _ = await inParallel(Array(0..<200), jobs: 2, chunk: 1) { _ in
      most.value.max(running.value.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
      running.value.subtract(1, ordering: .relaxed)
    }
    #expect((1...2).contains(most.value.load(ordering: .relaxed)))
  }

  @Test func takesNothingAtAll() async {
    #expect(await inParallel([Int](), jobs: 3) { $0 } == [])
    #expect(await inParallel([1], jobs: 0) { $0 } == [1])
  }
}
