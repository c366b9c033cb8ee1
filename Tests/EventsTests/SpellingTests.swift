import Events
import RuleModel
import Testing

/// What is suggested for log sources that the embedded maps don't know.
@Suite struct SpellingTests {
  private let map: EventMap

  init() throws { map = try Shipped.map.get() }

  @Test(
    arguments: [
      // A slip, another form of a word, a name cut short.
      (
        LogSource(category: "proces_creation", product: "windows"),
        LogSource(category: "process_creation", product: "windows")
      ),
      (LogSource(category: "image_loaded", product: "windows"), LogSource(category: "image_load", product: "windows")),
      (LogSource(product: "windows", service: "bits"), LogSource(product: "windows", service: "bits-client")),
      // Of several that go on, the one that covers all of a kind.
      (LogSource(category: "registry", product: "windows"), LogSource(category: "registry_event", product: "windows")),
      (LogSource(category: "file", product: "windows"), LogSource(category: "file_event", product: "windows")),
      // Named after what happens, as titles of events are.
      (LogSource(category: "file_creation", product: "windows"), LogSource(category: "file_event", product: "windows")),
      (LogSource(category: "file_creation", product: "linux"), LogSource(category: "file_event", product: "linux")),
      // One word in common says nothing.
      (LogSource(category: "proxy_configuration", product: "windows"), nil),
      (LogSource(product: "windows", service: "proxy_configuration"), nil),
    ] as [(LogSource, LogSource?)])
  func suggestsWhatIsMeant(written: LogSource, expected: LogSource?) throws {
    let unmapped = try #require(map.events(for: written, stages: []).unmapped.first)
    #expect(unmapped.nearest == expected)
  }

  @Test(
    arguments: [
      (
        LogSource(category: "process_creation", product: "Windows"),
        LogSource(category: "process_creation", product: "windows")
      ),
      (LogSource(product: "AWS", service: "CloudTrail"), LogSource(product: "aws", service: "cloudtrail")),
      (LogSource(category: "process_creation", product: "windows"), nil),
      // What isn't known in lower case either has no other spelling.
      (LogSource(product: "Windowz"), nil),
    ] as [(LogSource, LogSource?)])
  func knowsLogSourcesInCapitals(written: LogSource, expected: LogSource?) {
    #expect(map.respelled(written) == expected)
  }
}
