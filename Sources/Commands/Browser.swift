import Subprocess

/// Opens an address in the user's browser, through the system's own program for that. If there is none, or it finds no
/// browser, that is said, and nothing else happens.
func showInBrowser(_ address: String, _ terminal: Terminal) async {
  #if os(macOS)
    let openers = ["open"]
  #else
    // The second one is that of Linux under Windows.
    let openers = ["xdg-open", "wslview"]
  #endif
  var failed: [String] = []
  for opener in openers {
    guard
      let run = try? await Subprocess.run(
        .name(opener), arguments: Arguments([address]), input: .none, output: .discarded, error: .discarded)
    else { continue }
    if run.terminationStatus.isSuccess { return }
    failed.append("'\(opener)'")
  }
  guard failed.isEmpty else {
    return terminal.note("\(failed.joined(separator: " and ")) found no browser; open \(address) yourself")
  }
  terminal.note(
    "no browser can be opened: \(openers.joined(separator: " and ")) aren't installed; open \(address) yourself")
}
