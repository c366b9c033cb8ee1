extension LogSource {
  /// Whether events of a module of Elastic's (`event.module`) may be in its data: a package has the name of its module,
  /// or one that begins with it (`cisco_asa`). The families of indices have modules of their own.
  ///
  /// - Parameters:
  ///   - product: the package, or the family: `okta`, `winlogbeat`.
  ///   - module: in lower case.
  package static func data(of product: String, mayHoldModule module: String) -> Bool {
    if let own = modules[product] { return own.contains(module) }
    return product == module || product.hasPrefix(module + "_")
  }

  /// The values of `event.module` of Auditbeat and Winlogbeat (Beats 8, “Modules”).
  private static let modules: [String: Set<String>] = [
    "auditbeat": ["auditd", "file_integrity", "system"],
    "winlogbeat": ["forwarded", "powershell", "routing", "security", "sysmon"],
  ]
}
