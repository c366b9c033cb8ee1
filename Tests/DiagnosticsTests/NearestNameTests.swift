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

  /// In a name of several words each must be near: what they share says nothing of what is meant.
  @Test(
    arguments: [
      ("proxy_configuration", ["iis-configuration", "process_creation"], nil),
      ("defense-evesion", ["defense-evasion", "defense-impairment"], "defense-evasion"),
      ("image_loaded", ["driver_load", "image_load"], "image_load"),
      ("process-creaton", ["process_creation"], "process_creation"),
      ("pipe_creation", ["pipe_created", "file_event"], "pipe_created"),
      ("sel_aa", ["sel_b", "sel_a"], "sel_a"), ("sel_c", ["sel_b", "sel_a"], nil),
    ] as [(String, [String], String?)])
  func comparesWordByWord(written: String, candidates: [String], expected: String?) {
    #expect(nearestName(to: written, in: candidates) == expected)
  }

  @Test func findsTheOneNameThatGoesOnWithMoreWords() {
    #expect(nearestName(to: "bits", in: ["dns-client", "bits-client"]) == "bits-client")
    #expect(nearestName(to: "dns", in: ["dns-client", "dns-server", "bits-client"]) == nil)
  }

  /// A name of one or two letters is as near to any other as to what is meant.
  @Test(arguments: ["in", "x", "", " "])
  func guessesNothingFromOneOrTwoLetters(written: String) {
    #expect(nearestName(to: written, in: ["i", "m", "re", "lt", "ignorecase"]) == nil)
  }

  /// The memory and time of a table as wide as both names, for names that nobody means.
  @Test func looksAtNoNameOfMoreThan64Bytes() {
    let long = String(repeating: "a", count: 65)
    #expect(nearestName(to: long, in: [long]) == nil)
    #expect(nearestName(to: "name", in: [long, "names"]) == "names")
  }

  @Test(
    arguments: [
      ("event_cnt", ["event_count", "value_count"], "event_count"),
      ("event_ct", ["event_count"], nil),
    ] as [(String, [String], String?)])
  func knowsAWordWithoutItsVowels(written: String, candidates: [String], expected: String?) {
    #expect(nearestName(to: written, in: candidates) == expected)
  }

  @Test(arguments: [
    ("Detection", "detection", true), ("detections", "detection", true), ("detecton", "detection", true),
    ("deteciton", "detection", true), ("log_source", "logsource", true), ("Log-Sources", "logsource", true),
    ("detektion", "detection", true), ("selection", "detection", false), ("direction", "detection", false),
    ("resource", "logsource", false), ("tag", "tags", true), ("dtae", "date", true),
    // Of a short name a wrong letter makes another word.
    ("data", "date", false), ("x", "id", false), ("", "id", false),
  ])
  func knowsASingleSlipOfThePen(written: String, name: String, isOne: Bool) {
    #expect(isSlip(written, of: name) == isOne)
  }
}
