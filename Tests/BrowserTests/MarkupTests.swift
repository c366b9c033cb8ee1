import TestSupport
import Testing

/// What the Nu HTML checker finds in the pages.
///
/// - SeeAlso: https://validator.github.io/validator/
@Suite(.enabled(if: Checkers.hasVnu, "the Nu HTML checker or Java is missing; 'make setup-tests' fetches them"))
struct MarkupTests {
  @Test func isThatOfHTML() throws {
    let folder = TemporaryFolder()
    let build = try ruledex("build", "--config", projectFolder + "/catalog/ruledex.yml", "-o", folder("site"))
    try #require(build.code == 0, "\(build.errors)")
    #expect(try Checkers.markupErrors(in: [folder("site")]) == [])
  }

  /// Or else the test above would say nothing.
  @Test func wouldBeNoticed() throws {
    let folder = TemporaryFolder()
    folder.write(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><title>A</title></head>\n<body><ul><p>a</p></ul></body></html>\n",
      to: "a.html")
    let errors = try Checkers.markupErrors(in: [folder.path])
    #expect(errors.count == 1 && errors[0].contains("(3): error: Element “p” not allowed as child of element “ul”"))
  }
}
