import Checks

extension CheckExampleItem {
  init(_ example: CheckExample) {
    self.init(
      title: example.heading,
      files: example.files.enumerated().map { number, file in
        ExampleFile(label: number == 0 ? nil : file.label, text: file.text)
      }, findings: example.findings)
  }
}
