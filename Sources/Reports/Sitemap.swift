import Diagnostics
import Text

/// `sitemap.xml` (sitemaps.org, protocol 0.9): the addresses of a site's pages, for search engines.
///
/// It has no dates: a page also changes when related rules do, and no clock is used. Over 50,000 pages, the most that a
/// file may list, it is an index of `sitemap-1.xml` and so on. As long as paths have fewer than 300 bytes, no file
/// comes near the limit of 50 MB.
///
/// - Parameters:
///   - pages: their paths, relative to the site's root.
///   - address: gives the web address of a path of the site, percent-encoded.
package func sitemap(
  of pages: [String], at address: (String) -> String, limit: Int = 50_000
) -> [(path: String, bytes: [UInt8])] {
  let sorted = pages.sorted(by: inByteOrder).map(address)
  if sorted.count <= limit { return [("sitemap.xml", document("urlset", "url", sorted))] }
  let parts = stride(from: 0, to: sorted.count, by: limit).enumerated().map { number, start in
    ("sitemap-\(number + 1).xml", document("urlset", "url", sorted[start..<min(start + limit, sorted.count)]))
  }
  return [("sitemap.xml", document("sitemapindex", "sitemap", parts.map { address($0.0) }))] + parts
}

private func document(_ name: String, _ each: String, _ addresses: some Sequence<String>) -> [UInt8] {
  xmlDocument { xml in
    xml.start(name)
    xml.attribute("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")
    for address in addresses { xml.element(each) { $0.element("loc", text: address) } }
    xml.end()
  }
}
