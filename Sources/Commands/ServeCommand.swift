import ArgumentParser
import Diagnostics
import Files
import Preview

/// `ruledex serve`: serves the current site of the rules to those who write them.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serves the site on localhost only, and reloads it after every change.",
    discussion: """
      The site is built in memory; nothing is written. When a rule, a template, the configuration or a map is saved, pages that are \
      open in a browser reload. What is wrong is reported here and in a banner on the page, which stays as it was as long as the files \
      make no site. Stop the command with ctrl-c.

      Exit codes: 0 ended by a signal; 2 wrong usage, unreadable input or an unavailable port.
      """)

  @OptionGroup var site: SiteOptions

  @Option(help: ArgumentHelp("The port on 127.0.0.1; 0 for any free one.", valueName: "number"))
  var port: UInt16 = 8642

  @Flag(help: "Open the site in the browser.")
  var open = false

  func run() async throws {
    // No work is ever half done, so the program can stop at any point.
    CurrentProcess.endWhenAsked()
    let terminal = Terminal()
    do throws(InputError) {
      try await serve(terminal)
    } catch {
      terminal.endProgress()
      terminal.report(error.diagnostics.sorted())
      throw ExitCode(2)
    }
  }
}

extension ServeCommand {
  /// Serves until a signal stops it.
  private func serve(_ terminal: Terminal) async throws(InputError) {
    let state = PreviewState()
    let server = PreviewServer(port: port, state, PreviewAssets { Embedded.file("Sources/Preview/\($0)") })
    var follower = try SiteFollower(SiteSource(site), state, terminal)
    try await follower.start()
    let result = await withTaskGroup(of: Result<Void, InputError>.self) { [follower] group in
      group.addTask {
        do throws(PreviewServer.Failure) {
          return .success(try await server.run { address in announce(address, terminal) })
        } catch {
          return .failure(self.error(error))
        }
      }
      group.addTask {
        var follower = follower
        do throws(InputError) { return .success(try await follower.follow()) } catch { return .failure(error) }
      }
      // Neither task ends except by an error, which then ends the other.
      let first = await group.next()
      group.cancelAll()
      return first ?? .success(())
    }
    try result.get()
  }

  /// Prints the site's address; exits if that fails, since nobody would find the site.
  private func announce(_ address: String, _ terminal: Terminal) {
    do throws(InputError) {
      try terminal.result("The site is at \(address)")
      if open { Task { await showInBrowser(address, terminal) } }
    } catch {
      terminal.report(error.diagnostics)
      CurrentProcess.end(code: 2)
    }
  }

  private func error(_ failure: PreviewServer.Failure) -> InputError {
    let message =
      switch failure {
      case .portInUse: "port \(port) is in use; name another one, or 0 for any free one"
      case .portForbidden: "port \(port) is reserved for administrators; name one from 1024, or 0 for any free one"
      case .other(let reason): "port \(port) isn't available: \(reason); name another one, or 0 for any free one"
      }
    return InputError(.configuration, at: "--port", message)
  }
}
