import Foundation
import Glibc
import TestSupport

/// Chromium without a window and without a network, spoken to by its DevTools protocol over a pair of pipes.
///
/// - SeeAlso: https://chromedevtools.github.io/devtools-protocol/
final class Browser {
  struct Failure: Error { var message: String }

  /// What opening a page led to.
  struct Visit: Decodable {
    var title = ""
    /// The address of each script; the text of one that has none.
    var scripts: [String] = []
    /// The names of attributes that hold a script.
    var handlers: [String] = []
    /// Elements that would load or lead elsewhere by themselves.
    var odd: [String] = []
    /// The schemes that links lead to, each once.
    var schemes: [String] = []
    /// What was asked of the network or the disk.
    var requests: [String] = []
    /// What `alert` and its like said.
    var dialogs: [String] = []
    /// What scripts threw or complained of, and what the page's policy had to forbid.
    var errors: [String] = []

    private enum CodingKeys: CodingKey { case title, scripts, handlers, odd, schemes }

    fileprivate mutating func add(_ events: [Message]) {
      for event in events {
        let parameters = event["params"] as? Message ?? [:]
        switch event["method"] as? String {
        case "Network.requestWillBeSent":
          requests.append((parameters["request"] as? Message)?["url"] as? String ?? "?")
        case "Page.javascriptDialogOpening": dialogs.append(parameters["message"] as? String ?? "?")
        case "Runtime.exceptionThrown", "Log.entryAdded": errors.append("\(parameters)")
        case "Runtime.consoleAPICalled" where ["error", "warning", "assert"].contains(parameters["type"] as? String):
          errors.append("\(parameters)")
        default: break
        }
      }
    }
  }

  fileprivate typealias Message = [String: Any]

  static let isInstalled = (try? run("chromium", ["--version"]))?.code == 0

  private let program: RunningProgram
  private var hasEnded = false
  private let (commands, answers): (Int32, Int32)
  private var session = ""
  private var number = 0
  private var received: [UInt8] = []
  private var events: [Message] = []

