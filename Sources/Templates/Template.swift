package import XML

/// A template bound to its model's type: rendering it can't fail.
package struct Template<Model: TemplateModel>: Sendable {
  let programs: [Program]
  let start: Int

  /// Appends the page. May be called on several threads at once.
  package func render(_ model: Model, into buffer: inout ByteBuffer) {
    var rendering = Rendering(programs, on: Instance(model))
    rendering.run(program: start, into: &buffer)
  }

  package func render(_ model: Model) -> [UInt8] {
    var buffer = ByteBuffer()
    render(model, into: &buffer)
    return buffer.bytes
  }

  /// Renders markup that many pages share, once.
  package func fragment(_ model: Model) -> Fragment { Fragment(bytes: render(model)) }
}
