import TestSupport

/// Writes a catalog of one rule that says nothing but what it looks for, and a configuration that makes a page of everything that needs
/// no rule.
///
/// - Returns: the configuration's path.
func writeBareCatalog(in folder: TemporaryFolder) -> String {
  folder.write("title: One\nlogsource: {product: windows}\ndetection: {a: {b: c}, condition: a}\n", to: "rules/one.yml")
  folder.write(
    """
    paths: [rules]
    telemetry: telemetry.yml
    scope: {targets: [C0027]}
    pages: {software: all}
    """, to: "ruledex.yml")
  folder.write("collected: []\n", to: "telemetry.yml")
  return folder("ruledex.yml")
}
