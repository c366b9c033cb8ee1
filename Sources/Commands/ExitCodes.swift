import ArgumentParser

/// Runs a command that ends with a code: 0 fine, 1 findings or a gate that isn't met; 2, after reporting what must be fixed, where its
/// input can't be used.
///
/// - Parameter body: says the code.
func endingWithCode(
  _ body: (Terminal) async throws(InputError) -> Int32
) async throws {
  let terminal = Terminal()
  let code: Int32
  do throws(InputError) {
    code = try await body(terminal)
  } catch {
    terminal.endProgress()
    terminal.report(error.diagnostics.sorted())
    code = 2
  }
  if code != 0 { throw ExitCode(code) }
}
