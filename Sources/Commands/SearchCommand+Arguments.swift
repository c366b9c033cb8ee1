extension SearchCommand {
  /// The arguments of a command line of which terms such as `-product:windows` aren't options: `search` finds what they ask for, as the
  /// site does.
  ///
  /// Options of `search` start with two hyphens, but for `-h`. So what starts with one is a term. Terms are put behind `--`, where nothing
  /// is an option. What follows an option stays, since it may be the option's value.
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
