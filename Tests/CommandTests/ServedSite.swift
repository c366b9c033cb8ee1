import Foundation
import Glibc
import TestSupport
import Testing

/// `ruledex serve` at work, on a port that the system chose.
struct ServedSite: ~Copyable {
  /// What pages ask for.
  struct News: Decodable {
    var change: Int
    var site: Int
    var fault: String?
  }

  let port: UInt16
  private let program: RunningProgram

  /// Starts it and waits until it says where the site is.
  ///
  /// - Parameter errors: a file for what it says on standard error.
  init(
    _ arguments: String..., in folder: TemporaryFolder, environment: [String: String] = [:],
    errors: String = "errors"
  ) throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    // Programs that other tests start meanwhile must not hold the pipe open.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let words = ["serve", "--port", "0"] + arguments
    let program = try RunningProgram(
      builtProgram, words, in: folder.path, environment: environment, errors: folder(errors),
      descriptors: [(own: ends[1], its: STDOUT_FILENO)])
    close(ends[1])
    // One line, or the end where the program ends.
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(ends[0], &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
    let text = String(decoding: line, as: UTF8.self)
    let match = text.firstMatch(of: /^The site is at http:\/\/127\.0\.0\.1:(\d+)\/$/)
    port = try #require(match.flatMap { UInt16($0.1) }, "\(text)\(folder.read(errors) ?? "")")
    self.program = program
  }

  func get(_ target: String, method: String = "GET", headers: [String: String] = [:]) throws -> HTTPAnswer {
    try HTTPAnswer(target, port: port, method: method, headers: headers)
  }

  func news() throws -> News { try decoded(get("/.ruledex/news")) }

  /// Waits for the news that come after these.
  func news(after known: News) throws -> News { try decoded(get("/.ruledex/news?\(known.change)")) }

  /// Waits until a page is shown that has a text; a change may come in several steps.
  func waitForPage(_ target: String, with text: String) throws {
    var news = try news()
    for _ in 0..<10 {
      if try get(target).text.contains(text) { return }
      news = try self.news(after: news)
    }
    Issue.record("no page with '\(text)' at \(target) after ten changes")
  }

  /// Ends it by a signal.
  ///
  /// - Returns: its exit code.
  consuming func end(_ signal: Int32 = SIGTERM) -> Int32 {
    program.kill(signal)
    return program.wait(limit: .seconds(20))
  }

  private func decoded(_ answer: HTTPAnswer) throws -> News {
    try #require(answer.status == 200)
    return try JSONDecoder().decode(News.self, from: Data(answer.body))
  }
}
