import LeptonTensor

/// What running a model on shapes alone tells: its parameters and states, its layers, its output.
public struct Declaration {
  /// The parameters that the layers ask for, in order.
  public let parameters: [ParameterSpec]
  /// The states that the layers ask for, in order.
  public let states: [ParameterSpec]
  /// The layers, each behind the one in which it stands.
  public let layers: [LayerSummary]
  /// The shape of the output for a batch of ``batch`` examples.
  let output: Shape
  /// The last layer at the root that has parameters or changes the shape: whoever decides the output.
  private let decisive: LayerRun?

  /// Runs a model on shapes alone; if it asks for values, on those of `probe`, a batch of ``batch``
  /// examples.
  ///
  /// - Throws: `LayerError` with the layer whose input does not suit it; `trace/read` if the model asks for
  ///   values and there is no probe, because its parameters may depend on them.
  public init(
    _ layer: any Layer, exampleShape: [Int], type: ElementType = .float32,
    probe: @autoclosure () throws -> Tensor? = nil
  ) throws {
    let trace = Trace()
    do {
      let form = Form(try Shape([Declaration.batch] + exampleShape), type)
      try self.init(layer, on: trace, input: trace.input(form))
    } catch {
      guard trace.wasRead, let probe = try probe() else { throw error }
      let trace = Trace(evaluates: true)
      try self.init(layer, on: trace, input: trace.input(like: probe))
    }
  }

  /// A batch of zeros, to try models on whose parameters are known.
  public static func zeros(_ exampleShape: [Int]) throws -> Tensor {
    try Tensor(repeating: 0.0, shape: [batch] + exampleShape)
  }

  private init(_ layer: any Layer, on trace: Trace, input: Tensor) throws {
    let recorder = Recorder(trace: trace)
    let scope = ParameterScope(isTraining: false) { try recorder.parameter($0) }
    scope.observer = recorder
    let output = try scope.applyRoot(layer, to: input)
    parameters = recorder.specs.filter { !$0.isState }
    states = recorder.specs.filter(\.isState)
    layers = recorder.layers
    self.output = output.shape
    decisive = recorder.decisive
  }

  /// How many examples the batch has on which shapes are tried: more than 1, so that an axis of
  /// that size is not taken for one that broadcasts.
  static let batch = 2

  /// Draws the parameters; each has a key of its own, named by its path.
  ///
  /// - Throws: `TensorError` with code `shape/parameter` if an initialiser gives another shape.
  public func initialParameters(key: RandomKey) throws -> ParameterTree {
    try initial(parameters, key: key)
  }

  /// Draws the states as they are before training, each with a key named by its path.
  ///
  /// - Throws: `TensorError` with code `shape/parameter` if an initialiser gives another shape.
  public func initialStates(key: RandomKey) throws -> ParameterTree {
    try initial(states, key: key)
  }

  private func initial(_ specs: [ParameterSpec], key: RandomKey) throws -> ParameterTree {
    var tree = ParameterTree()
    for spec in specs {
      let value = try spec.initializer.draw(spec.shape, key: key.folded(spec.path))
      guard value.shape.sizes == spec.shape else { throw misshaped(spec, value.shape) }
      tree[spec.path] = value
    }
    return tree
  }

  private func misshaped(_ spec: ParameterSpec, _ shape: Shape) -> TensorError {
    TensorError(
      "shape/parameter",
      "the initialiser of \(spec.path) gives shape \(shape), but the \(spec.kind) has shape \(spec.shape)",
      help: ["an initialiser is a function from a shape to a tensor: shape -> 0.1 * normal(shape)"])
  }

  /// Puts a mistake about the output down to the layer that decides it.
  func blamed(_ error: TensorError) -> any Error {
    decisive.map { LayerError(error, in: $0.layer, input: $0.input?.shape) } ?? error
  }
}

/// Notes what a model asks for while it runs on shapes.
private final class Recorder: LayerObserver {
  let trace: Trace
  /// The parameters and states that were asked for, in order.
  private(set) var specs: [ParameterSpec] = []
  var layers: [LayerSummary] { lines.compactMap(\.self) }
  private(set) var decisive: LayerRun?
  private var known: [String: (tensor: Tensor, isState: Bool)] = [:]
  /// How many numbers the parameters and the states hold so far.
  private var size = ModelSize()
  private var lines: [LayerSummary?] = []
  private var open: [Opening] = []

  /// A layer that has begun, and what had been counted then.
  private struct Opening {
    let run: LayerRun
    let line: Int
    let size: ModelSize
    let asked: Int
    let step: Int
  }

  /// How often a parameter or a state was asked for, shared ones included.
  private var asked = 0

  init(trace: Trace) { self.trace = trace }

  func parameter(_ spec: ParameterSpec) throws -> Tensor {
    asked += 1
    if let (tensor, isState) = known[spec.path] {
      guard isState == spec.isState else { throw ambiguous(spec) }
      guard tensor.shape.sizes == spec.shape else { throw reshaped(spec, from: tensor.shape) }
      return tensor
    }
    let shape = try Shape(spec.shape)
    let tensor =
      trace.evaluates
      ? try trace.input(like: spec.initializer.draw(spec.shape, key: RandomKey(seed: 0)))
      : try trace.input(Form(shape, .float32))
    known[spec.path] = (tensor, spec.isState)
    specs.append(spec)
    if spec.isState { size.states += shape.count } else { size.parameters += shape.count }
    return tensor
  }

  func layerBegins(_ run: LayerRun) {
    open.append(
      Opening(run: run, line: lines.count, size: size, asked: asked, step: trace.count))
    lines.append(nil)
  }

  func layerEnds(_ output: Tensor?) {
    guard let opening = open.popLast() else { return }
    let hasParameters = asked > opening.asked
    lines[opening.line] = LayerSummary(
      source: opening.run.layer.source, depth: open.count,
      isShared: !opening.run.isFirst && hasParameters,
      outputShape: output.map { Array($0.shape.sizes.dropFirst()) } ?? [],
      parameters: size.parameters - opening.size.parameters,
      states: size.states - opening.size.states,
      multiplyAdds: trace.multiplyAdds(from: opening.step) / Declaration.batch)
    let changes = hasParameters || opening.run.input?.shape != output?.shape
    if open.isEmpty, changes || decisive == nil { decisive = opening.run }
  }

  private func reshaped(_ spec: ParameterSpec, from shape: Shape) -> TensorError {
    TensorError(
      "model/parameter",
      "its \(spec.kind) \(spec.path) has shape \(shape) where it is first used and \(spec.shape) here",
      help: [
        "make a second layer, or give the second \(spec.kind) another name, if the two need not share"
      ])
  }

  private func ambiguous(_ spec: ParameterSpec) -> TensorError {
    TensorError(
      "model/parameter", "\(spec.path) is asked for both as a parameter and as a state",
      help: ["give one of them another name"])
  }
}

/// How many numbers a model holds.
private struct ModelSize {
  var parameters = 0
  var states = 0
}
