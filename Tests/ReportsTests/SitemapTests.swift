import Reports
import Testing

@Suite struct SitemapTests {
  private func files(_ pages: [String], limit: Int = 50_000) -> [(path: String, text: String)] {
    sitemap(of: pages, at: { "https://example.org/?a&b/" + $0 }, limit: limit)
      .map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
  }

  @Test func listsThePagesInTheOrderOfTheirPaths() {
    let files = files(["rules/index.html", "index.html"])
    #expect(files.map(\.path) == ["sitemap.xml"])
    #expect(
      files.first?.text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
          <url>
            <loc>https://example.org/?a&amp;b/index.html</loc>
          </url>
          <url>
            <loc>https://example.org/?a&amp;b/rules/index.html</loc>
          </url>
        </urlset>

        """)
  }

  @Test func isSplitWhereItWouldListTooMany() {
    let files = files(["c", "a", "b"], limit: 2)
    #expect(files.map(\.path) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"])
    #expect(
      files[0].text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
          <sitemap>
            <loc>https://example.org/?a&amp;b/sitemap-1.xml</loc>
          </sitemap>
          <sitemap>
            <loc>https://example.org/?a&amp;b/sitemap-2.xml</loc>
          </sitemap>
        </sitemapindex>

        """)
    #expect(
      files[1].text.contains("/a</loc>") && files[1].text.contains("/b</loc>") && !files[1].text.contains("/c</loc>"))
    #expect(files[2].text.contains("/c</loc>") && !files[2].text.contains("/b</loc>"))
    #expect(self.files(["a", "b"], limit: 2).count == 1)
  }
}
