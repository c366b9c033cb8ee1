import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Preview

/// What a client may cost the server (RFC 9112, section 3: a server that receives a longer line than it reads refuses it).
@Suite(.timeLimit(.minutes(15))) struct PreviewServerTests {
  /// Beside all other tests a request may take long.
  private static var patient: PreviewServer.Limits {
    var limits = PreviewServer.Limits()
    (limits.requestTime, limits.answerTime) = (.seconds(600), .seconds(600))
    return limits
  }

  /// Serves one page while the test runs.
  private func serving(_ limits: PreviewServer.Limits = patient, _ test: @Sendable @escaping (UInt16) throws -> Void)
    async throws
  {
    let state = PreviewState()
    await state.show(site("index.html", saying: "<p>The page</p>"))
    let server = PreviewServer(port: 0, state, PreviewAssets { _ in [] }, limits: limits)
    let (addresses, address) = AsyncStream.makeStream(of: String.self)
    let running = Task {
      try await server.run { address.yield($0) }
      address.finish()
    }
    defer { running.cancel() }
    let first = try #require(await addresses.first { _ in true })
    let port = try #require(first.firstMatch(of: /^http:\/\/127\.0\.0\.1:(\d+)\/$/).flatMap { UInt16($0.1) })
    // Waiting on sockets must not hold a thread of the tasks that answer.
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try test(port) }) }
    }
  }

  @Test(arguments: [1, 7, 9, 64, 1024])
  func refusesLinesOfOverEightKilobytesAtOnce(kilobytes: Int) async throws {
    try await serving { (port) throws in
      let long = String(repeating: "a", count: kilobytes << 10)
      let isFine = kilobytes < 8
      #expect(try HTTPAnswer("/", port: port, headers: ["X": long]).status == (isFine ? 200 : 400))
      #expect(try HTTPAnswer("/" + long, port: port).status == (isFine ? 404 : 400))
      // Before the line, or the head, has come to its end.
      if !isFine {
        for start in ["GET /", "GET / HTTP/1.1\r\nX: ", "GET / HTTP/1.1\r\n"] {
          let connection = try LocalConnection(port: port, limit: 300)
          connection.send(start + long)
          #expect(try HTTPAnswer(parsing: connection.readToEnd()).status == 400, "\(start)")
        }
      }
      #expect(try HTTPAnswer("/", port: port).text.contains("The page"))
    }
  }

  @Test(arguments: [(90, 10, 200), (101, 10, 400), (10, 7000, 400)])
  func refusesMoreHeaderLinesOrBytesThanAnybodySends(lines: Int, length: Int, status: Int) async throws {
    let value = String(repeating: "a", count: length)
    let headers = Dictionary(uniqueKeysWithValues: (0..<lines).map { ("X-\($0)", value) })
    try await serving { (port) throws in
      #expect(try HTTPAnswer("/", port: port, headers: headers).status == status)
    }
  }

  @Test func letsFurtherConnectionsWaitUntilOthersEnd() async throws {
    var limits = PreviewServer.Limits()
    limits.connections = 2
    limits.requestTime = .seconds(5)
    try await serving(limits) { [limits] (port) throws in
      // Three rounds, each of which waits for its turn beside all other tests.
      let silent = try (0..<6).map { _ in Held(try LocalConnection(port: port)) }
      #expect(try HTTPAnswer("/", port: port).status == 200)
      #expect(silent.count > limits.connections)
    }
  }

  @Test func endsAConnectionWhoseRequestTakesTooLong() async throws {
    var limits = PreviewServer.Limits()
    limits.requestTime = .milliseconds(300)
    try await serving(limits) { (port) throws in
      let connection = try LocalConnection(port: port, limit: 300)
      connection.send("GET / HTTP/1.1\r\nHost: localhost\r\n")
      #expect(connection.readToEnd().isEmpty)
    }
  }

  @Test func answersSeveralRequestsOfOneConnectionInTheirOrder() async throws {
    try await serving { (port) throws in
      let connection = try LocalConnection(port: port, limit: 300)
      let lines = "Host: localhost\r\n\r\n"
      connection.send("GET / HTTP/1.1\r\n\(lines)HEAD / HTTP/1.1\r\n\(lines)GET /x HTTP/1.0\r\n\(lines)")
      let text = String(decoding: connection.readToEnd(), as: UTF8.self)
      let answers = text.matches(of: /HTTP\/1\.\d (\d+)/).map { String($0.1) }
      #expect(answers == ["200", "200", "404"])
      #expect(text.matches(of: /The page/).count == 1)
    }
  }

  @Test func endsAConnectionWithARequestThatHasABody() async throws {
    try await serving { (port) throws in
      let connection = try LocalConnection(port: port, limit: 300)
      connection.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nGET /")
      connection.send(" HTTP/1.1\r\nHost: localhost\r\n\r\n")
      let answer = try HTTPAnswer(parsing: connection.readToEnd())
      #expect(answer.status == 405 && answer.headers["connection"] == "close")
    }
  }
}

/// A connection that can stand in an array.
private final class Held {
  let connection: LocalConnection

  init(_ connection: consuming LocalConnection) { self.connection = connection }
}
