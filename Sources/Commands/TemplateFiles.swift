import Diagnostics
import Site
import Templates
import Text

/// Our templates, overridden by files of the same name in the user's folder, and any others in that folder; and the
/// licence under which ATT&CK's names appear on the pages.
func templateFiles(in folder: String?) throws(InputError) -> [TemplateFile] {
  let prefix = "templates/"
  var files = Embedded.files(in: prefix).map { file in
    TemplateFile(name: String(file.path.dropFirst(prefix.count)), path: file.path, bytes: file.bytes)
  }
  files += Embedded.files(in: "catalog/knowledge/attack/LICENSE.txt").map { file in
    TemplateFile(name: SiteBuilder.attackLicence, path: file.path, bytes: file.bytes)
  }
  guard let folder else { return files }
  for name in try InputFile.names(in: folder) where name != "README.md" {
    let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
    let file = TemplateFile(name: name, path: path, bytes: try InputFile.bytes(of: path))
    files.removeAll { $0.name == name }
    files.append(file)
  }
  return files.sorted { inByteOrder($0.name, $1.name) }
}
