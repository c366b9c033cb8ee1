import Diagnostics
import Reading
import RuleModel
import TestSupport
import Testing
import Text

/// Pictures of notes: which are read, and why others aren't.
@Suite struct NotePictureTests {
  private let folder = TemporaryFolder()

  private func note(showing destinations: [String], at path: String = "rules/sub/one.md") -> Note {
    let file = SourceFile(path: folder(path), source: String(path.split(separator: "/", maxSplits: 1)[1]))
    let pictures = destinations.map { NoteInline.picture(destination: $0, line: 1, text: "") }
    return Note(origin: .file, in: file, blocks: [.paragraph(pictures)])
  }

  /// The published path of the picture that a note shows, or why there is none.
  private func read(
    _ destination: String, below root: String = "rules", exclude: [String] = [], limit: Int = 1 << 20
  ) async -> String {
    var kept = KeptPictures()
    let note = note(showing: [destination])
    let folders = [PictureFolder(given: folder(root), exclude: exclude.map { Glob($0) })]
    let pictures = await kept.read(of: [note], in: folders, limit: limit, jobs: 2)
    switch pictures.answer(to: destination, in: note) {
    case .picture(let picture): return picture.source
    case .fault(let reason): return reason.replacing(folder.path, with: "…")
    case nil: return "nothing"
    }
  }

  // MARK: Where they are

  @Test(arguments: [
    ("a.png", "sub/a.png"), ("./img/a.png", "sub/img/a.png"), ("../b.png", "b.png"), ("../sub/a.png", "sub/a.png"),
    ("a.png?raw=true", "sub/a.png"), ("a.png#top", "sub/a.png"), ("with%20space.PNG", "sub/with space.PNG"),
    (
      "c.png", "isn't there; add it or correct its path"
    ),
    ("a.png/b.png", "isn't there; add it or correct its path"),
    ("../../secret.png", "is outside of '…/rules', and isn't published; move it beside the note"),
    ("../../../../../../../etc/a.png", "is outside of '…/rules', and isn't published; move it beside the note"),
    ("%2e%2e/%2e%2e/secret.png", "is outside of '…/rules', and isn't published; move it beside the note"),
    ("/etc/a.png", "is outside of '…/rules', and isn't published; move it beside the note"),
    ("a%00.png", "is outside of '…/rules', and isn't published; move it beside the note"),
    (".git/a.png", "is hidden, and isn't published; rename it"),
    ("drafts/a.png", "is excluded in ruledex.yml, and isn't published; move it or change 'exclude'"),
    ("link.png", "is a link, under one, or no file, and isn't opened; put a copy of the file there"),
    ("linked/secret.png", "is a link, under one, or no file, and isn't opened; put a copy of the file there"),
    ("folder.png", "is a link, under one, or no file, and isn't opened; put a copy of the file there"),
    ("one.md", "isn't named as a picture; show a PNG, JPEG, GIF, WebP or SVG file, or link to it"),
    ("", "isn't named as a picture; show a PNG, JPEG, GIF, WebP or SVG file, or link to it"),
  ])
  func readsThemBesideTheNoteAndNowhereElse(destination: String, expected: String) async {
    for path in ["sub/a.png", "sub/img/a.png", "b.png", "sub/with space.PNG", "sub/.git/a.png", "sub/drafts/a.png"] {
      folder.write(SmallPictures.png, to: "rules/" + path)
    }
    folder.write(SmallPictures.png, to: "secret.png")
    folder.makeLink("rules/sub/link.png", to: "a.png")
    folder.makeLink("rules/sub/linked", to: "../..")
    folder.makeFolder("rules/sub/folder.png")
    #expect(await read(destination, exclude: ["drafts"]) == expected)
  }

  @Test func readsThemFromTheFolderOfAFileThatIsGivenAlone() async {
    folder.write(smallRuleText, to: "rules/sub/one.yml")
    folder.write(SmallPictures.png, to: "rules/sub/img/a.png")
    folder.write(SmallPictures.png, to: "rules/b.png")
    #expect(await read("img/a.png", below: "rules/sub/one.yml") == "sub/img/a.png")
    #expect(await read("../b.png", below: "rules/sub/one.yml").hasPrefix("is outside of "))
  }

  private let smallRuleText = "title: a\n"

  // MARK: What they are

