import Testing
import XML

@Suite struct RelaxNGSchemaTests {
  private static let schema = """
    <element name="rules" xmlns="http://relaxng.org/ns/structure/1.0"
        datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
      <zeroOrMore>
        <element name="rule"><attribute name="count"><data type="nonNegativeInteger"/></attribute><text/></element>
      </zeroOrMore>
    </element>
    """

  private func errors(_ text: String) throws -> [String] {
    let schema = try RelaxNGSchema(parsing: Array(Self.schema.utf8), path: "rules.rng")
    let document = try XMLDocument(parsing: Array(text.utf8), path: "rules.xml")
    return schema.errors(in: document).map { "\($0.location): \($0.message)" }
  }

  @Test func findsNothingInAValidDocument() throws {
    #expect(try errors("<rules>\n<rule count='1'>a</rule>\n<rule count='0'/>\n</rules>") == [])
  }

  @Test func tellsTheLineOfWhatIsInvalid() throws {
    let found = try errors("<rules>\n<rule count='1'/>\n<rule count='-1'/>\n</rules>")
    #expect(found.first?.hasPrefix("rules.xml:3:1: ") == true, "\(found)")
    let extra = try errors("<rules>\n\n<role/>\n</rules>")
    #expect(extra.contains("rules.xml:3:1: did not expect element role there"), "\(extra)")
  }

  @Test func refusesASchemaThatIsNone() {
    let text = "<element xmlns='http://relaxng.org/ns/structure/1.0'>\n<what/></element>"
    #expect(throws: XMLErrors.self) { _ = try RelaxNGSchema(parsing: Array(text.utf8), path: "a.rng") }
    #expect(throws: XMLErrors.self) { _ = try RelaxNGSchema(parsing: Array("<a".utf8), path: "a.rng") }
  }
}
