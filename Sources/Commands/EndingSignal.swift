import Dispatch
import Glibc

/// Waits until the program is asked to end, by ctrl-c or by `kill`.
func endingSignal() async {
  let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
  let sources = [SIGINT, SIGTERM].map { number in
    // What the signal does by itself would come first.
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number)
    source.setEventHandler { continuation.yield() }
    source.activate()
    return source
  }
  for await _ in signals { break }
  for source in sources { source.cancel() }
}
