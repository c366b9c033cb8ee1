import Diagnostics
import RuleModel
import Testing

@testable import QueryLanguages

/// Whatever a query's text is, a reading of it ends and hangs together.
@Suite(.timeLimit(.minutes(15))) struct AnyQueryTests {
  /// Of each language, what a mistake may be made in.
  private static let samples: [QueryLanguage: [String]] = [
    .eql: [
      "sequence by host.id with maxspan=1m [process where a == \"x\" and not b : (\"y*\", \"z\")] by c ![file where true] until [any where d in (1, 2)]",
      "process where startsWith~(a, \"x\") or ?b.`c` regex~ \"\"\"y.*\"\"\" | head 5 // why",
    ],
    .kql: [
      #"a:(b or "c d" and not e*) and f:{ g >= 5 or h:\*i } and not *:j"#,
      "a: access denied or b:* AND @timestamp < now-1d",
    ],
    .lucene: [#"+a:(b -c* "d e"~2) AND NOT f:[1 TO 5} || g:/x.*/ ^2 _exists_:h \: !i"#],
    .esql: [
      "FROM logs-*, (FROM b | WHERE c == 1) METADATA _id | WHERE a LIKE \"x*\" AND KQL(\"b:(c or d)\") OR NOT e IN (1, 2) // why",
      "FROM a | STATS c = COUNT(*) WHERE x IS NULL, d = MAX(y) BY z | FORK (WHERE c > 5m) (EVAL e = CASE(f::int == 1, \"a\", \"\"\"b\"\"\"))",
      "FROM a | DISSECT m \"%{x} %{+y/1}\" | GROK m \"%{IP:z}\" | RENAME x AS `y z` | WHERE x IN (FROM b | KEEP x)",
    ],
    .kusto: [
      "let a = dynamic([\"x\", 'y']); let f = (t: string) { T | where b has_any (a) and c !in~ (t) }; f(\"z\") | join kind=leftanti (U | where d == 1) on $left.e == $right.g",
      "union T, (U | extend h = tolower(i)) | where ago(1d) < TimeGenerated and j matches regex @\"k\\d\" | summarize count() by bin(l, 5m) // why",
    ],
    .sql: [
      "SELECT p.name, COUNT(*) FROM processes AS p JOIN users u USING (uid) WHERE p.path LIKE '%x_' AND NOT p.[a b] IN ('y', 'it''s') OR c BETWEEN 1 AND 5 -- why"
    ],
    .python: [
      "def rule(event):\n  if event.get( 'a' , default = False ) in { 'x' , \"y\" } and not event.deep_get( 'b' , 'c' ).startswith( ( 'z' , 'w' ) ):\n    return True\n  return any( v == 1 for v in event.get( 'd' , [] ) ) # why",
      "import re\nA = [ 'x' ]\ndef rule(event):\n  for a in A:\n    if ( b := event[ 'b' ] ) and re.search( r'c\\d' , b ): return b != f\"{a}z\"\n  return 1 if event.udm( 'e' ) else lambda f: g( f )",
    ],
    .pantherFlow: ["panther_logs.public.a | where b == 'c' and d > time.ago( 1d ) | summarize e = agg.count() by f"],
    .spl: [
      "search index=a ( b=\"c*\" OR NOT d IN ( \"e\" , f ) ) TERM( g ) | eval h = if( i > 1 , \"j\" , lower( k ) ) | where like( h , \"l%\" ) OR match( m , \"n\\d\" ) ```why``` | stats count as o by p | where o >= 5",
      "| tstats summariesonly=t count from datamodel=A.B where B.c=\"d\" by B.e | rename B.* as * | join e [ search f=g | fields e ] | `h( i , \"j\" )` | rex field=k \"(?<l>m)\" | transaction n maxspan=5m",
    ],
    .yaral: [
      "rule r { meta: a = \"x\" events: $e.b = \"y\" nocase and not ( $e.c = /z\\/w/ or re.regex($e.d, `v`) ) $e.f[\"g h\"] in regex %l $e.i = $p match: $p over 5m outcome: $o = if ( $e.j > 1 , 2 ) condition: #e > 3 and $o >= 2 }",
      "rule r { events: $a.b = $c $d.b = $c any $d.e != 1 condition: $a and !$d and 2 of [ $a , #c > 1 ] // why\n}",
    ],
  ]

  @Test(arguments: QueryLanguage.allCases) func mistakesOfAllKinds(language: QueryLanguage) throws {
    let samples = try #require(AnyQueryTests.samples[language])
    var chance = Chance()
    let pieces =
      samples.flatMap { $0.split(separator: " ").map(String.init) } + [
        "(", ")", "[", "{", "\"", "'", "/*", "\\", "|", "é", "\u{0}",
      ]
    for _ in 0..<400 {
      var bytes = Array(samples[chance.next(samples.count)].utf8)
      for _ in 0...chance.next(4) {
        let place = chance.next(bytes.count + 1)
        switch chance.next(3) {
        case 0: bytes.removeSubrange(place..<min(bytes.count, place + 1 + chance.next(12)))
        case 1: bytes.insert(contentsOf: pieces[chance.next(pieces.count)].utf8, at: place)
        default:
          bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + chance.next(40))], at: chance.next(place + 1))
        }
      }
      hangsTogether(bytes, language)
    }
    for _ in 0..<200 {
      hangsTogether(
        Array((0..<chance.next(25)).map { _ in pieces[chance.next(pieces.count)] }.joined(separator: " ").utf8),
        language)
    }
  }

  @Test func whatIsNoTextIsReadToo() {
    for language in QueryLanguage.allCases {
      hangsTogether([0xFF, 0x28, 0xC3, 0x22, 0xF0, 0x9F, 0x20, 0x3A, 0xFF], language)
    }
  }

  private func hangsTogether(_ bytes: [UInt8], _ language: QueryLanguage) {
    let text = String(decoding: bytes, as: UTF8.self)
    var isInText = true
    let reading = language.read(bytes) { offset in
      isInText = isInText && offset >= 0 && offset <= bytes.count
      return SourcePosition(line: 1, column: offset + 1)
    }
    #expect(isInText, "\(language): \(text)")
    for stage in reading.stages {
      stage.predicate.forEachLeaf { leaf, _ in
        if case .stage(let index) = leaf { #expect(reading.stages.indices.contains(index), "\(language): \(text)") }
      }
    }
    reading.stages.forEachLeaf { _, _ in }
    #expect(reading.faults.map(\.position).sorted() == reading.faults.map(\.position), "\(language): \(text)")
    let coloured = colouredLines(of: text, language.grammar).joined().map(\.text).joined()
    #expect(coloured.utf8.elementsEqual(text.utf8), "\(language): \(text)")
  }
}

/// Numbers in an order that nobody chose; the same in each run.
private struct Chance {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func next(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(count))
  }
}
