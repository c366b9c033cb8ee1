import Commands

@main
struct Main {
  // Not `async`: the runtime would open files of its own before it gets here.
  static func main() { Ruledex.start() }
}
