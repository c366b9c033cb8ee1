import Glibc

/// A connection to a server on this machine.
package struct LocalConnection: ~Copyable {
  package struct Failure: Error {
    package var step: String
  }

  private let socket: Int32

  /// - Parameter limit: for each wait, in seconds: longer than any answer takes that comes at all.
  package init(port: UInt16, limit: Int = 300) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { throw Failure(step: "socket") }
    var time = timeval(tv_sec: limit, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Failure(step: "connect") }
  }

  deinit { close(socket) }

  /// Sends as much as the other side takes.
  package func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }

  /// What comes until the other side closes, or nothing comes within the limit.
  package func readToEnd() -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = max(0, read(socket, buffer.baseAddress, buffer.count))
      }
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
  }
}

/// What a server on this machine answers to one request, on a connection of its own.
package struct HTTPAnswer {
  package var status: Int
  /// By names in lower case.
  package var headers: [String: String]
  package var body: [UInt8]

  package var text: String { String(decoding: body, as: UTF8.self) }

  /// - Parameters:
  ///   - target: the path and the query, written as it is sent.
  ///   - headers: beside `Host`, which is the server's own unless it is given.
  package init(_ target: String, port: UInt16, method: String = "GET", headers: [String: String] = [:]) throws {
    let connection = try LocalConnection(port: port)
    let all = ["Host": "127.0.0.1:\(port)", "Connection": "close"].merging(headers) { _, new in new }
    let lines = ["\(method) \(target) HTTP/1.1"] + all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
    try self.init(parsing: connection.readToEnd())
  }

  /// - Parameter bytes: one whole answer.
  package init(parsing bytes: [UInt8]) throws {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw LocalConnection.Failure(step: "read") }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    status = head.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
    self.headers = head.dropFirst().reduce(into: [:]) { headers, line in
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.dropFirst().first.map { String($0.drop { $0 == " " }) } ?? ""
    }
    body = Array(bytes[end.upperBound...])
  }
}
