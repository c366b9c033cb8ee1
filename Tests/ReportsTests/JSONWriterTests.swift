import Foundation
import Reports
import Testing

@Suite struct JSONWriterTests {
  private func text(_ body: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    body(&json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test func writesValuesOfEachKindInTheOrderGiven() {
    let text = text { json in
      json.object { json in
        json.string("text", "a")
        json.number("number", -12)
        json.bool("yes", true)
        json.bool("no", false)
        json.optionalString("left out", nil)
        json.optionalString("there", "b")
        json.strings("list", ["c", "d"])
      }
    }
    #expect(text == #"{"text":"a","number":-12,"yes":true,"no":false,"there":"b","list":["c","d"]}"#)
  }

  @Test func nestsObjectsAndArrays() {
    let text = text { json in
      json.object { json in
        json.object("a") { json in json.array("b") { json in json.array { _ in } } }
        json.array("c") { json in
          json.object { json in json.number("d", 1) }
          json.object { _ in }
          json.number(nil, 2)
          json.bool(nil, true)
          json.string("e")
        }
        json.string("f", "g")
      }
    }
    #expect(text == #"{"a":{"b":[[]]},"c":[{"d":1},{},2,true,"e"],"f":"g"}"#)
  }

  @Test func writesWhatIsEmpty() {
    #expect(text { $0.object { _ in } } == "{}")
    #expect(text { $0.array { _ in } } == "[]")
    #expect(text { $0.object { json in json.strings("a", []) } } == #"{"a":[]}"#)
    #expect(text { $0.array { json in json.string("") } } == #"[""]"#)
  }

  /// A comma stands between members only, wherever the lines break.
  @Test func startsALineForEachMemberAndEndsTheLast() {
    let text = text { json in
      json.object { json in
        json.number("a", 1)
        json.newLine()
        json.array("b") { json in
          for number in 1...2 {
            json.newLine()
            json.number(nil, number)
          }
        }
        json.newLine()
        json.array("c") { _ in }
      }
      json.newLine()
    }
    #expect(text == "{\"a\":1,\n\"b\":[\n1,\n2],\n\"c\":[]}\n")
  }

  @Test(arguments: [
    ("plain ~ /", #""plain ~ /""#), ("\"", #""\"""#), ("\\", #""\\""#), ("\n\r\t", #""\n\r\t""#),
    ("a\u{0}b", "\"a\u{FFFD}b\""), ("\u{1}\u{8}\u{B}\u{C}\u{1F}", "\"\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\""),
    ("\u{FFFE}\u{FFFF}", "\"\u{FFFD}\u{FFFD}\""), ("\u{7F}", "\"\u{7F}\""), ("\u{85}\u{2028}", "\"\u{85}\u{2028}\""),
    ("é", "\"é\""), ("e\u{301}", "\"e\u{301}\""), ("日本😀", "\"日本😀\""), ("\r\n", #""\r\n""#),
    ("\u{202E}", "\"\u{202E}\""), ("\u{1FFFE}", "\"\u{1FFFE}\""),
  ])
  func escapes(value: String, expected: String) {
    let written = text { $0.array { json in json.string(value) } }
    #expect(Array(written.utf8) == Array("[\(expected)]".utf8))
    let key = text { $0.object { json in json.number(value, 1) } }
    #expect(Array(key.utf8) == Array("{\(expected):1}".utf8))
  }

  /// Every character of the first plane, and what another program reads of it.
  @Test func isReadBackByOthers() throws {
    let scalars = (0...0xFFFF).compactMap(Unicode.Scalar.init)
    let json = text { json in
      json.array { json in for scalar in scalars { json.string("a\(scalar)") } }
      json.newLine()
    }
    let read = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String])
    let expected = scalars.map { scalar in
      let isForbidden = (scalar.value < 0x20 && ![9, 10, 13].contains(scalar.value)) || scalar.value >= 0xFFFE
      return "a\(isForbidden ? "\u{FFFD}" : scalar)"
    }
    #expect(zip(read, expected).allSatisfy { $0.utf8.elementsEqual($1.utf8) } && read.count == expected.count)
  }
}
