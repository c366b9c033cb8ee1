import Glibc

/// What a program did: its exit code and what it wrote.
public struct ProgramRun: Sendable {
  /// What `exit` was given; the number of the signal, negative, where one ended it.
  public var code: Int32
  public var output: String
  public var errors: String

  /// Its standard error by lines.
  public var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
}

/// Runs a program to its end and captures what it writes. One that takes longer than the limit is killed, and so has the code -9.
///
/// - Parameters:
///   - program: a path, or a name to be looked up.
///   - folder: to work in.
///   - environment: laid over the tests' own.
public func run(
  _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
  limit: Duration = .seconds(60)
) throws -> ProgramRun {
  let files = TemporaryFolder()
  let process = try RunningProgram(
    program, arguments, in: folder, environment: environment, output: files("output"), errors: files("errors"))
  let code = process.wait(limit: limit)
  return ProgramRun(code: code, output: files.read("output") ?? "", errors: files.read("errors") ?? "")
}

/// A program that runs until it is waited for. Where it isn't, since a test fails before, it is killed.
public struct RunningProgram: ~Copyable {
  private struct CannotStart: Error {
    var program: String
    var reason: String
  }

  public let process: Int32

  /// - Parameters:
  ///   - output: a file for standard output; errors likewise.
  ///   - descriptors: those of ours that the program gets, and the numbers under which it gets them.
  public init(
    _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
    output: String = "/dev/null", errors: String = "/dev/null", descriptors: [(own: Int32, its: Int32)] = []
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    for (own, its) in descriptors { posix_spawn_file_actions_adddup2(&actions, own, its) }
    let variables = inheritedEnvironment().merging(environment) { _, new in new }.map { "\($0.key)=\($0.value)" }
    // Swift doesn't show glibc's way to start in another folder; `env` becomes the program, and so has its number.
    let words = (folder.map { ["env", "--chdir", $0] } ?? []) + [program] + arguments
    var process: pid_t = 0
    let status = withCStrings(words) { arguments in
      withCStrings(variables) { posix_spawnp(&process, words[0], &actions, nil, arguments, $0) }
    }
    guard status == 0 else { throw CannotStart(program: program, reason: String(cString: strerror(status))) }
    self.process = process
  }

  deinit {
    _ = Glibc.kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  public func kill(_ signal: Int32) { _ = Glibc.kill(process, signal) }

  /// Waits for its end, and kills it where it comes too late.
  ///
  /// - Returns: as ``ProgramRun/code``.
  public consuming func wait(limit: Duration = .seconds(60)) -> Int32 {
    let end = ContinuousClock.now + limit
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      if ContinuousClock.now > end {
        kill(SIGKILL)
        waitpid(process, &status, 0)
        break
      }
      usleep(500)
    }
    discard self
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : -signal
  }
}

private func inheritedEnvironment() -> [String: String] {
  var variables: [String: String] = [:]
  var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = environ
  while let text = entry.pointee {
    let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
    entry += 1
  }
  // Beside the program, so that no test fills its user's cache.
  variables["XDG_CACHE_HOME"] = builtProgram + "-test-cache"
  return variables
}

private func withCStrings<Result>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = texts.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
