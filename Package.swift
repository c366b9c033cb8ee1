// swift-tools-version: 6.1
import PackageDescription

// The modules, from the top down: an arrow points down only, and CONTRIBUTING.md says what each may know.
let package = Package(
  name: "ruledex",
  products: [.executable(name: "ruledex", targets: ["ruledex"])],
  dependencies: [
    // Options, help, completions and errors as everybody knows them.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // The server of `ruledex serve`: HTTP/1.1 with limits on lines, headers and connections, without the whole of Foundation.
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    // Runs Git for `ruledex diff`; without the parts that need Foundation.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .executableTarget(name: "ruledex", dependencies: ["Commands"]),
    .target(
      name: "Commands",
      dependencies: [
        "Site", "Reports", "Preview", "Checks", "Search", "Analysis", "Reading", "DialectReading", "Attack",
        "Telemetry",
        "Events",
        "Templates", "Documents",
        "Text",
        "RuleModel", "Diagnostics", "Files", "CEmbedded",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      exclude: ["Setup/github.yml", "Setup/gitlab.yml", "Setup/packages", "Setup/ruledex.yml", "Setup/telemetry.yml"]),
    .target(
      name: "Site",
      dependencies: [
        "Checks", "Search", "Analysis", "Attack", "Events", "Templates", "DialectReading", "QueryLanguages", "XML",
        "Text", "RuleModel", "Diagnostics", "Files", "CNettle",
      ]),
    .target(
      name: "Reports",
      dependencies: ["Checks", "Analysis", "Attack", "Documents", "XML", "RuleModel", "Diagnostics", "Text"],
      exclude: ["catalog.rng", "catalog.schema.json"]),
    .target(
      name: "Preview",
      dependencies: [
        "XML", "Files", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      exclude: ["missing.html", "reload.css", "reload.js"]),
    .target(
      name: "Checks",
      dependencies: [
        "Templates", "Analysis", "Reading", "Sigma", "Elastic", "Sentinel", "Splunk", "Panther", "YARAL", "Telemetry",
        "QueryLanguages",
        "Events",
        "Attack", "Markdown", "Matching", "RuleModel", "Documents", "Diagnostics", "Text",
      ]),
    .target(name: "Templates", dependencies: ["XML", "Diagnostics"]),
    .target(name: "Search", dependencies: ["Analysis", "Attack", "Events", "RuleModel", "Text"]),
    .target(
      name: "Analysis", dependencies: ["Attack", "Telemetry", "Events", "Matching", "Text", "RuleModel", "Diagnostics"]),
    .target(
      name: "Reading",
      dependencies: [
        "Sigma", "Elastic", "Sentinel", "Splunk", "Panther", "YARAL", "DialectReading", "Documents", "Markdown", "XML",
        "Text",
        "RuleModel",
        "Diagnostics",
        "Files",
      ]),
    .target(
      name: "Sigma",
      dependencies: [
        "DialectReading", "QueryLanguages", "Documents", "RegularExpressions", "RuleModel", "Diagnostics", "Text",
      ],
      path: "Sources/Dialects/Sigma"),
    .target(
      name: "Elastic",
      dependencies: ["DialectReading", "QueryLanguages", "Documents", "RuleModel", "Diagnostics", "Text"],
      path: "Sources/Dialects/Elastic"),
    .target(
      name: "Sentinel",
      dependencies: ["DialectReading", "QueryLanguages", "Documents", "RuleModel", "Diagnostics", "Text"],
      path: "Sources/Dialects/Sentinel"),
    .target(
      name: "Splunk",
      dependencies: ["DialectReading", "QueryLanguages", "Documents", "RuleModel", "Diagnostics", "Text"],
      path: "Sources/Dialects/Splunk"),
    .target(
      name: "YARAL",
      dependencies: ["DialectReading", "QueryLanguages", "Documents", "Markdown", "RuleModel", "Diagnostics", "Text"],
      path: "Sources/Dialects/YARAL"),
    .target(
      name: "Panther",
      dependencies: ["DialectReading", "QueryLanguages", "Documents", "RuleModel", "Diagnostics", "Text"],
      path: "Sources/Dialects/Panther"),
    .target(
      name: "DialectReading",
      dependencies: ["QueryLanguages", "Documents", "Markdown", "RuleModel", "Diagnostics", "Text"],
      path: "Sources/Dialects/DialectReading"),
    .target(
      name: "Telemetry",
      dependencies: ["QueryLanguages", "Events", "Matching", "XML", "Documents", "RuleModel", "Diagnostics", "Text"]),
    .target(name: "QueryLanguages", dependencies: ["RuleModel", "Diagnostics", "Text"]),
    .target(name: "Events", dependencies: ["Matching", "Documents", "XML", "RuleModel", "Diagnostics", "Text"]),
    .target(name: "Attack", dependencies: ["Documents", "RuleModel", "Diagnostics", "Text", "CZlib"]),
    .target(name: "Markdown", dependencies: ["RuleModel", "Diagnostics", "CCMark"]),
    .target(name: "Matching", dependencies: ["RuleModel", "Text"]),
    .target(name: "RuleModel", dependencies: ["Diagnostics", "Text"]),
    .target(name: "Documents", dependencies: ["Diagnostics", "CLibYAML", "CTOML"]),
    .target(name: "RegularExpressions", dependencies: ["CPCRE2"]),
    .target(name: "XML", dependencies: ["Diagnostics", "CLibXML2"]),
    .target(name: "Diagnostics", dependencies: ["Text"]),
    .target(name: "Files", dependencies: ["Text", "CFiles"]),
    .target(name: "Text"),

    // Carries templates/ and catalog/knowledge/ in the binary, which needs no folder beside it.
    .target(name: "CEmbedded", exclude: ["generate"]),
    // toml++ (libtomlplusplus-dev) is C++, and a library of headers: this gives it a C one.
    .target(name: "CTOML"),
    // What Files needs of Linux and Swift's Glibc doesn't show, such as two names that change places in one step.
    .target(name: "CFiles"),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    // Says whether a rule's regular expression compiles: Sigma names PCRE as their flavour, and a judge of our own would err.
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(
      name: "CCMark", pkgConfig: "libcmark-gfm", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    // SHA-256 for the content security policy of a page that carries its style sheet, and base64.
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    // MITRE's bundle comes compressed; libxml2 no longer promises to unpack what it reads.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    .target(name: "TestSupport", dependencies: ["Diagnostics", "RuleModel", "CEmbedded"], path: "Tests/TestSupport"),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"]),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(
      name: "ChecksTests",
      dependencies: [
        "Checks", "Analysis", "Reading", "Attack", "Events", "RuleModel", "Diagnostics", "TestSupport",
      ]),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "TestSupport"]),
    .testTarget(name: "MarkdownTests", dependencies: ["Markdown", "RuleModel"]),
    .testTarget(name: "RegularExpressionsTests", dependencies: ["RegularExpressions"]),
    .testTarget(
      name: "QueryLanguagesTests", dependencies: ["QueryLanguages", "RuleModel", "Diagnostics", "TestSupport"]),
    .testTarget(name: "RuleModelTests", dependencies: ["RuleModel"]),
    .testTarget(name: "MatchingTests", dependencies: ["Matching", "RuleModel", "Text"]),
    .testTarget(name: "XMLTests", dependencies: ["XML", "TestSupport"]),
    .testTarget(name: "TemplatesTests", dependencies: ["Templates", "XML", "TestSupport"]),
    .testTarget(name: "AttackTests", dependencies: ["Attack", "CEmbedded", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(name: "EventsTests", dependencies: ["Events", "TestSupport"]),
    .testTarget(name: "TelemetryTests", dependencies: ["Telemetry", "TestSupport"]),
    .testTarget(
      name: "DialectReadingTests",
      dependencies: [
        "Commands", "Site", "Reading", "Search", "Analysis", "DialectReading", "Documents", "RuleModel", "Diagnostics",
        "TestSupport",
      ]),
    .testTarget(name: "SigmaTests", dependencies: ["Sigma", "TestSupport"]),
    .testTarget(
      name: "SentinelTests",
      dependencies: [
        "Sentinel", "DialectReading", "QueryLanguages", "Documents", "RuleModel", "Diagnostics", "TestSupport",
      ]),
    .testTarget(
      name: "SplunkTests",
      dependencies: [
        "Splunk", "DialectReading", "QueryLanguages", "Documents", "RuleModel", "Diagnostics", "TestSupport",
      ]),
    .testTarget(
      name: "YARALTests",
      dependencies: [
        "YARAL", "DialectReading", "QueryLanguages", "Documents", "RuleModel", "Diagnostics", "TestSupport",
      ]),
    .testTarget(
      name: "PantherTests",
      dependencies: [
        "Panther", "DialectReading", "QueryLanguages", "Documents", "RuleModel", "Diagnostics", "TestSupport",
      ]),
    .testTarget(
      name: "ElasticTests",
      dependencies: [
        "Elastic", "DialectReading", "QueryLanguages", "Documents", "RuleModel", "Diagnostics", "TestSupport",
      ]),
    .testTarget(name: "ReadingTests", dependencies: ["Reading", "TestSupport"]),
    .testTarget(
      name: "AnalysisTests", dependencies: ["Analysis", "Telemetry", "Sigma", "TestSupport"]),
    .testTarget(name: "SearchTests", dependencies: ["Search", "TestSupport"]),
    .testTarget(
      name: "SiteTests",
      dependencies: ["Site", "DialectReading", "QueryLanguages", "CEmbedded", "XML", "TestSupport"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Reports", "Checks", "Sigma", "Documents", "Analysis", "Attack", "Events", "XML", "RuleModel", "Diagnostics",
        "CEmbedded", "TestSupport",
      ]),
    .testTarget(
      name: "CommandTests", dependencies: ["Commands", "Site", "Checks", "Diagnostics", "XML", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "PreviewTests",
      dependencies: ["Preview", "TestSupport", .product(name: "NIOCore", package: "swift-nio")]),
    .testTarget(name: "TextTests", dependencies: ["Text"]),
    .testTarget(name: "BrowserTests", dependencies: ["TestSupport"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// Readers fed with bytes that nobody wrote: `make fuzz`. It links only with the fuzzer's own library, and so is no part of other builds.
if Context.environment["RULEDEX_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzzing",
      dependencies: [
        "Sigma", "Elastic", "Sentinel", "Splunk", "Panther", "YARAL", "DialectReading", "Telemetry", "QueryLanguages",
        "Events", "Attack", "Templates", "Markdown", "Search", "Documents", "RuleModel", "Diagnostics", "TestSupport",
      ], path: "Tests/Fuzzing"))
}

// Imports say how far they reach: what a module shows of another is written `package import`.
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
  target.swiftSettings = [.enableUpcomingFeature("InternalImportsByDefault")]
}

// The tests run the program thousands of times. What it reads at each start, ATT&CK and the event maps, takes a second where this
// isn't optimised, and most of the time of all tests.
for target in package.targets where ["Documents", "Text", "Attack", "Events"].contains(target.name) {
  target.swiftSettings?.append(.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug)))
}
