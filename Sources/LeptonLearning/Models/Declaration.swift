import LeptonTensor

/// What running a model on shapes alone tells: its parameters, its layers, its output.
public struct Declaration {
  /// The parameters that the layers ask for, in order.
  public let parameters: [ParameterSpec]
  /// The layers that stand at the root, in order.
  public let layers: [LayerSummary]
  /// The shape of the output of one example.
  public let outputShape: [Int]

  /// Runs a model on shapes alone.
  ///
  /// - Throws: `TensorError` that names the layer whose input does not suit it.
  public init(_ layer: any Layer, exampleShape: [Int], type: ElementType = .float32) throws {
    let trace = Trace()
    let recorder = Recorder(trace: trace)
    let scope = ParameterScope(isTraining: false) { try recorder.parameter($0) }
    scope.observer = recorder.note
    let input = try trace.input(Form(Shape([Declaration.batch] + exampleShape), type))
    let output = try scope.applyRoot(layer, to: input)
    parameters = recorder.parameters
    layers = recorder.layers
    outputShape = Array(output.shape.sizes.dropFirst())
  }

  /// How many examples the batch has on which shapes are tried: more than 1, so that an axis of
  /// that size is not taken for one that broadcasts.
  static let batch = 2

  /// Draws the parameters; each has a key of its own, named by its path.
  public func initialParameters(key: RandomKey) throws -> ParameterTree {
    var tree = ParameterTree()
    for spec in parameters {
      tree[spec.path] = try spec.initializer.draw(spec.shape, key: key.folded(spec.path))
    }
    return tree
  }
}

/// A line of a model's summary.
public struct LayerSummary: Sendable, Hashable {
  /// The Lepton that makes the layer.
  public let source: String
  /// The shape of its output for one example.
  public let outputShape: [Int]
  /// How many numbers its parameters hold; those it shares with an earlier layer are not counted again.
  public let parameters: Int
  /// How many products it adds up for one example.
  public let multiplyAdds: Int

  /// The bytes of its parameters as float32.
  public var bytes: Int { 4 * parameters }
}

/// Notes what a model asks for while it runs on shapes.
private final class Recorder {
  let trace: Trace
  var parameters: [ParameterSpec] = []
  var layers: [LayerSummary] = []
  private var known: [String: Tensor] = [:]
  private var counted = 0

  init(trace: Trace) { self.trace = trace }

  func parameter(_ spec: ParameterSpec) throws -> Tensor {
    if let tensor = known[spec.path] {
      guard tensor.shape.sizes == spec.shape else { throw reshaped(spec, from: tensor.shape) }
      return tensor
    }
    let tensor = try trace.input(Form(Shape(spec.shape), .float32))
    known[spec.path] = tensor
    parameters.append(spec)
    return tensor
  }

  func note(_ run: LayerRun) {
    guard run.path.count == 1 else { return }
    let total = parameters.reduce(0) { $0 + $1.shape.reduce(1, *) }
    layers.append(
      LayerSummary(
        source: run.layer.source, outputShape: Array(run.output.shape.sizes.dropFirst()),
        parameters: total - counted,
        multiplyAdds: trace.multiplyAdds(from: run.firstStep) / Declaration.batch))
    counted = total
  }

  private func reshaped(_ spec: ParameterSpec, from shape: Shape) -> TensorError {
    TensorError(
      "model/parameter",
      "it is used twice, and its parameter \(spec.path) has shape \(shape) there and \(spec.shape) here",
      help: ["make a second layer if the two need not share"])
  }
}
