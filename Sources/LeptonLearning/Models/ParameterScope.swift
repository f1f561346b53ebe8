import LeptonTensor

/// What a layer sees of the model it stands in: its parameters and states, and whether training goes on.
///
/// The scope knows at which path the running layer stands. Parameters and states come from whoever made
/// the scope: a model gives those it holds, a declaration notes what is asked for. What training makes
/// of the states is in ``carried``.
public final class ParameterScope {
  /// Where parameters and states come from.
  public typealias Provider = (ParameterSpec) throws -> Tensor

  /// Whether the model is being trained, which makes dropout drop.
  public let isTraining: Bool

  private let provide: Provider
  private let key: RandomKey?
  private var draws = 0
  private var chances = 0
  private var run = Run(path: [])
  private var places: [ObjectIdentifier: (layer: any Layer, path: [String])] = [:]

  /// What the layers have made of their states so far, by path; empty outside training.
  private(set) var carried: [String: Tensor] = [:]

  /// Is told of each layer that begins and ends to run.
  var observer: (any LayerObserver)?

  /// What the layers add to the loss.
  private(set) var charges: [Tensor] = []

  /// The values that the model wants to be looked at, under their names, in order.
  private var looked: [(name: String, value: Tensor)] = []

  /// Makes a scope.
  public init(isTraining: Bool, key: RandomKey? = nil, provide: @escaping Provider) {
    self.isTraining = isTraining
    self.key = key
    self.provide = provide
  }

  /// The parameter of that name of the running layer; the same name twice is the same parameter.
  ///
  /// - Throws: `TensorError` if the model holds a parameter of another shape under that path, or none.
  public func parameter(
    _ name: String, _ shape: [Int], _ initializer: Initializer
  ) throws -> Tensor {
    try provide(ParameterSpec(path: path(name), shape: shape, initializer: initializer))
  }

  /// The state of that name of the running layer, which `next` carries on while training: it gives of the
  /// state what the next step of training finds.
  ///
  /// No gradient passes through what `next` gives. A layer that runs twice in a step carries its state
  /// on twice, and finds the second time what came of the first.
  ///
  /// - Throws: `TensorError` with code `shape/state` if `next` gives another shape, what `next` throws,
  ///   and what ``parameter(_:_:_:)`` throws.
  public func state(
    _ name: String, _ shape: [Int], _ initializer: Initializer = .zeros,
    next: ((Tensor) throws -> Tensor)? = nil
  ) throws -> Tensor {
    let spec = ParameterSpec(
      path: path(name), shape: shape, initializer: initializer, isState: true)
    let current = try carried[spec.path] ?? provide(spec)
    guard isTraining, let next else { return current }
    let value = try next(current)
    guard value.shape == current.shape else {
      throw TensorError(
        "shape/state",
        "the state \(name) has shape \(current.shape), and what it becomes has shape \(value.shape)",
        help: ["what the function gives must have the shape of the state"])
    }
    carried[spec.path] = try value.cast(to: current.elementType).stopped()
    return current
  }

  /// The path of a parameter or a state of the running layer.
  private func path(_ name: String) -> String {
    run.names.insert(name)
    return (run.path + [name]).joined(separator: ".")
  }

  /// A name for a parameter of the running layer that no other of it has: the word itself at first,
  /// then with a number, counted anew each time the layer runs.
  public func nextName(_ word: String) -> String { Run.free(word, among: run.names) }

  /// A key for a draw of chance by the running layer, another one at each call; nothing outside training.
  public func nextKey() -> RandomKey? {
    draws += 1
    return key?.folded(run.path.joined(separator: ".")).folded(UInt64(draws))
  }

  /// A key for whatever chance the run of a function of the language draws; nothing outside training.
  public func functionKey() -> RandomKey? {
    chances += 1
    return key?.folded("function").folded(UInt64(chances))
  }

  /// Adds a number to the loss of the step.
  public func charge(_ price: Tensor) { charges.append(price) }

  /// Has a value looked at when it is known; a name that stands there already gets a number.
  public func watch(_ name: String, _ value: Tensor) {
    looked.append((Run.free(name, among: Set(looked.map(\.name))), value))
  }

  /// The values to be looked at that belong to the trace of a tensor.
  func watched(with tensor: Tensor) -> [(name: String, value: Tensor)] {
    looked.filter { $0.value.trace === tensor.trace }
  }

  /// Runs a layer at a place below the running one.
  ///
  /// - Throws: what ``within(_:input:at:output:body:)`` throws.
  public func apply(_ layer: any Layer, to x: Tensor, at component: String? = nil) throws -> Tensor
  {
    try within(
      layer, input: x, at: component, output: { $0 }, body: { try layer.apply(x, in: self) })
  }

  /// Does something as the run of a layer at a place below the running one.
  ///
  /// A layer that ran before, here or elsewhere in the model, keeps the place it had, and so shares
  /// its parameters. A failure is put down to the innermost layer in which it arose.
  ///
  /// - Throws: `LayerError` in the place of a `TensorError`.
  public func within<Result>(
    _ layer: any Layer, input: Tensor?, at component: String? = nil,
    output: (Result) -> Tensor?, body: () throws -> Result
  ) throws -> Result {
    let isFirst = places[layer.identity] == nil
    let path = place(of: layer, component: component ?? layer.name)
    let outer = run
    run = Run(path: path)
    defer { run = outer }
    observer?.layerBegins(LayerRun(path: path, layer: layer, input: input, isFirst: isFirst))
    do {
      let result = try body()
      observer?.layerEnds(output(result))
      return result
    } catch let error as TensorError where !(layer is Sequential) {
      throw LayerError(error, in: layer, input: input?.shape)
    }
  }

  /// Finds where a layer stands; one that is new goes below the running layer.
  private func place(of layer: any Layer, component: String) -> [String] {
    if let known = places[layer.identity]?.path {
      if known.dropLast() == run.path[...], let last = known.last { run.children.insert(last) }
      return known
    }
    let name = Run.free(component, among: run.children)
    run.children.insert(name)
    places[layer.identity] = (layer, run.path + [name])
    return run.path + [name]
  }

  /// One run of a layer.
  ///
  /// Names are counted within it, so that a layer that runs again asks for the same parameters and
  /// finds the layers that it makes at the same places.
  private struct Run {
    let path: [String]
    /// The names of its parameters.
    var names: Set<String> = []
    /// What stands directly below it.
    var children: Set<String> = []

    /// The word itself, or the first with a number behind it, that is not taken.
    static func free(_ word: String, among taken: Set<String>) -> String {
      var name = word
      var ordinal = 1
      while taken.contains(name) {
        ordinal += 1
        name = "\(word)_\(ordinal)"
      }
      return name
    }
  }
}

/// A parameter or a state that a layer asks for.
public struct ParameterSpec: Sendable, Hashable {
  /// Its name in the model, which is also its name in a file: `0.dense.kernel`.
  public let path: String
  /// Its shape.
  public let shape: [Int]
  /// How its first value is drawn.
  public let initializer: Initializer
  /// Whether it is a state, which training carries on, instead of a parameter, which training learns.
  public var isState = false

  /// What it is called in messages.
  public var kind: String { isState ? "state" : "parameter" }
}
