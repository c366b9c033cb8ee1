extension SearchCommand {
  /// Arguments of `search` in which terms such as `-product:windows` aren't taken for options, so that it accepts the
  /// same terms as the site.
  ///
  /// Options of `search` start with two hyphens, except for `-h`, so anything that starts with one is a term. Terms are
  /// moved after `--`, where nothing is an option. An argument that follows an option stays in place, since it may be
  /// the option's value.
  static func withNegatedTermsAside(_ arguments: [String]) -> [String] {
    guard arguments.first == configuration.commandName else { return arguments }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    var kept: [String] = []
    var terms: [String] = []
    for argument in arguments[..<end] {
      let isValue = kept.last.map { $0.hasPrefix("--") && !$0.contains("=") } ?? false
      if argument.hasPrefix("-"), !argument.hasPrefix("--"), argument != "-h", argument != "-", !isValue {
        terms.append(argument)
      } else {
        kept.append(argument)
      }
    }
    return terms.isEmpty ? arguments : kept + ["--"] + terms + arguments[end...].dropFirst()
  }
}
