import Files
import NIOCore
import NIOHTTP1
import NIOPosix

/// Serves a site on the loopback address only.
package struct PreviewServer: Sendable {
  /// Why the server couldn't start.
  package enum Failure: Error {
    case portInUse
    /// Low ports require administrator rights.
    case portForbidden
    /// The system's error message, worded to follow a colon or comma.
    case other(reason: String)
  }

  /// Limits on the resources of connections.
  struct Limits: Sendable {
    /// How many are served at a time; others wait in a queue.
    var connections = 100
    /// The maximum length of an address or a header line, and of all header lines of a request, in bytes.
    var lineLength = 8 << 10
    var headLength = 32 << 10
    var headerLines = 100
    /// From the start of the connection, or the last response, to the end of the next request.
    var requestTime = TimeAmount.seconds(30)
    /// From there to the end of the response: longer than pages wait for news.
    var answerTime = TimeAmount.seconds(60)
  }

  private let port: UInt16
  private let handler: RequestHandler
  private let limits: Limits

  /// - Parameter port: 0 for any free port.
  package init(port: UInt16, _ state: PreviewState, _ assets: PreviewAssets) {
    self.init(port: port, state, assets, limits: Limits())
  }

  init(port: UInt16, _ state: PreviewState, _ assets: PreviewAssets, limits: Limits) {
    self.port = port
    self.limits = limits
    handler = RequestHandler(state: state, assets: assets)
  }

  /// Handles requests until the task is cancelled.
  ///
  /// - Parameter started: called once with the address of the site: `http://127.0.0.1:8642/`.
  /// - Throws: if the port isn't available.
  package func run(started: @escaping @Sendable (String) -> Void) async throws(Failure) {
    // A client that disconnects during a response must not end the program.
    CurrentProcess.ignoreBrokenPipes()
    do {
      let server = try await bind()
      if let port = server.channel.localAddress?.port { started("http://127.0.0.1:\(port)/") }
      try await accept(from: server)
    } catch let error as IOError {
      let fault = FileError(code: error.errnoCode)
      switch fault {
      case .addressInUse: throw .portInUse
      case .noPermission: throw .portForbidden
      default: throw .other(reason: fault.reason)
      }
    } catch is CancellationError {
      return
    } catch {
      throw .other(reason: "\(error)")
    }
  }
}

extension PreviewServer {
  private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

  private func bind() async throws -> NIOAsyncChannel<Connection, Never> {
    let limits = limits
    var decoding = NIOHTTPDecoderLimitConfiguration()
    decoding.maxHeaderFieldSize = limits.lineLength
    decoding.maxHeaderListSize = limits.headLength
    decoding.maxHeaderFieldCount = limits.headerLines
    return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      // Connections that are accepted but not yet served count as open, too.
      .serverChannelOption(.maxMessagesPerRead, value: 1)
      .bind(
        host: "127.0.0.1", port: Int(port),
        serverBackPressureStrategy: .init(lowWatermark: 1, highWatermark: 2)
      ) { [decoding] channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: true, withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: decoding)
          try channel.pipeline.syncOperations.addHandler(
            Deadline(requestTime: limits.requestTime, answerTime: limits.answerTime))
          return try Connection(wrappingChannelSynchronously: channel)
        }
      }
  }

  /// Serves as many connections at a time as the limits allow; others wait in the system's queue.
  private func accept(from server: NIOAsyncChannel<Connection, Never>) async throws {
    try await server.executeThenClose { connections in
      await withTaskGroup(of: Void.self) { group in
        var open = 0
        do {
          for try await connection in connections {
            if open == limits.connections {
              await group.next()
              open -= 1
            }
            group.addTask { await answer(connection) }
            open += 1
          }
        } catch {
          // Only cancellation ends this: an error in one connection doesn't affect the others.
        }
        group.cancelAll()
      }
    }
  }

  /// Handles the requests of one connection, one after another.
  private func answer(_ connection: Connection) async {
    // A broken connection affects only its client.
    try? await connection.executeThenClose { requests, answers in
      for try await case .head(let head) in requests {
        let answer = await handler.answer(to: head)
        // A request body would have to be read completely before the next request.
        let isKept = head.isKeepAlive && !head.hasBody
        try await answers.write(contentsOf: answer.parts(to: head, isKept: isKept))
        if !isKept { return }
      }
    }
  }
}

extension HTTPRequestHead {
  fileprivate var hasBody: Bool {
    headers.contains(name: "Transfer-Encoding") || (headers.first(name: "Content-Length") ?? "0") != "0"
  }
}
