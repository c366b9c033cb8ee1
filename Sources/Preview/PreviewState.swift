/// What a server shows, and who waits for it to change.
package actor PreviewState {
  /// The bytes of a file, made when they are asked for.
  package typealias Make = @Sendable () -> [UInt8]

  /// What a page asks to know whether it is still current.
  struct News: Codable, Sendable {
    /// Another number after each change of anything.
    var change: Int
    /// Another number for each site.
    var site: Int
    /// Why the site isn't the newest; nil where it is.
    var fault: String?
  }

  private var files: [String: Make] = [:]
  private var made: [String: [UInt8]] = [:]
  /// Numbers start anywhere, so that a page doesn't take the sites of two runs of the program for the same.
  private(set) var news = News(change: 0, site: Int.random(in: 0..<1 << 48), fault: nil)
  private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  private var lastWaiter = 0

  package init() {}

  /// Shows another site from now on, as a whole.
  ///
  /// - Parameter files: by their paths from the site's root.
  package func show(_ files: [String: Make]) {
    self.files = files
    made = [:]
    news.site += 1
    changed(fault: nil)
  }

  /// Says why the site that is shown isn't the newest one, or that it is.
  package func report(fault: String?) { if news.fault != fault { changed(fault: fault) } }

  private func changed(fault: String?) {
    news.fault = fault
    news.change += 1
    for continuation in waiting.values { continuation.resume() }
    waiting = [:]
  }

  func has(_ path: String) -> Bool { files[path] != nil }

  /// What a file holds, and of which site it is; nil where the site has none of that path.
  ///
  /// Files are made outside of the actor, several at a time, and kept until the site changes.
  func file(at path: String) async -> (bytes: [UInt8], site: Int)? {
    let site = news.site
    if let bytes = made[path] { return (bytes, site) }
    guard let make = files[path] else { return nil }
    let bytes = await Task.detached { make() }.value
    if news.site == site { made[path] = bytes }
    return (bytes, site)
  }

  /// What is new once anything is, or when the time is over.
  ///
  /// - Parameter known: the last change that the asker knows of.
  func news(after known: Int, limit: Duration) async -> News {
    // One that was started anew counts from the start.
    if news.change != known { return news }
    lastWaiter += 1
    let waiter = lastWaiter
    let timer = Task {
      try? await Task.sleep(for: limit)
      release(waiter)
    }
    await withCheckedContinuation { waiting[waiter] = $0 }
    timer.cancel()
    return news
  }

  private func release(_ waiter: Int) { waiting.removeValue(forKey: waiter)?.resume() }
}
