import ArgumentParser

/// Runs a command and exits with its code: 0 for success, 1 for findings or a failed gate; 2, after reporting what must
/// be fixed, if its input can't be used.
///
/// - Parameter body: returns the exit code.
func endingWithCode(_ body: (Terminal) async throws(InputError) -> Ending) async -> Never {
  let terminal = Terminal()
  let ending: Ending
  do throws(InputError) {
    ending = try await body(terminal)
  } catch {
    terminal.endProgress()
    terminal.report(error.diagnostics.sorted())
    ending = Ending(2)
  }
  withExtendedLifetime(ending) { Ruledex.exit(withError: ExitCode(ending.code)) }
}

/// How a command ends.
struct Ending {
  let code: Int32
  /// The command's data. The system frees it all at once when the process ends; freeing it rule by rule takes up to a
  /// twentieth of a run.
  private let held: Any

  init(_ code: Int32, holding held: Any = ()) {
    self.code = code
    self.held = held
  }
}