  @Test(arguments: SmallPictures.all)
  func tellsTheFormatByContent(picture: SmallPictures.Sample) async throws {
    folder.write(picture.bytes, to: "rules/sub/misnamed.png")
    var kept = KeptPictures()
    let note = note(showing: ["misnamed.png"])
    let pictures = await kept.read(of: [note], in: [PictureFolder(given: folder("rules"))], limit: 1 << 20, jobs: 1)
    let found = try #require(pictures.all.first)
    #expect(found.kind == picture.kind && found.size == NotePicture.Size(width: picture.width, height: picture.height))
    #expect(found.bytes == picture.bytes)
    #expect(found.name.hasPrefix("misnamed-") && found.name.hasSuffix("." + picture.kind.rawValue))
  }

  @Test(arguments: [
    (
      Array("<html><script>alert(1)</script></html>".utf8),
      "isn't published, since it isn't a picture but XML of another kind"
    ),
    (Array("GIF89a".utf8), "isn't published, since it is neither a picture nor XML in UTF-8"),
    ([0xFF, 0xD8, 0xFF, 0xD9], "isn't published, since it is neither a picture nor XML in UTF-8"),
    ([], "isn't published, since it is neither a picture nor XML in UTF-8"),
    (SmallPictures.png(width: 100_000, height: 1), "is 100000 by 1 pixels large; make it smaller"),
    (SmallPictures.png(width: 16_000, height: 16_000), "is 16000 by 16000 pixels large; make it smaller"),
    (SmallPictures.png(width: 0, height: 1), "isn't published, since it is neither a picture nor XML in UTF-8"),
    (
      [UInt8](repeating: 0, count: (1 << 20) + 1),
      "has 1048577 bytes, more than the 1048576 of a picture; make it smaller, or raise 'picture-bytes' under 'limits' in ruledex.yml"
    ),
  ])
  func refusesWhatIsNone(bytes: [UInt8], expected: String) async {
    folder.write(bytes, to: "rules/sub/a.png")
    #expect(await read("a.png") == expected)
  }

  // MARK: Keeping them

  @Test func readsAgainOnlyWhatChanged() async throws {
    folder.write(SmallPictures.png, to: "rules/sub/a.png")
    let note = note(showing: ["a.png", "b.png"])
    #expect(KeptPictures().watchedPaths == [])
    let folders = [PictureFolder(given: folder("rules"))]
    var kept = KeptPictures()
    let first = await kept.read(of: [note], in: folders, limit: 1 << 20, jobs: 1)
    let version = kept.version
    #expect(kept.watchedPaths == ["rules/sub", "rules/sub/a.png", "rules/sub/b.png"].map { folder($0) })
    #expect(first.all.count == 1 && kept.places == [folder("rules/sub/a.png"), folder("rules/sub/b.png")])
    _ = await kept.read(of: [note], in: folders, limit: 1 << 20, jobs: 1)
    #expect(kept.version == version)
    folder.write(SmallPictures.png(width: 9, height: 9), to: "rules/sub/a.png")
    let second = await kept.read(of: [note], in: folders, limit: 1 << 20, jobs: 1)
    #expect(kept.version == version + 1)
    #expect(second.all.first?.size == NotePicture.Size(width: 9, height: 9))
    #expect(second.all.first?.name == first.all.first?.name)
    folder.write(SmallPictures.png, to: "rules/sub/b.png")
    #expect(await kept.read(of: [note], in: folders, limit: 1 << 20, jobs: 1).all.count == 2)
  }

  /// Two folders of the same name may be given.
  @Test func namesPicturesOfTheSamePathApart() async {
    var notes: [Note] = []
    for (place, width) in [("one", 1), ("two", 2)] {
      folder.write(SmallPictures.png(width: width, height: 1), to: "\(place)/rules/a.png")
      let file = SourceFile(path: folder("\(place)/rules/n.md"), source: "rules/n.md")
      let picture = NoteInline.picture(destination: "a.png", line: 1, text: "")
      notes.append(Note(origin: .file, in: file, blocks: [.paragraph([picture])]))
    }
    var kept = KeptPictures()
    let folders = ["one", "two"].map { PictureFolder(given: folder("\($0)/rules")) }
    let pictures = await kept.read(of: notes, in: folders, limit: 1 << 20, jobs: 1)
    #expect(Set(pictures.all.map(\.name)).count == 2)
    let widths = notes.map { note -> Int? in
      guard case .picture(let picture)? = pictures.answer(to: "a.png", in: note) else { return nil }
      return picture.size?.width
    }
    #expect(widths == [1, 2])
  }
}
