import Foundation
import TestSupport
import Testing

/// What the Nu HTML checker finds in the pages.
///
/// - SeeAlso: https://validator.github.io/validator/
@Suite(.enabled(if: Checkers.hasVnu, "the Nu HTML checker or Java is missing; 'make setup-tests' fetches them"))
struct MarkupTests {
  private struct Report: Decodable {
    struct Message: Decodable {
      var type, message: String
      var url: String?
      var lastLine: Int?
    }
    var messages: [Message]
  }

  private func errors(in folder: String) throws -> [String] {
    let check = try run(
      "java",
      [
        "-jar", Checkers.vnu, "--format", "json", "--errors-only", "--skip-non-html", "--exit-zero-always", "--stdout",
        folder,
      ], limit: .seconds(300))
    return try JSONDecoder().decode(Report.self, from: Data(check.output.utf8)).messages.map {
      "\($0.url ?? "")(\($0.lastLine ?? 0)): \($0.type): \($0.message)"
    }
  }

  @Test func isThatOfHTML() throws {
    let folder = TemporaryFolder()
    let build = try ruledex("build", "--config", projectFolder + "/catalog/ruledex.yml", "-o", folder("site"))
    try #require(build.code == 0, "\(build.errors)")
    #expect(try errors(in: folder("site")) == [])
  }

  /// Or else the test above would say nothing.
  @Test func wouldBeNoticed() throws {
    let folder = TemporaryFolder()
    folder.write(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><title>A</title></head>\n<body><ul><p>a</p></ul></body></html>\n",
      to: "a.html")
    let errors = try errors(in: folder.path)
    #expect(errors.count == 1 && errors[0].contains("(3): error: Element “p” not allowed as child of element “ul”"))
  }
}
