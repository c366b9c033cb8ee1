package import Files
package import RuleModel
import Text

/// The pictures of notes as last read, so that the next reading opens only those that changed.
package struct KeptPictures: Sendable {
  private var files: [PictureFile.Place: PictureFile] = [:]
  private var limit = 0
  private var pictures = NotePictures()
  private var answers: [NotePictures.Reference: NotePictures.Answer] = [:]
  /// A number that changes with the pictures.
  package private(set) var version = 0

  package init() {}

  /// Reads the pictures that notes show.
  ///
  /// - Parameters:
  ///   - folders: those that contain the notes.
  ///   - limit: of a picture, in bytes.
  ///   - jobs: the number of threads.
  package mutating func read(
    of notes: some Sequence<Note>, in folders: [PictureFolder], limit: Int, jobs: Int
  ) async -> NotePictures {
    var wanted = WantedPictures(in: folders)
    for note in notes { wanted.add(note) }
    let isSameLimit = limit == self.limit
    let known = files
    let places = wanted.sources.keys.sorted { ($0.folder, $0.path) < ($1.folder, $1.path) }
    let read = await inParallel(places, jobs: jobs, chunk: 4) { place in
      if isSameLimit, let file = known[place], let identity = file.identity,
        FileIdentity(of: SystemPath(place.shown)) == identity
      {
        return file
      }
      return PictureFile(at: place, limit: limit)
    }
    self.limit = limit
    files = Dictionary(uniqueKeysWithValues: zip(places, read))
    let answers = wanted.answers(files)
    if answers != self.answers {
      version += 1
      (self.answers, pictures) = (answers, NotePictures(answers))
    }
    return pictures
  }

  /// The paths of all files that were looked for, sorted.
  package var places: [String] { files.keys.map(\.shown).sorted(by: inByteOrder) }

  /// The same, with the folders between what was given and the files: what to watch for changes, since a folder may not
  /// be there yet.
  package var watchedPaths: [String] {
    let paths = files.keys.flatMap { place in
      sequence(first: place.path) { $0.folder }.map { PictureFile.Place(folder: place.folder, path: $0).shown }
    }
    return Set(paths).sorted(by: inByteOrder)
  }

  /// Whether every file that was read is known not to have changed since.
  package var areCurrent: Bool {
    files.allSatisfy { place, file in
      guard case .success = file.content else { return true }
      return file.identity.map { FileIdentity(of: SystemPath(place.shown)) == $0 } ?? false
    }
  }
}

/// The pictures that notes show: where they are, and what they are called on the site.
private struct WantedPictures {
  private let folders: [PictureFolder]
  private(set) var sources: [PictureFile.Place: String] = [:]
  private var taken: Set<String> = []
  private var places: [NotePictures.Reference: Result<PictureFile.Place, PictureFault>] = [:]

  /// The innermost folder is asked first.
  init(in folders: [PictureFolder]) { self.folders = folders.sorted { $0.path.utf8.count > $1.path.utf8.count } }

  mutating func add(_ note: Note) {
    note.blocks.forEachText { text, _ in
      text.forEachPicture { destination, _ in
        let reference = NotePictures.Reference(in: note, to: destination)
        if places[reference] == nil { places[reference] = place(of: destination, in: note) }
      }
    }
  }

  private mutating func place(of destination: String, in note: Note) -> Result<PictureFile.Place, PictureFault>? {
    for folder in folders {
      guard let notePath = folder.path(of: note.file) else { continue }
      do throws(PictureFault) {
        let path = try folder.place(of: destination, in: notePath)
        let place = PictureFile.Place(folder: folder.path, path: path)
        if sources[place] == nil { sources[place] = source(of: path, notePath, note.file.source) }
        return .success(place)
      } catch {
        return .failure(error)
      }
    }
    return nil
  }

  /// The picture's path as published: it starts as the note's does. Two folders of the same name may have the same paths.
  private mutating func source(of path: RelativePath, _ notePath: String, _ noteSource: String) -> String {
    let prefix = noteSource.hasSuffix(notePath) ? String(noteSource.dropLast(notePath.count)) : ""
    var source = prefix + path.text
    while !taken.insert(source).inserted { source += "-" }
    return source
  }

  func answers(_ files: [PictureFile.Place: PictureFile]) -> [NotePictures.Reference: NotePictures.Answer] {
    places.compactMapValues { place in
      do throws(PictureFault) {
        let place = try place.get()
        guard var picture = try files[place]?.content.get() else { return nil }
        picture.source = sources[place] ?? ""
        return .picture(picture)
      } catch {
        return .fault(error.reason)
      }
    }
  }
}
