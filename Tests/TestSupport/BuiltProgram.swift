import Glibc

/// Runs `ruledex` as it was built with the tests: it stands in the folder of the program that runs them.
public func ruledex(
  _ arguments: String..., in folder: String? = nil, environment: [String: String] = [:], limit: Duration = .seconds(60)
) throws -> ProgramRun {
  try run(builtProgram, arguments, in: folder, environment: environment, limit: limit)
}

public let builtProgram: String = {
  let own = realpath("/proc/self/exe", nil)
  defer { free(own) }
  return parent(of: own.map { String(cString: $0) } ?? "") + "/ruledex"
}()

extension TemporaryFolder {
  /// Writes a configuration that `ruledex` takes when it works here. Without it, most pages of a small site would be those of
  /// techniques that no rule covers.
  public func keepSitesSmall() {
    write("pages: {techniques: covered, groups: covered}\n\(quietChecks)", to: "ruledex.yml")
  }

  /// Writes a configuration that takes rules as they are which say as little about themselves as most in tests.
  public func allowBareRules() { write(quietChecks, to: "ruledex.yml") }
}

/// The line of a configuration that turns off what is found in rules that say nothing about themselves.
public let quietChecks = "checks: {\(checksOfBareRules.map { "\($0): off" }.joined(separator: ", "))}\n"

/// The project's root.
public let projectFolder = parent(of: parent(of: parent(of: #filePath)))

private func parent(of path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }
