import Testing

@testable import Preview

/// RFC 3986, sections 2.1 (percent-encoding) and 3.3 (paths).
@Suite struct RequestPathTests {
  @Test(arguments: [
    ("/", "index.html"), ("/rules/", "rules/index.html"), ("/rules/index.html", "rules/index.html"),
    ("/rules", "rules"), ("/a%20b", "a b"), ("/%C3%A4", "ä"), ("/a%2Fb", "a/b"), ("/a%2fb", "a/b"), ("/%2525", "%25"),
    ("/a+b", "a+b"), ("/../a", "../a"), ("//a", "/a"),
  ])
  func namesAFile(target: String, path: String) {
    #expect(filePath(of: target) == path)
  }

  @Test(arguments: ["", "a", "*", "http://127.0.0.1/", "/%", "/%4", "/%zz", "/%-1", "/%C3", "/%FF"])
  func isNothingWhereTheAddressIsMalformed(target: String) {
    #expect(filePath(of: target) == nil)
  }
}
