// A source may be cancelled on any thread, which its type doesn't say yet.
@preconcurrency import Dispatch
import Glibc

/// Reports when something changes in folders (inotify(7)).
package struct FileWatch: ~Copyable {
  /// What of a folder is of interest.
  private enum Interest {
    case all
    case names(Set<String>)
  }

  private let descriptor: Descriptor
  private var interests: [Int32: Interest] = [:]

  /// A file that is complete, or came, or went; a folder likewise. Not each single write: a half-written file is of no use.
  private static let mask = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF)

  package init() throws(FileError) {
    descriptor = try Descriptor { inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC)) }
  }

  /// Watches these places, too. Those that don't exist are left out.
  ///
  /// - Returns: whether any of them wasn't watched before; what changed in it until now went unseen.
  /// - Throws: where the system allows no more of them.
  package mutating func add(_ places: some Sequence<WatchedPlace>) throws(FileError) -> Bool {
    var isNew = false
    for place in places {
      let folder =
        switch place {
        case .folder(let folder), .name(_, let folder): folder
        }
      guard let number = try watch(folder) else { continue }
      switch (place, interests[number]) {
      case (_, .all): break
      case (.folder, _):
        interests[number] = .all
        isNew = true
      case (.name(let name, _), .names(let known)):
        if !known.contains(name) { isNew = true }
        interests[number] = .names(known.union([name]))
      case (.name(let name, _), nil):
        interests[number] = .names([name])
        isNew = true
      }
    }
    return isNew
  }

  /// - Returns: the number that the system gives it; nil where there is no such folder, or it can't be watched.
  /// - Throws: where the system allows no more of them.
  private func watch(_ folder: SystemPath) throws(FileError) -> Int32? {
    do throws(FileError) {
      return try checked {
        folder.withCString { inotify_add_watch(descriptor.number, $0, FileWatch.mask | UInt32(IN_ONLYDIR)) }
      }
    } catch  where ![.noSpace, .noMemory].contains(error) {
      return nil
    }
  }

  /// Waits until something has changed and then nothing for a moment, or half a second has passed since the first change; or until
  /// the task is cancelled.
  ///
  /// - Parameter quiet: how long the moment is. A program that saves a file takes several steps; a checkout changes many files.
  package mutating func waitForChange(quiet: Duration = .milliseconds(20)) async {
    while !takeChanges() {
      await waitForWord()
      if Task.isCancelled { return }
    }
    var rounds = 0
    repeat {
      try? await Task.sleep(for: quiet)
      rounds += 1
    } while takeChanges() && rounds < 25
  }

  /// Waits until the kernel has something to say, or the task is cancelled.
  private func waitForWord() async {
    // One for each wait: a source that stands would fire over and over until what there is is read.
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor.number)
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        source.setEventHandler { source.cancel() }
        source.setCancelHandler { continuation.resume() }
        source.activate()
      }
    } onCancel: {
      source.cancel()
    }
  }

  /// Reads what the kernel has to say.
  ///
  /// - Returns: whether any of it is of interest.
  private mutating func takeChanges() -> Bool {
    var isOfInterest = false
    let header = MemoryLayout<inotify_event>.size
    while true {
      // Nothing to read, which fails, or what has no other remedy than to wait for the next change.
      guard let bytes = try? descriptor.readOnce(upTo: 1 << 16), !bytes.isEmpty else { return isOfInterest }
      bytes.withUnsafeBytes { bytes in
        var start = 0
        while start + header <= bytes.count {
          let event = bytes.loadUnaligned(fromByteOffset: start, as: inotify_event.self)
          let end = start + header + Int(event.len)
          let name = String(decoding: bytes[(start + header)..<end].prefix { $0 != 0 }, as: UTF8.self)
          if take(event, name) { isOfInterest = true }
          start = end
        }
      }
    }
  }

  private mutating func take(_ event: inotify_event, _ name: String) -> Bool {
    // Too many at once: something did change.
    if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { return true }
    if event.mask & UInt32(IN_IGNORED) != 0 {
      // The folder is gone; another one of its name is watched anew.
      interests[event.wd] = nil
      return true
    }
    switch interests[event.wd] {
    case nil: return false
    case .all: return !name.hasPrefix(".")
    case .names(let names): return name.isEmpty || names.contains(name)
    }
  }
}
