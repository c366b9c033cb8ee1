import Foundation
import TestSupport
import Testing

/// `Package.swift` is the map of the modules: imports point down, and few modules may know the world outside.
@Suite struct ModuleMapTests {
  private struct Module {
    var name: String
    var dependencies: [String]
    var folder: String
  }

  /// What the toolchain brings, and who may import it.
  private static let outside: [String: Set<String>] = [
    "Glibc": ["Files", "Text"], "Dispatch": ["Files", "Commands"],
    "Synchronization": ["Text", "Diagnostics", "Analysis", "Templates", "Site", "Preview"],
    "FoundationEssentials": ["Attack", "Preview"],
  ]

  /// In the order of the manifest, which is from the top down.
  private func modules() throws -> [Module] {
    let manifest = try String(contentsOfFile: projectFolder + "/Package.swift", encoding: .utf8)
    let target = /\.(?:executableTarget|target)\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\])?([^\n]*)/
    return manifest.matches(of: target).compactMap { match in
      let name = String(match.1)
      let listed = match.2.map(String.init) ?? ""
      let products = listed.matches(of: /\.product\(name: "(\w+)"/).map { String($0.1) }
      let plain = listed.replacing(/\.product\([^)]*\)/, with: "").matches(of: /"(\w+)"/).map { String($0.1) }
      // Dialects, and what isn't shipped, are in folders of their own.
      if match.3.contains("Tests/") || manifest.contains("path: \"Tests/\(name)\"") { return nil }
      let dialect = projectFolder + "/Sources/Dialects/" + name
      let folder = FileManager.default.fileExists(atPath: dialect) ? dialect : projectFolder + "/Sources/" + name
      return Module(name: name, dependencies: plain + products, folder: folder)
    }
  }

  private func imports(of module: Module) throws -> [(file: String, name: String)] {
    var found: [(String, String)] = []
    for (path, bytes) in TemporaryFolder.contents(of: module.folder) where path.hasSuffix(".swift") {
      let text = String(decoding: bytes, as: UTF8.self)
      for match in text.matches(of: /(?m)^(?:(?:package|public|internal|@\w+) )*import (\w+)$/) {
        found.append((path, String(match.1)))
      }
    }
    return found
  }

  @Test func importsPointDown() throws {
    let modules = try modules()
    let names = modules.map(\.name)
    #expect(names.first == "ruledex" && names.contains("Files") && modules.count >= 20)
    for (place, module) in modules.enumerated() {
      for dependency in module.dependencies {
        guard let other = names.firstIndex(of: dependency) else { continue }
        #expect(other > place, "\(module.name) depends on \(dependency), which is above it")
      }
    }
  }

  @Test func modulesImportWhatTheManifestLists() throws {
    for module in try modules() {
      let imports = try imports(of: module)
      for (file, name) in imports where !module.dependencies.contains(name) {
        #expect(
          ModuleMapTests.outside[name]?.contains(module.name) == true,
          "\(module.name)/\(file) imports \(name), which the manifest doesn't list for it")
      }
      // What isn't imported any more is off the list.
      for dependency in module.dependencies where FileManager.default.fileExists(atPath: module.folder) {
        #expect(
          imports.isEmpty || imports.contains { $0.name == dependency },
          "\(module.name) doesn't import \(dependency), which the manifest lists for it")
      }
    }
  }

  @Test(arguments: [
    ("CLibXML2", "XML"), ("CLibYAML", "Documents"), ("CPCRE2", "RegularExpressions"), ("CCMark", "Markdown"),
    ("CFiles", "Files"),
  ])
  func onlyOneModuleKnowsALibrary(library: String, owner: String) throws {
    let users = try modules().filter { module in try imports(of: module).contains { $0.name == library } }
    #expect(users.map(\.name) == [owner])
  }
}
