import Checks
import Diagnostics
import Files

/// A command's output: results on standard output, diagnostics and progress on standard error.
struct Terminal: Sendable {
  private let showsProgress: Bool
  private let usesColour: Bool
  /// Whether results are coloured: on a terminal, unless `NO_COLOR` is set.
  let coloursOutput: Bool

  init() {
    let isTerminal = StandardStream.error.isTerminal
    showsProgress = isTerminal
    // https://no-color.org: any non-empty value counts.
    let noColour = environmentVariable("NO_COLOR").map { !$0.isEmpty } ?? false
    usesColour = isTerminal && !noColour
    coloursOutput = StandardStream.output.isTerminal && !noColour
  }

  /// The width of the terminal that results go to, in columns; nil for a file or a pipe.
  var outputWidth: Int? {
    StandardStream.output.isTerminal ? StandardStream.output.columns ?? 80 : nil
  }

  /// - Throws: if it can't be written. A reader that has closed the pipe isn't an error.
  func result(_ text: String) throws(InputError) { try result(Array((text + "\n").utf8)) }

  /// - Throws: as above.
  func result(_ bytes: [UInt8]) throws(InputError) {
    do throws(FileError) {
      try StandardStream.output.write(bytes)
    } catch .brokenPipe {
    } catch {
      throw InputError(
        .output, at: "standard output",
        error == .notOpen
          ? "it is closed, so the result can't be written; redirect it to a file"
          : "the result can't be written: \(error.reason); check where it is redirected")
    }
  }

  /// Prints information that isn't a result.
  func note(_ text: String) { say(text + "\n") }

  /// Shows the progress on a line that the next one replaces; on a terminal only.
  func progress(_ text: String) {
    if showsProgress { say("\r\u{1B}[K\(text)") }
  }

  func endProgress() { progress("") }

  func report(_ diagnostics: some Sequence<Diagnostic>, spelled spelling: PathSpelling = .opened) {
    for diagnostic in diagnostics { say(line(diagnostic, spelled: spelling) + "\n") }
  }

  private func line(_ diagnostic: Diagnostic, spelled spelling: PathSpelling) -> String {
    let text = Terminal.harmless(diagnostic.description(spelled: spelling))
    guard usesColour else { return text }
    let colour =
      switch diagnostic.severity {
      case .error: "31"
      case .warning: "33"
      case .note: "36"
      }
    let word = ": \(diagnostic.severity.rawValue): "
    return text.firstRange(of: word).map { text.replacingCharacters($0, "\u{1B}[1;\(colour)m\(word)\u{1B}[0m") } ?? text
  }

  /// Escapes anything that could control a terminal: rules are untrusted, and messages quote them.
  static func harmless(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The same for several lines; the line ends are ours.
  static func harmlessLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { harmless(String($0)) }.joined(separator: "\n")
  }

  /// Losing output that isn't a result is acceptable.
  private func say(_ text: String) { try? StandardStream.error.write(Array(text.utf8)) }
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<String.Index>, _ text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
