import ArgumentParser
import Catalog

struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "build", abstract: "Makes the site.")
  @Argument var paths: [String] = []
  @Option var jobs = 2
  func run() async throws {
    let c = await readCatalog(CatalogRequest(roots: paths.map { .init(path: $0) }, jobs: jobs))
    print(c.tally, c.rules.count)
    for d in (c.diagnostics + c.rules.flatMap(\.findings)).sorted() { print(d) }
  }
}
