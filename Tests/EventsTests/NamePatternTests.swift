import Events
import Testing

@Suite struct NamePatternTests {
  @Test(arguments: [
    ("CreateUser", "CreateUser", ""),
    ("CreateUser", "createuser", ""),
    ("CreateUser", "CreateUsers", nil),
    ("7000-7045", "7000", ""),
    ("7000-7045", "7045", ""),
    ("7000-7045", "7046", nil),
    ("7000-7045", "7000-7045", nil),
    ("New-InboxRule", "New-InboxRule", ""),
    ("io.k8s.*", "io.k8s.core.v1.pods.create", ""),
    ("io.k8s.*", "io.k8", nil),
    ("*.serviceAccounts.*", "google.iam.admin.v1.serviceaccounts.create", ""),
    ("{label}.*", "user.session.start", "user"),
    ("{label}.*", "user", nil),
    ("{label}.*", ".start", nil),
    ("{label}", "Exchange", "exchange"),
    ("MICROSOFT.{service}/*", "Microsoft.KeyVault/vaults/delete", "keyvault"),
    ("v*.{service}.*", "v1beta2.compute.instances.insert", "compute"),
    ("google.cloud.{service}.*", "google.cloud.pubsub.v1.Publisher.DeleteTopic", "pubsub"),
    ("a{x}b", "a1b2b", "1b2"),
    ("*{x}", "abc", "abc"),
  ])
  func findsAName(pattern: String, name: String, captured: String?) throws {
    #expect(try #require(NamePattern(pattern)).match(name) == captured)
  }

  // What holds for all names of a rule's pattern, as its star is no text that a literal or a word could match.
  @Test(arguments: [
    ("io.k8s.*", "io.k8s.core.*", ""),
    ("io.k8s.*", "io.*", nil),
    ("*.serviceAccounts.*", "*.serviceAccounts.create", ""),
    ("{label}.*", "user.*", "user"),
    ("{label}.*", "user*", nil),
    ("{label}.*", "*.delete", nil),
    ("CreateUser", "Create*", nil),
  ])
  func findsARulesPatternOnlyWhereAllItsNamesMatch(pattern: String, name: String, captured: String?) throws {
    #expect(try #require(NamePattern(pattern)).match(name) == captured)
  }

  @Test(arguments: ["{a}.{b}", "{a", "{}"])
  func refusesSeveralWordsAndOpenBraces(pattern: String) {
    #expect(NamePattern(pattern) == nil)
  }

  @Test func takesBracesInARulesOwnPatternAsTheyAre() {
    #expect(NamePattern(glob: "{*}").matches("{a}"))
    #expect(!NamePattern(glob: "{*}").matches("a"))
  }

  /// Each star tried against each place would take more steps than there are atoms.
  @Test(.timeLimit(.minutes(15))) func matchesManyStarsInBoundedTime() throws {
    let stars = String(repeating: "*x", count: 60)
    let name = String(repeating: "x", count: 120)
    #expect(try #require(NamePattern(stars + "y")).match(name) == nil)
    #expect(try #require(NamePattern(stars)).match(name) == "")
    #expect(try #require(NamePattern("*{word}" + stars)).match(name) == "x")
    #expect(!NamePattern(glob: stars + "y").matches(name))
  }

  @Test func takesNoPatternOfMoreThan256Parts() {
    #expect(NamePattern(String(repeating: "*x", count: 128)) != nil)
    #expect(NamePattern(String(repeating: "*x", count: 129)) == nil)
  }
}
