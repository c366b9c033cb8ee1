import Foundation
import Testing
import XML

@testable import Reports

@Suite struct BadgeTests {
  private func root(of badge: Badge) throws -> XMLElement {
    try XMLDocument(parsing: badge.svg, path: "badge.svg").root()
  }

  @Test func saysItsFigureInTextAndToWhoDoesNotSeeIt() throws {
    let badge = Badge(label: "ATT&CK coverage", value: "43.1 %", title: "300 of 697 techniques run", tone: .medium)
    let root = try root(of: badge)
    #expect(root.name == "svg" && root.namespace == "http://www.w3.org/2000/svg")
    #expect(root.value(of: "role") == "img")
    #expect(root.value(of: "aria-label") == "ATT&CK coverage: 43.1 %")
    #expect(root.elements.map(\.name) == ["title", "path", "path", "text", "text"])
    #expect(root.elements.map(\.text) == ["300 of 697 techniques run", "", "", "ATT&CK coverage", "43.1 %"])
    // Nothing that asks another file for something.
    #expect(!String(decoding: badge.svg, as: UTF8.self).contains(/href|url\(|@import|<style|<script/))
  }

  @Test(arguments: [
    ("</text><script>alert(1)</script>", "</text><script>alert(1)</script>"), ("a\" onload=\"b", "a\" onload=\"b"),
    ("a\n\tb\u{0}c", "a b c"), ("\u{202E}txt", "[U+202E]txt"), ("", ""),
    (String(repeating: "x", count: 500), String(repeating: "x", count: 59) + "…"),
  ])
  func keepsHostileTextAsTextInOneLine(label: String, shown: String) throws {
    let root = try root(of: Badge(label: label, value: "1", title: label, tone: .plain))
    #expect(root.elements.map(\.name) == ["title", "path", "path", "text", "text"])
    #expect(root.elements[3].text == shown)
    #expect(root.value(of: "aria-label") == "\(shown): 1")
    #expect(
      Set(root.attributes.map(\.name)) == [
        "width", "height", "viewBox", "role", "aria-label", "font-family", "font-size",
      ])
  }

  /// The two halves meet, and each text stays within its own.
  @Test(arguments: ["i", "W", "ATT&CK coverage", "Abdeckung", "検知"])
  func givesEachTextItsRoom(label: String) throws {
    let root = try root(of: Badge(label: label, value: "100.0 %", title: "", tone: .high))
    let width = try #require(Int(root.value(of: "width") ?? ""))
    let texts = root.elements.filter { $0.name == "text" }.map { element in
      (Int(element.value(of: "x") ?? "") ?? -1, Int(element.value(of: "textLength") ?? "") ?? -1)
    }
    #expect(texts[0].0 == 6)
    #expect(texts[1].0 == 6 + texts[0].1 + 12)
    #expect(texts[1].0 + texts[1].1 + 6 == width)
  }

  @Test(arguments: [
    (0, 0, Badge.Tone.low), (0, 697, .low), (24, 100, .low), (25, 100, .medium), (49, 100, .medium), (50, 100, .good),
    (74, 100, .good), (75, 100, .high), (100, 100, .high),
  ])
  func isColouredByQuarters(part: Int, whole: Int, tone: Badge.Tone) {
    #expect(Badge.Tone(part: part, of: whole) == tone)
  }

  /// WCAG 2.2, 1.4.3: white on the colour, by the definitions of contrast and of relative luminance.
  @Test(arguments: Badge.Tone.allCases.map(\.rawValue) + [Badge.labelColour])
  func hasTextThatStandsOut(colour: String) throws {
    let number = try #require(Int(colour.dropFirst(), radix: 16))
    let parts = [number >> 16, number >> 8 & 0xFF, number & 0xFF].map { part in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    let luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    #expect(1.05 / (luminance + 0.05) >= 4.5)
  }
}
