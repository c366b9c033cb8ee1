/// What makes a page in the browser follow the site: a script and a style sheet that the server adds to the pages that it shows, and
/// that no built site has.
enum Reload {
  /// No path of a site starts like this.
  static let folder = ".ruledex/"
  static let script = folder + "reload.js"
  static let styleSheet = folder + "reload.css"
  static let news = folder + "news"

  /// A page with the script in its head, and leave in its policy for the script to ask the server for news.
  ///
  /// - Parameter site: the number of the site that the page is of.
  static func added(to page: [UInt8], site: Int) -> [UInt8] {
    var page = page
    let links =
      #"<link rel="stylesheet" href="/\#(styleSheet)"/><script src="/\#(script)?\#(site)" defer="defer"></script>"#
    if let head = firstRange(of: "</head>", in: page[...]) { page.insert(contentsOf: links.utf8, at: head.lowerBound) }
    // Templates of the user's own may have no policy; then nothing is in the way.
    if let policy = firstRange(of: #"http-equiv="Content-Security-Policy""#, in: page[...]),
      let content = firstRange(of: #"content=""#, in: page[policy.upperBound...])
    {
      page.insert(contentsOf: "connect-src 'self'; ".utf8, at: content.upperBound)
    }
    return page
  }

  private static func firstRange(of text: String, in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    let pattern = Array(text.utf8)
    guard let first = pattern.first else { return nil }
    var start = bytes.startIndex
    while let found = bytes[start...].firstIndex(of: first) {
      if bytes[found...].starts(with: pattern) { return found..<(found + pattern.count) }
      start = found + 1
    }
    return nil
  }
}
