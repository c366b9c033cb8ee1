/// A command of a query that is a pipeline: `where`, `stats`, `summarize`.
package struct PipelineCommand: Hashable, Sendable {
  /// Its first word; nil if it doesn't begin with a word.
  package var name: Range<Int>?
  /// The span of the whole command, without surrounding white space.
  package var span: Range<Int>
}

/// The commands of a pipeline, in order, split at separators outside brackets, strings and comments. Empty commands are
/// omitted.
///
/// - Parameter separator: a symbol of the language: `|`, or `;` between statements.
package func pipelineCommands(
  of bytes: [UInt8], in range: Range<Int>? = nil, dividedBy separator: String, _ rules: TokenRules
) -> [PipelineCommand] {
  var lexer = Lexer(bytes, in: range, rules: rules)
  var commands: [PipelineCommand] = []
  var command: PipelineCommand?
  var level = 0
  let divider = Array(separator.utf8)
  while let token = lexer.next() {
    if token.kind == .comment { continue }
    let isSymbol = token.kind == .symbol
    if isSymbol, level == 0, isSame(bytes, token.span, as: divider, ignoringCase: false) {
      if let finished = command { commands.append(finished) }
      command = nil
      continue
    }
    if isSymbol, ByteSet.openers.contains(bytes[token.span.lowerBound]) { level += 1 }
    if isSymbol, ByteSet.closers.contains(bytes[token.span.lowerBound]) { level = max(0, level - 1) }
    let start = command?.span.lowerBound ?? token.span.lowerBound
    let name = command == nil ? (token.kind == .word ? token.span : nil) : command?.name
    command = PipelineCommand(name: name, span: start..<token.span.upperBound)
  }
  if let finished = command { commands.append(finished) }
  return commands
}
