import Templates
import Testing

@Suite struct LinkTests {
  @Test(
    arguments: [
      ("index.html", nil, "index.html"),
      ("../a b/ü/index.html", "x y", "../a%20b/%C3%BC/index.html#x%20y"),
      ("a%2Fb/c?d#e", nil, "a%252Fb/c%3Fd%23e"),
      ("javascript:alert(1)", nil, "javascript%3Aalert(1)"),
      ("//example.org/x", nil, "example.org/x"),
      ("/etc/passwd", nil, "etc/passwd"),
      ("a\\b/\"<>&'", nil, "a%5Cb/%22%3C%3E&'"),
      ("", "part", "#part"),
      ("events/4688 (S)/\u{0}\n", nil, "events/4688%20(S)/%00%0A"),
    ] as [(String, String?, String)])
  func encodesEachSegmentOfARelativePath(path: String, fragment: String?, expected: String) {
    #expect(Link(relative: path, fragment: fragment).address == expected)
  }

  @Test func asksAPageWhatAFormWouldAsk() {
    let link = Link(relative: "../search.html", query: (name: "q", text: "field:Image \"a+b & c=d\" %ü#~"))
    #expect(
      link.address == "../search.html?q=field%3AImage%20%22a%2Bb%20%26%20c%3Dd%22%20%25%C3%BC%23~")
  }

  @Test(arguments: [
    ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e"),
    ("HTTP://example.org", "HTTP://example.org"),
    ("mailto:a@example.org", "mailto:a@example.org"),
    ("https://example.org/ü\"<>", "https://example.org/%C3%BC%22%3C%3E"),
    ("https://[::1]:80/", "https://[::1]:80/"),
  ])
  func letsWebAndMailAddressesThrough(address: String, expected: String) {
    #expect(Link(external: address)?.address == expected)
  }

  @Test(arguments: [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://example.org", "\thttps://example.org", "java\nscript:x",
    "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//example.org", "example.org", "", "https://", "mailto:",
    "https://a b", "https://example.org/\u{0}", "https://example.org/\u{202E}gpj", "https://example.org\\@evil.example",
    "http:example.org", "\u{FEFF}https://example.org", "ftp://example.org", "https://example.org/\u{A0}",
  ])
  func refusesWhatIsNoPlainAddress(address: String) {
    #expect(Link(external: address) == nil)
  }
}
