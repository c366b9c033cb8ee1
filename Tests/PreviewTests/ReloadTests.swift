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

  @Test func saysWhatIsWrongAtTheEndOfTheBody() {
    let fault = PreviewFault(
      isStale: true,
      findings: [
        PreviewFault.Finding(
          place: "rules/<b>.yml:2:1", message: "error: \"><script>alert(1)</script> \u{202E}\u{1} [id]")
      ])
    let page = Reload.added(to: Array("<p></body></p><i></body></html>".utf8), site: 7, fault: fault)
    #expect(
      String(decoding: page, as: UTF8.self)
        == "<p></body></p><i><aside id=\"ruledex-fault\" role=\"alert\"><p>The latest changes can’t be shown; this is the site before them.</p><ul><li><code>rules/&lt;b&gt;.yml:2:1</code> error: \"&gt;&lt;script&gt;alert(1)&lt;/script&gt; [U+202E]\u{FFFD} [id]</li></ul></aside></body></html>"
    )
  }

  @Test func listsOnlySoManyErrors() {
    func fault(_ count: Int) -> PreviewFault {
      PreviewFault(
        isStale: false,
        findings: (0..<count).map { PreviewFault.Finding(place: "a.yml:\($0 + 1)", message: "error: b") })
    }
    #expect(fault(1).lead == "There is an error in the files." && fault(1).rest == nil)
    #expect(fault(20).lead == "There are 20 errors in the files." && fault(20).rest == nil)
    #expect(fault(23).shown.count == 20 && fault(23).rest == "And 3 more, which the terminal lists.")
  }

  @Test func needsNoPolicy() {
    #expect(added(to: "<html><head></head></html>") == "<html><head>\(links)</head></html>")
  }
}
