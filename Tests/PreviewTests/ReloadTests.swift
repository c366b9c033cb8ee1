import Testing

@testable import Preview

@Suite struct ReloadTests {
  private func added(to page: String) -> String {
    String(decoding: Reload.added(to: Array(page.utf8), site: 7), as: UTF8.self)
  }

  private let links =
    #"<link rel="stylesheet" href="/.ruledex/reload.css"/><script src="/.ruledex/reload.js?7" defer="defer"></script>"#

  @Test func standsAtTheEndOfTheHeadAndMayAskTheServer() {
    let page = { (policy: String, links: String) in
      #"<html><head><meta http-equiv="Content-Security-Policy" content="\#(policy)default-src 'none'"/>\#(links)</head></html>"#
    }
    #expect(added(to: page("", "")) == page("connect-src 'self'; ", links))
  }

  @Test(arguments: ["", "<p>A page without a head</p>", "<hea", "</hea"])
  func leavesWhatHasNoHeadAsItIs(page: String) {
    #expect(added(to: page) == page)
  }

  @Test func needsNoPolicy() {
    #expect(added(to: "<html><head></head></html>") == "<html><head>\(links)</head></html>")
  }
}
