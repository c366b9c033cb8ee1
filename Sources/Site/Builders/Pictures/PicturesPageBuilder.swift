import Templates

/// Makes the page of pictures, and the picture files beside it.
struct PicturesPageBuilder: Sendable {
  private let frames: FrameBuilder
  let pictures: [Picture]
  private let address = Address.pictures

  init(_ content: SiteContent, _ frames: FrameBuilder, _ layout: MatrixLayout) {
    self.frames = frames
    pictures = PictureBuilder(content: content, map: frames.map, layout: layout, address: address).pictures()
  }

  func page() -> PicturesPage {
    let lead =
      "The catalog in pictures, each with its numbers beside it. They are separate files, ready for a report or a wiki."
    return PicturesPage(
      frame: frames.frame(of: address, titles: ["At a glance"], summary: lead, showsAttack: true),
      title: "At a glance", lead: lead,
      sections: pictures.map { picture in
        PictureSection(
          anchor: picture.name, title: picture.title, text: picture.text,
          file: address.link(to: .picture(picture.name)), fileName: "\(picture.name).svg",
          width: picture.width, height: picture.height, table: picture.table)
      })
  }

  var files: [PlannedFile] {
    pictures.map { picture in PlannedFile(path: Address.picture(picture.name).path) { picture.drawing.svg } }
  }
}
