/// The sum of what the readers of a step say of its gradient.
///
/// A step that is read slice by slice, as a loop over time reads a sequence, gets its slices' gradients laid
/// beside each other: to add as many tensors that are zero but for one slice would take the square of the time.
struct GradientSum {
  private let parts: [Tensor]
  private let trace: Trace

  /// Parts of one shape.
  init(_ parts: [Tensor], _ trace: Trace) {
    self.parts = parts
    self.trace = trace
  }

  /// A part that is zeros but for a run of places of one axis.
  private struct Run {
    let content: Tensor
    let axis: Int
    let places: Range<Int>
  }

  func total() throws -> Tensor {
    let runs = parts.count > 2 ? parts.compactMap(run) : []
    guard runs.count == parts.count, let laid = try laid(runs.sorted(by: stands)) else {
      return try parts.dropFirst().reduce(parts[0]) { try $0.adding($1) }
    }
    return laid
  }

  private func stands(_ a: Run, before b: Run) -> Bool {
    a.places.lowerBound < b.places.lowerBound
  }

  private func run(_ part: Tensor) -> Run? {
    guard case .node(let own, let index) = part.content, own === trace,
      case .operation(let operation, let settings) = trace[index].kind,
      operation.name == Operation.unslice.name, let input = trace[index].inputs.first
    else { return nil }
    let cut = settings.axes.indices.filter { settings.sizes[$0] != settings.axes[$0] }
    guard cut.count == 1, settings.steps.allSatisfy({ $0 == 1 }) else { return nil }
    let start = settings.starts[cut[0]]
    return Run(
      content: trace.tensor(at: input), axis: cut[0],
      places: start..<start + settings.sizes[cut[0]])
  }

  /// Runs side by side, zeros where there is none; `nil` if they overlap or are of several axes.
  private func laid(_ runs: [Run]) throws -> Tensor? {
    let (axis, shape) = (runs[0].axis, parts[0].shape)
    var pieces: [Tensor] = []
    var end = 0
    func fill(to place: Int) throws {
      guard place > end else { return }
      var sizes = shape.sizes
      sizes[axis] = place - end
      pieces.append(try Tensor(repeating: 0.0, shape: sizes, type: parts[0].elementType))
    }
    for run in runs {
      guard run.axis == axis, run.places.lowerBound >= end else { return nil }
      try fill(to: run.places.lowerBound)
      pieces.append(run.content)
      end = run.places.upperBound
    }
    try fill(to: shape[axis])
    return try Tensor.concatenated(pieces, axis: axis)
  }
}
