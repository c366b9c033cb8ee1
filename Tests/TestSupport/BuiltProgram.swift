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

/// The project's root.
public let projectFolder = parent(of: parent(of: parent(of: #filePath)))

private func parent(of path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }
