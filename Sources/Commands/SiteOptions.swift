import ArgumentParser

/// The options of every command that makes a site.
struct SiteOptions: ParsableArguments {
  @OptionGroup var input: CatalogOptions
  @OptionGroup var day: DateOptions

  @Option(help: ArgumentHelp("A folder whose files replace the templates of the same name.", valueName: "folder"))
  var templates: String?

  @Option(
    name: .customLong("base-url"), help: ArgumentHelp("The site's public address.", valueName: "url"))
  var baseURL: String?

  /// - Throws: if it isn't a valid site URL.
  func checkedBaseURL() throws(InputError) -> String? {
    guard let baseURL else { return nil }
    guard let url = Configuration.checkedBaseURL(baseURL) else {
      throw InputError(
        .configuration, at: "--base-url",
        "'\(baseURL)' isn't the address of a site; write one that starts with https:// or http://")
    }
    return url
  }
}
