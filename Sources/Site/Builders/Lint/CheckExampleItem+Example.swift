import Checks
import Text

extension CheckExampleItem {
  init(_ example: CheckExample) {
    self.init(
      title: "\(example.findings.isEmpty ? "Fine" : "Found"): \(example.title)",
      files: example.files.enumerated().map { number, file in
        let others = file.copies == 1 ? "Beside it" : "Beside it, \(counted(file.copies, "rule")) like this one"
        return ExampleFile(label: number == 0 ? nil : others, text: file.text)
      }, findings: example.findings)
  }
}