  /// - Parameter folder: for its profile, and its log of the network.
  init(in folder: TemporaryFolder) throws {
    let (toBrowser, fromBrowser) = (try Browser.pipe(), try Browser.pipe())
    (commands, answers) = (toBrowser.write, fromBrowser.read)
    program = try RunningProgram(
      "chromium",
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
        "--remote-debugging-pipe", "--user-data-dir=\(folder("profile"))", "--log-net-log=\(folder("network.json"))",
        "--host-resolver-rules=MAP * ~NOTFOUND", "about:blank",
      ], descriptors: [(toBrowser.read, 3), (fromBrowser.write, 4)])
    close(toBrowser.read)
    close(fromBrowser.write)
    let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"] as? String ?? ""
    session = try call("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"] as? String ?? ""
    for domain in ["Page", "Network", "Runtime", "Log"] { _ = try call("\(domain).enable") }
  }

  deinit {
    close(commands)
    close(answers)
    if !hasEnded {
      program.kill(SIGKILL)
      waitpid(program.process, nil, 0)
    }
  }

  /// Opens a file and waits until all of it is loaded.
  ///
  /// - Parameter rest: what follows the path in the address, percent-encoded: `?q=lsass`.
  @discardableResult
  func open(_ path: String, _ rest: String = "") throws -> Visit {
    events = []
    let failure = try call("Page.navigate", ["url": URL(fileURLWithPath: path).absoluteString + rest])["errorText"]
    if let failure { throw Failure(message: "\(path): \(failure)") }
    while !events.contains(where: { $0["method"] as? String == "Page.loadEventFired" }) { try receive() }
    let answer = try call("Runtime.evaluate", ["expression": Browser.questions, "returnByValue": true])
    let text = (answer["result"] as? Message)?["value"] as? String ?? ""
    var visit = try JSONDecoder().decode(Visit.self, from: Data(text.utf8))
    visit.add(events)
    return visit
  }

  /// What was asked for, said and thrown since the page was opened.
  func happened() throws -> Visit {
    // Whatever came before the answer is in by then.
    _ = try evaluate("new Promise(requestAnimationFrame)")
    var visit = Visit()
    visit.add(events)
    return visit
  }

  /// Runs a script in the page, past the page's policy.
  func inject(_ script: String) throws {
    let answer = try call("Runtime.evaluate", ["expression": script])
    if let fault = answer["exceptionDetails"] { throw Failure(message: "\(fault)") }
  }

  /// Makes the window as wide as a phone or a desk shows it, in CSS pixels.
  func resize(width: Int, height: Int = 900) throws {
    _ = try call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600])
  }

  enum Scheme: String, CaseIterable { case light, dark }

  /// Shows pages as on a screen, or as on paper, for a reader who prefers a scheme.
  func show(_ scheme: Scheme, onPaper: Bool = false) throws {
    _ = try call(
      "Emulation.setEmulatedMedia",
      [
        "media": onPaper ? "print" : "",
        "features": [["name": "prefers-color-scheme", "value": scheme.rawValue]],
      ])
  }

  /// The value of an expression in the page, as text; a promise's once it is kept.
  func evaluate(_ expression: String) throws -> String {
    let answer = try call(
      "Runtime.evaluate",
      ["expression": "(async () => String(await (\(expression))))()", "returnByValue": true, "awaitPromise": true])
    if let fault = answer["exceptionDetails"] { throw Failure(message: "\(expression): \(fault)") }
    return (answer["result"] as? Message)?["value"] as? String ?? ""
  }

  /// Waits until an expression is true in the page, or in the one that is on its way.
  func wait(for expression: String) throws {
    let end = ContinuousClock.now + .seconds(20)
    while (try? evaluate(expression)) != "true" {
      if ContinuousClock.now > end { throw Failure(message: "never true: \(expression)") }
      usleep(20_000)
    }
  }

  /// Presses and releases a key, by the name that the page is told: `Enter`, `ArrowDown`, `a`.
  func press(_ key: String) throws {
    let codes = ["Tab": 9, " ": 32, "Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38]
    var parameters: Message = ["type": "keyDown", "key": key, "windowsVirtualKeyCode": codes[key] ?? 0]
    if key == "Enter" { parameters["text"] = "\r" }
    if key.count == 1 { parameters["text"] = key }
    _ = try call("Input.dispatchKeyEvent", parameters)
    parameters["type"] = "keyUp"
    parameters["text"] = nil
    _ = try call("Input.dispatchKeyEvent", parameters)
  }

  /// Ends the browser, which then completes its log.
  func end() throws {
    session = ""
    _ = try call("Browser.close")
    hasEnded = waitpid(program.process, nil, 0) == program.process
  }

  /// What the page is like after an HTML parser and all scripts have done their work.
  private static let questions = """
    (() => {
      const all = [...document.querySelectorAll('*')], once = list => [...new Set(list)].sort();
      return JSON.stringify({
        title: document.title,
        scripts: [...document.scripts].map(script => script.getAttribute('src') ?? script.text),
        handlers: once(all.flatMap(element => element.getAttributeNames()).filter(name => name.startsWith('on'))),
        odd: once(all.map(element => element.localName).filter(name => /^(base|embed|iframe|frame|object|portal)$/.test(name))),
        schemes: once([...document.links].map(link => link.protocol)),
      });
    })()
    """

  // MARK: Protocol

  private func call(_ method: String, _ parameters: Message = [:]) throws -> Message {
    let own = try send(method, parameters)
    while true {
      let message = try receive()
      guard message["id"] as? Int == own else { continue }
      guard let result = message["result"] as? Message else { throw Failure(message: "\(method): \(message)") }
      return result
    }
  }

  private func send(_ method: String, _ parameters: Message) throws -> Int {
    number += 1
    var message: Message = ["id": number, "method": method, "params": parameters]
    if !session.isEmpty { message["sessionId"] = session }
    let bytes = try [UInt8](JSONSerialization.data(withJSONObject: message)) + [0]
    guard write(commands, bytes, bytes.count) == bytes.count else { throw Failure(message: "the browser is gone") }
    return number
  }

  /// The next message; an event is kept, and a dialog that would stop the page is dismissed.
  @discardableResult
  private func receive() throws -> Message {
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = try JSONSerialization.jsonObject(with: Data(received[..<end])) as? Message ?? [:]
        received.removeSubrange(...end)
        if message["method"] != nil { events.append(message) }
        if message["method"] as? String == "Page.javascriptDialogOpening" {
          _ = try send("Page.handleJavaScriptDialog", ["accept": false])
        }
        return message
      }
      var ready = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
      // Beside all other tests, a checker of a long page may take half a minute.
      guard poll(&ready, 1, 120_000) > 0 else { throw Failure(message: "the browser says nothing for 120 s") }
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(answers, &chunk, chunk.count)
      guard count > 0 else { throw Failure(message: "the browser is gone") }
      received += chunk[..<count]
    }
  }

  /// A pipe that no other program inherits, with numbers that are none of those that the browser expects.
  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw Failure(message: "no pipe can be made") }
    defer { for end in ends { close(end) } }
    return (fcntl(ends[0], F_DUPFD_CLOEXEC, 10), fcntl(ends[1], F_DUPFD_CLOEXEC, 10))
  }
}
