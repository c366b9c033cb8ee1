import Diagnostics
import Testing

@Suite struct ReorderedNameTests {
  @Test(
    arguments: [
      ("ordered_temporal", "temporal_ordered"), ("Ordered-Temporal", "temporal_ordered"), ("temporal", nil),
      ("temporal_order", nil), ("", nil), ("_", nil), ("count event", "event_count"),
    ] as [(String, String?)])
  func findsTheSameWordsInAnotherOrder(written: String, expected: String?) {
    #expect(reorderedName(of: written, in: ["temporal", "event_count", "temporal_ordered"]) == expected)
  }
}
