import ArgumentParser

/// Runs a command that ends with a code: 0 fine, 1 findings or a gate that isn't met; 2, after reporting what must be fixed, where its
/// input can't be used.
///
/// - Parameter body: says the code.
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
  /// What the command worked with. The system frees it all at once when the process ends; freeing it rule by rule takes up to a twentieth
  /// of a run.
  private let held: Any

  init(_ code: Int32, holding held: Any = ()) {
    self.code = code
    self.held = held
  }
}
