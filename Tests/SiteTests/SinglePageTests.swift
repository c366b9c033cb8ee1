import Testing
import XML

@testable import Site

/// A page as one file, to be sent by mail.
@Suite struct SinglePageTests {
  private let page = """
    <!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="default-src 'self'"/>\
    <link rel="icon" href="data:,"/><link rel="canonical" href="https://a.test/x"/>\
    <link rel="stylesheet" href="../assets/style.css"/><script src="../assets/site.js"></script></head>\
    <body><nav class="crumbs site-only"><a href="../index.html">Home</a></nav>\
    <p>a &lt;b&gt; &amp; <a href="blind.html">All</a> <a class="id" href="#gaps">Gaps</a> <br/><i></i>\
    <a href="../rules/a%20b/index.html?q=1#x" tabindex="0">Rule</a> <a href="https://attack.mitre.org/">ATT&amp;CK</a></p>\
    <img alt="A picture" src="../assets/pictures/a.svg"/><img alt="" src="../assets/other.png"/></body></html>
    """

  private func single(_ baseURL: String?, style: String = "p { color: red }") throws -> String {
    let page = SinglePage(
      address: .coverage, styleSheet: Array(style.utf8), pictures: ["assets/pictures/a.svg": Array("<svg/>".utf8)],
      baseURL: baseURL)
    return String(decoding: try page.bytes(of: Array(self.page.utf8)), as: UTF8.self)
  }

  /// The hash and the base64 text are from `openssl dgst -sha256 -binary | base64`.
  @Test func carriesItsStyleAndPicturesAndLeadsNowhere() throws {
    #expect(
      try single(nil) == """
        <!DOCTYPE html>
        <html lang="en"><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \
        'sha256-ngewhhP73WDIbgwseeu52VAAJgKdGUsu1IUQQsAm8m4='; img-src data:; base-uri 'none'"/>\
        <link rel="icon" href="data:,"/><style>p { color: red }</style></head><body>\
        <p>a &lt;b&gt; &amp; <span>All</span> <a class="id" href="#gaps">Gaps</a> <br/><i></i>\
        <span>Rule</span> <a href="https://attack.mitre.org/">ATT&amp;CK</a></p>\
        <img alt="A picture" src="data:image/svg+xml;base64,PHN2Zy8+"/></body></html>

        """)
  }

  @Test func leadsToThePublicSite() throws {
    let text = try single("https://docs.test/rules/")
    #expect(text.contains(#"<a href="https://docs.test/rules/coverage/blind.html">All</a>"#))
    #expect(
      text.contains(#"<a href="https://docs.test/rules/rules/a%20b/index.html?q=1#x" tabindex="0">Rule</a>"#))
    #expect(text.contains(##"<a class="id" href="#gaps">Gaps</a>"##))
  }

  @Test(arguments: [
    // FIPS 180-4's example, in base64.
    ("abc", "abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
    // A browser makes line ends line feeds before it computes the hash.
    ("a\r\nb\rc", "a\nb\nc", "6n+wi3otxGGf+3x7s42VogR5NfoWXXGxLv04UqLm0Mw="),
    ("'</style>'", #"'<\/style>'"#, "97V9RBzmYk4HQWZJKjqURHICoMdsJW9YjMv3cbqNh5E="),
  ])
  func hashesWhatABrowserReads(style: String, text: String, hash: String) {
    let style = StyleText(Array(style.utf8))
    #expect(style.text == text)
    #expect(style.source == "sha256-" + hash)
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy"),
  ])
  func writesBase64(text: String, base64: String) {
    // RFC 4648, section 10.
    #expect(Site.base64(Array(text.utf8)) == base64)
  }
}
