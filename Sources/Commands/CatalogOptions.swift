import ArgumentParser
import Files

/// The options of every command that reads rules from given paths.
struct CatalogOptions: ParsableArguments {
  @Argument(help: "Folders and files of rules.")
  var paths: [String] = []

  @OptionGroup var reading: ReadingOptions

  var threads: Int { reading.threads }
}

/// Options for reading rules, whatever their paths.
struct ReadingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The configuration. (default: ruledex.yml, if there is one)", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("ATT&CK data made by 'ruledex attack import'.", valueName: "file"))
  var attack: String?

  @Option(
    help: ArgumentHelp(
      "How many files and pages are processed at a time. (default: the number of cores)", valueName: "number"))
  var jobs: Int?

  mutating func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs must be a number from 1 to 1024") }
  }

  var threads: Int { jobs ?? CurrentProcess.processors }

  /// The path of the configuration, which may be missing unless it was given.
  var configurationPath: String { config ?? "ruledex.yml" }
}
