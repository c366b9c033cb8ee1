import Diagnostics
import RuleModel
import Testing

@testable import QueryLanguages

/// Splunk's language, as its Search Reference documents it.
@Suite struct SPLTests: ReadsSPL {
  @Test(arguments: [
    // Terms, phrases and fields.
    ("a=x", "a eq x"), ("a = \"x y\"", "a eq x y"), ("a==x", "a eq x"), ("a!=x", "not(a eq x)"),
    ("NOT a=x", "not(a eq x)"),
    ("\"a b\"=x", "a b eq x"), ("'A.b'=x", "A.b eq x"), ("A.b{}.c=x", "A.b{}.c eq x"),
    ("failed password", "all(- keyword failed, - keyword password)"),
    ("\"failed password\"", "- keyword failed password"),
    ("*failed*", "- keyword failed"), ("fa*led", "- keyword fa*led (wildcard)"), ("*", "<*>"),
    ("a=\"\"", "a eq "), ("a=*", "a exists true"), ("NOT a=*", "not(a exists true)"),
    // Precedence: OR binds tighter than AND, written or not.
    ("a=1 OR b=2 c=3", "all(any(a eq 1, b eq 2), c eq 3)"), ("a=1 b=2 OR c=3", "all(a eq 1, any(b eq 2, c eq 3))"),
    ("a=1 AND b=2 OR c=3", "all(a eq 1, any(b eq 2, c eq 3))"),
    ("NOT a=1 OR b=2", "any(not(a eq 1), b eq 2)"), ("NOT (a=1 b=2)", "not(all(a eq 1, b eq 2))"),
    ("a=1 or b=2", "all(a eq 1, - keyword or, b eq 2)"),
    // Wildcards, in quotes and out of them.
    ("a=x*", "a starts_with x"), ("a=\"*x\"", "a ends_with x"), ("a=*x*", "a contains x"),
    ("a=\"x*y\"", "a wildcard x*y"),
    ("a=x?y", "a eq x?y"), ("a=%x%", "a eq %x%"),
    // Escapes.
    (#"a="*\\x\\*""#, #"a contains \x\"#), (#"a=*\\x\\*"#, #"a contains \x\"#), (#"a="\x""#, #"a eq \x"#),
    (#"a="x\"y""#, "a eq x\"y"), (#"a=*\"x\":1*"#, "a contains \"x\":1"), (#"a=x\ y"#, "a eq x y"),
    (#"a="*\\x\\*y""#, #"a wildcard *\x\\*y"#),
    // Lists.
    ("a IN (x, \"y*\")", "any(a eq x, a starts_with y)"), ("a in (x)", "a eq x"),
    ("NOT a IN (x, y)", "not(any(a eq x, a eq y))"),
    ("a NOT IN (x, y)", "not(any(a eq x, a eq y))"), ("a IN (,x,,y,)", "any(a eq x, a eq y)"),
    ("a IN (\"x\" \"y\")", "any(a eq x, a eq y)"),
    // Anywhere else a comma is white space.
    ("a=1, b=\"x, y\" , c=3", "all(a eq 1, b eq x, y, c eq 3)"), ("NOT (a=1, b=2)", "not(all(a eq 1, b eq 2))"),
    ("earliest=-1d, a=1", "all(<earliest=-1d>, a eq 1)"), ("a=1, OR b=2", "any(a eq 1, b eq 2)"),
    // Predicates of the language of expressions.
    ("NOT (cidrmatch(\"10.0.0.0/8\", a) OR a=\"::1\")", "not(any(a cidr 10.0.0.0/8, a eq ::1))"),
    ("match(a, \"x(y|z)\") b=2", "all(a regex x(y|z), b eq 2)"),
    ("a=1 like(b, \"x%\")", "all(a eq 1, b starts_with x)"),
    ("NOT isnull(a), isnum(b)", "all(not(a is_null ), <isnum(b)>)"), ("a=match", "a eq match"),
    ("like", "- keyword like"),
    ("_time>=relative_time(now(), \"-1h\"), a=1", "all(<_time>=relative_time(now(), \"-1h\")>, a eq 1)"),
    ("match (x y)", "all(- keyword match, all(- keyword x, - keyword y))"),
    // Relations, networks, exact terms and case.
    ("a>5 a<=9", "all(a gt 5, a lte 9)"), ("a=10.0.0.0/8", "a cidr 10.0.0.0/8"),
    ("a!=\"fe80::/10\"", "not(a cidr fe80::/10)"),
    ("a=/etc/8", "a eq /etc/8"), ("TERM(10.0.0.1)", "- keyword 10.0.0.1"), ("TERM(user=x)", "- keyword user=x"),
    ("CASE(Admin)", "- keyword Admin (cased)"), ("a=CASE(Ab*)", "a starts_with Ab (cased)"),
    ("a=TERM(x.y)", "a eq x.y"),
    // Where to look and when is no test; the spelling matters.
    ("index=main", "<index=main>"), ("sourcetype IN (a, b)", "<sourcetype IN (a, b)>"),
    ("earliest=-24h", "<earliest=-24h>"),
    ("tag=x eventtype=y source=z latest=now", "all(<tag=x>, <eventtype=y>, <source=z>, <latest=now>)"),
    ("eventType=x", "eventType eq x"), ("Source=x", "Source eq x"), ("host=x", "host eq x"),
    ("nodename=x", "nodename eq x"),
    ("_time>1", "<_time>1>"), ("a=$user$", "<a=$user$>"),
    // What a token stands for isn't known, wherever it is in a value; a single sign is itself.
    ("a=\"*$user$*\" b=1", "all(<a=\"*$user$*\">, b eq 1)"),
    ("a IN (\"$x$\", \"y\")", "any(<a $x$>, a eq y)"),
    ("\"the $form.user|s$ logged in\"", "<\"the $form.user|s$ logged in\">"),
    (#"a="*\\ADMIN$" OR a="C$*""#, #"any(a ends_with \ADMIN$, a starts_with C$)"#),
    ("a=\"$ 5 or $ 6\"", "a eq $ 5 or $ 6"),
    // Searches in searches.
    ("a=1 NOT [search index=x b=2]", "all(a eq 1, not(<[search index=x b=2]>))"),
    ("a=1 [search b=2 | fields a]", "all(a eq 1, all(<[search b=2 | fields a]>, all(b eq 2)))"),
    ("a=1 [| inputlookup x]", "all(a eq 1, all(<[| inputlookup x]>, all()))"),
  ])
  func searches(text: String, expected: String) {
    #expect(Self.logic(text) == "all(\(expected))")
    #expect(Self.logic("| tstats count from datamodel=M where \(text) by z") == "all(\(expected))")
  }

  @Test(arguments: [
    ("a=\"x\"", "a eq x"), ("a==5", "a eq 5"), ("a!=\"x\"", "not(a eq x)"), ("'a b'=\"x\"", "a b eq x"),
    ("a=\"x*\"", "a eq x*"),
    ("\"x\"=a", "a eq x"), ("a=b", "a field_ref b"), ("a!=b", "not(a field_ref b)"), ("a<b", "<a<b>"),
    ("a", "a eq true"),
    // AND binds tighter than OR.
    ("a=1 OR b=2 AND c=3", "any(a eq 1, all(b eq 2, c eq 3))"), ("a=1 and not b=2", "all(a eq 1, not(b eq 2))"),
    ("NOT (a=1 OR b=2)", "not(any(a eq 1, b eq 2))"),
    ("!match(a, \"x\") AND !isnull(b)", "all(not(a regex x), not(b is_null ))"),
    ("!(a=1 OR b=2)", "not(any(a eq 1, b eq 2))"), ("NOT !a=1", "not(not(a eq 1))"),
    // Where to look, in this spelling.
    ("sourcetype=\"x\" OR index=\"y\"", "any(<sourcetype=\"x\">, <index=\"y\">)"),
    ("source IN (\"x\", \"y\")", "<source IN (\"x\", \"y\")>"), ("Source=\"x\"", "Source eq x"),
    ("tag=\"x\" AND earliest=\"y\"", "all(tag eq x, earliest eq y)"),
    // What foreach replaces.
    ("<<FIELD>>_a=\"x\" AND b<<MATCHSTR>>=c", "all(<<FIELD>>_a eq x, b<<MATCHSTR>> field_ref c)"), ("a<b", "<a<b>"),
    ("a IN (\"x\", \"y\")", "any(a eq x, a eq y)"), ("a NOT IN (\"x\")", "not(a eq x)"),
    ("in(a, \"x\", \"y\")", "any(a eq x, a eq y)"),
    ("a LIKE \"%x%\"", "a contains x"), ("like(a, \"x%\")", "a starts_with x"),
    ("NOT like(a, \"x_y\")", "not(a wildcard x?y)"),
    (#"like(a, "%\\x\\%")"#, #"a contains \x\"#),
    (#"match(a, "^x\.\"y\\d")"#, #"a regex ^x\."y\\d"#), ("match(lower(a), \"x\")", "a regex x"),
    ("cidrmatch(\"10.0.0.0/8\", a)", "a cidr 10.0.0.0/8"),
    ("isnull(a) OR isnotnull(b)", "any(a is_null , b exists true)"), ("a=null()", "a is_null "),
    ("a!=null()", "a exists true"),
    ("searchmatch(\"x=1 y*\")", "all(x eq 1, - keyword y)"), ("lower(a)=\"x\"", "a eq x"), ("tonumber(a)>5", "a gt 5"),
    // What functions work out.
    ("len(a)>5", "<len(a)>5>"), ("mvcount(a)>1 AND b=\"x\"", "all(<mvcount(a)>1>, b eq x)"),
    ("if(a=1, 2, 3)=2", "<if(a=1, 2, 3)=2>"),
    ("_time > relative_time(now(), \"-1h\")", "<_time > relative_time(now(), \"-1h\")>"), ("a > now()", "<a > now()>"),
    (".25 > (a/b)", "<.25 > (a/b)>"), ("a>b*.95 AND c=\"x\"", "all(<a>b*.95>, c eq x)"),
    (
      "match(a, \"^$x$\") AND like(b, \"%$y$%\") AND c=\"$z$\"",
      "all(<match(a, \"^$x$\")>, <like(b, \"%$y$%\")>, <c=\"$z$\">)"
    ),
    ("'count(x)'>5", "<'count(x)'>5>"), ("true()", "<true()>"),
    ("nope(a)", "«nope(a)»"),
  ])
  func conditions(text: String, expected: String) {
    #expect(Self.logic("index=i | where \(text)") == "all(<index=i>, \(expected))")
  }

  @Test(arguments: [
    ("stats count by u | where count > 5", "<count > 5>"), ("stats dc(x) AS n by u | search n>5", "<n>5>"),
    ("stats values(x) as v | search v=\"*e*\"", "v contains e"), ("stats values(x) as v | where v=5", "<v=5>"),
    ("stats values(x) as v | search v=*", "<v=*>"),
    ("stats latest(*) as * by u | where isnotnull(x) AND u=5", "all(<isnotnull(x)>, u eq 5)"),
    ("eval a=lower(b) | search a=5", "a eq 5"), ("eval a=b.c | search a=5", "a eq 5"),
    ("eval a=b.\"c\" | search a=5", "<a=5>"),
    ("eval a=if(match(b, \"x\"), 1, 0) | where a=1", "<a=1>"),
    ("eval a=\"x\", c=a | search c=true c=\"true\"", "all(<c=true>, c eq true)"),
    ("rename a as b | search b=5", "b eq 5"), ("stats count | rename count as n | where n>5", "<n>5>"),
    ("eval P.a=1 | rename P.* as * | search a=1", "<a=1>"),
    ("eval a=1 | rex field=_raw \"(?<a>x)\" | search a=1", "a eq 1"),
    ("eval a=1 | lookup t x OUTPUT y AS a | search a=1", "a eq 1"),
    ("eval a=1 | spath output=a path=x | search a=1", "a eq 1"),
    ("apply m | rename \"IsOutlier(x)\" as o | search o=1", "<o=1>"), ("addtotals fieldname=S | where S>2", "<S>2>"),
    ("top u | where percent>5", "<percent>5>"), ("eventstats avg(x) as m | where m>x", "<m>x>"),
    ("tstats values(M.d) as d from datamodel=M by M.s M.d | rename M.* as * | where s!=d", "not(s field_ref d)"),
    ("transaction u startswith=(a=1) endswith=\"b=2\" | where duration<5", "all(a eq 1, b eq 2), <duration<5>"),
  ])
  func knowsWhatIsComputed(text: String, expected: String) {
    #expect(Self.logic("| makeresults | \(text)") == "all(\(expected))")
  }

  @Test(arguments: [
    ("regex a=\"^x\\d\"", "a regex ^x\\d"), ("regex a!=\"x\"", "not(a regex x)"), ("regex \"x|y\"", "- regex x|y"),
    ("regex _raw=\"x\\\"\"", "_raw regex x\""), ("inputlookup t where a=1 b=2", "all(a eq 1, b eq 2)"),
    ("join u [search a=1]", "all(all(a eq 1))"), ("fields a, b | sort - a | head 5", ""),
    ("map search=\"search a=$u$ b=\\\"x y\\\"\"", "all(all(all(<a=$u$>, b eq x y)))"), ("nope a=1", "«nope a=1»"),
    ("foreach a* [eval <<FIELD>>=1]", ""), ("foreach a* [eval s=mvappend(s, <<FIELD>>)] | where c=\"x\"", "c eq x"),
    ("transaction u startswith=a=1 endswith=b=\"x\"", "all(a eq 1, b eq x)"),
    ("transaction u startswith=a!=1 maxspan=5m", "not(a eq 1)"), ("transaction u endswith=x maxspan=5m", "- keyword x"),
    ("fields- _raw | sort-count | where a=\"x\"", "a eq x"), ("noop a=b | where a=\"x\"", "a eq x"),
    ("eval source=lower(x) | where source=\"y\"", "source eq y"),
    (
      "stats count AS index BY u, sourcetype | where index=5 AND sourcetype=\"x\"", "all(<index=5>, <sourcetype=\"x\">)"
    ),
    ("multisearch [search a=1] [search b=2]", "any(all(), all(a eq 1), all(b eq 2))"),
  ])
  func commands(text: String, expected: String) {
    #expect(Self.logic("| makeresults | \(text)") == "all(\(expected))")
  }

  @Test func hasAStageForEachCommand() {
    let reading = Self.read("index=a x=1 | stats count by y | append [search z=2 | dedup z] | where y=\"b|c\"")
    #expect(
      reading.stageWords == [
        "query: all(#3, #7)", "search: all(<index=a>, x eq 1)", "stats: all()", "append: any(all(#1), #4)",
        "subsearch: all(#5)",
        "search: z eq 2", "dedup: all()", "where: y eq b|c",
      ])
    #expect(
      reading.stages.map(\.text) == [
        "index=a", "index=a x=1", "stats count by y", "append [search z=2 | dedup z]", nil, "search z=2", "dedup z",
        "where y=\"b|c\"",
      ])
    #expect(reading.faultWords == [])
  }

  @Test(arguments: [
    ("index=a sourcetype=b OR sourcetype=\"c\"", ["index a", "sourceType b", "sourceType c"]),
    ("index=a NOT sourcetype=b source!=c", ["index a"]), ("index=* a=1", []),
    ("| tstats count from datamodel=Endpoint.Processes where a=1", ["dataModel Endpoint.Processes"]),
    ("| tstats count FROM datamodel=\"Web\".\"Web\" by a", ["dataModel Web.Web"]),
    ("| from datamodel:\"Risk.All_Risk\" | search a=1", ["dataModel Risk.All_Risk"]),
    ("| from datamodel Risk.All_Risk", ["dataModel Risk.All_Risk"]),
    ("| datamodel Web Web search", ["dataModel Web.Web"]),
    ("`sysmon` a=1 | lookup t a", ["macro sysmon", "lookup t"]), ("a=1 NOT [search index=b]", []),
    ("a=1 [search index=b]", ["index b"]),
    ("index=a | where searchmatch(\"[search index=b]\")", ["index a", "index b"]),
    ("index=a | where NOT searchmatch(\"index=c [search index=b]\")", ["index a"]),
    ("index=a | eval x=searchmatch(\"[search index=b]\")", ["index a"]),
    ("index=a | transaction u startswith=\"index=b x=1\"", ["index a", "index b"]),
    (
      "index=a | where sourcetype=\"b\" OR index IN (\"c\", \"d\") | where NOT index=\"e\" AND source!=\"f\" AND source=g",
      ["index a", "sourceType b", "index c", "index d"]
    ),
    ("index=a | eval index=lower(x) | where index=\"b\"", ["index a"]),
  ])
  func namesWhatItReads(text: String, expected: [String]) {
    #expect(Self.read(text).sources.map { "\($0.kind) \($0.name)" } == expected)
  }

  /// Their stages follow those of the search around them.
  @Test func readsSearchesInsideStrings() {
    let reading = Self.read(
      "index=i | where searchmatch(\"x=1 [search y=2 | where z=3]\") AND w=4 | transaction u endswith=\"v=5 [search t=6]\""
    )
    #expect(
      reading.stageWords == [
        "query: all(#1, #2, #6)", "search: <index=i>",
        "where: all(all(x eq 1, all(<[search y=2 | where z=3]>, #3)), w eq 4)",
        "subsearch: all(#4, #5)", "search: y eq 2", "where: z eq 3",
        "transaction: all(v eq 5, all(<[search t=6]>, #7))", "subsearch: all(#8)", "search: t eq 6",
      ])
    #expect(reading.faultWords == [])
  }

  /// A condition under an odd number of `not` leaves out what its searches in strings read.
  @Test(arguments: [
    ("NOT searchmatch(\"index=b x=1\")", ["index a"]),
    ("NOT (NOT searchmatch(\"index=b x=1\"))", ["index a", "index b"]),
    ("NOT y=1 AND searchmatch(\"index=b x=1\")", ["index a", "index b"]),
    (
      "searchmatch(\"index=b\") AND NOT searchmatch(\"index=c\") AND searchmatch(\"index=d\")",
      ["index a", "index b", "index d"]
    ),
    ("lower(NOT searchmatch(\"index=b x=1\"))", ["index a"]),
    ("NOT lower(NOT searchmatch(\"index=b x=1\"))", ["index a", "index b"]),
  ])
  func readsNothingWhereAConditionExcludes(text: String, expected: [String]) {
    #expect(Self.read("index=a | where \(text)").sources.map { "\($0.kind) \($0.name)" } == expected)
  }

  @Test(arguments: [
    "a=1, b=2 | where !match(c, \"x\") AND d>e*.5", "a=1 NOT (b=2, c=3) cidrmatch(\"10.0.0.0/8\", d)",
    "a=1 | foreach x* [eval <<FIELD>>_n=<<FIELD>>+1, y_<<FIELD>>=2]", "a=1 | transaction u startswith=b=1",
    "a=1 | fields- b | sort -c | multireport [stats count] [stats count]",
  ])
  func saysNothingAboutASoundSearch(text: String) { #expect(Self.read(text).faultWords == []) }

  /// Of an app's command, only the name is known.
  @Test func knowsTheCommandsOfAnApp() {
    let reading = reading("a=1 | LookItUp x=1 | nope") { query, place in
      readSPL(query, definesCommand: { $0 == "lookitup" }, place: place)
    }
    #expect(reading.logic == "all(a eq 1, «LookItUp x=1», «nope»)")
    #expect(
      reading.faultWords == [
        "7: 'LookItUp x=1' isn't understood; it is shown as text and counts as no test [query-unread]",
        "22: the command 'nope' isn't one of Splunk's own; add the commands.conf that defines it, or correct the name [query-unread]",
      ])
  }

  // MARK: SPL2

  @Test(arguments: [
    "from main where user=\"bob\" AND action=\"failed\" group by user select user, count()",
    "FROM main | stats count() by user",
    "$logins = from main where x=1; $bad = from $logins where count > 5;", "$a = search index=main",
    "from $logins where x=1",
    "from [{a: 1}] | where a=1", "SELECT user FROM main WHERE x=1", "import rex from /public/util\nfrom main",
    "export $logins as failed", "function f($a) { return $a }", "// Failed logins\nfrom main",
    "/* a */ from main where x=1",
  ])
  func saysOnceThatSPL2IsNotRead(text: String) {
    let reading = Self.read(text)
    #expect(
      reading.faultWords == [
        "1: SPL2 isn't read; the search is shown as text and counts as no test; write it in SPL [query-unread]"
      ])
    #expect(reading.stages.map(\.text) == [text] && reading.sources.isEmpty)
    #expect(reading.logic.hasPrefix("«"))
  }

  @Test(arguments: [
    ("from main", "all(all(- keyword from, - keyword main))"), ("| from datamodel:M | search a=1", "all(a eq 1)"),
    ("$user$=x", "all($user$ eq x)"), ("select a=1", "all(all(- keyword select, a eq 1))"),
    ("export a=1", "all(all(- keyword export, a eq 1))"),
    ("import function", "all(all(- keyword import, - keyword function))"),
  ])
  func readsTermsThatOnlyLookLikeSPL2(text: String, expected: String) { #expect(Self.logic(text) == expected) }
}
