import FlyingFox
import FlyingSocks
import Foundation
import Glibc

/// Shows a site to this machine alone, on its loopback address.
package struct PreviewServer: Sendable {
  /// Why a server can't be started.
  package enum Failure: Error {
    case portInUse
    /// Low ports are for the administrator.
    case portForbidden
    /// What the system said, in the middle of a sentence.
    case other(reason: String)
  }

  private let server: HTTPServer

  /// - Parameter port: 0 for any that is free.
  package init(port: UInt16, _ state: PreviewState, _ assets: PreviewAssets) throws(Failure) {
    // A reader who leaves while he is answered must not end the program.
    signal(SIGPIPE, SIG_IGN)
    let handler = RequestHandler(state: state, assets: assets)
    do {
      server = HTTPServer(
        // Longer than pages wait for news.
        address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port), timeout: 60, logger: .disabled, handler: handler)
    } catch {
      throw .other(reason: "\(error)")
    }
  }

  /// Answers requests until the task is cancelled.
  ///
  /// - Parameter started: is called once with the address of the site: `http://127.0.0.1:8642/`.
  /// - Throws: where the port can't be had.
  package func run(started: @escaping @Sendable (String) -> Void) async throws(Failure) {
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        group.addTask {
          try await server.waitUntilListening()
          if case .ip4(let host, let port)? = await server.listeningAddress { started("http://\(host):\(port)/") }
        }
        for try await _ in group {}
      }
    } catch SocketError.failed(_, EADDRINUSE, _) {
      throw .portInUse
    } catch SocketError.failed(_, EACCES, _) {
      throw .portForbidden
    } catch SocketError.failed(_, _, let message) {
      throw .other(reason: message.lowercased())
    } catch is CancellationError {
      return
    } catch {
      throw .other(reason: "\(error)")
    }
  }
}
