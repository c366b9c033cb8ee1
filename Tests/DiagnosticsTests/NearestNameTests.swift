import Diagnostics
import Testing

@Suite struct NearestNameTests {
  @Test(
    arguments: [
      // One letter is missing, is too many, is another, or two are swapped.
      ("contain", "contains"), ("containss", "contains"), ("contaims", "contains"), ("cotnains", "contains"),
      ("CONTAINS", "contains"), ("tile", "title"), ("titel", "title"),
      // Three of eight letters are too many, and so is every letter of a short word.
      ("contxyzs", nil), ("xy", nil), ("", nil),
    ] as [(String, String?)])
  func findsWhatIsMeant(written: String, expected: String?) {
    #expect(nearestName(to: written, in: ["endswith", "contains", "title"]) == expected)
  }

  @Test func takesTheNearestAndOfEquallyNearOnesTheFirst() {
    #expect(nearestName(to: "filter", in: ["filters_b", "filters", "filter2"]) == "filters")
    #expect(nearestName(to: "filter", in: ["filter2", "filters"]) == "filter2")
    #expect(nearestName(to: "filter", in: []) == nil)
  }
}
