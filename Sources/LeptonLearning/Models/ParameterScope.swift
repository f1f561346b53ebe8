import LeptonTensor

/// What a layer sees of the model it stands in: its parameters, and whether training goes on.
///
/// The scope knows at which path the running layer stands. Parameters come from whoever made the
/// scope: a model gives those it holds, a declaration notes what is asked for.
public final class ParameterScope {
  /// Where parameters come from.
  public typealias Provider = (ParameterSpec) throws -> Tensor

  /// Whether the model is being trained, which makes dropout drop.
  public let isTraining: Bool

  private let provide: Provider
  private let key: RandomKey?
  private var draws = 0
  private var names: [String: Int] = [:]
  private var path: [String] = []
  private var places: [ObjectIdentifier: [String]] = [:]
  private var owners: [[String]: ObjectIdentifier] = [:]
  private var failureIsNamed = false

  /// Is told of each layer that has run: its path, the layer, what went in and what came out.
  var observer: ((LayerRun) -> Void)?

  /// Makes a scope.
  public init(isTraining: Bool, key: RandomKey? = nil, provide: @escaping Provider) {
    self.isTraining = isTraining
    self.key = key
    self.provide = provide
  }

  /// The parameter of that name of the running layer.
  ///
  /// - Throws: `TensorError` if the model holds a parameter of another shape under that path, or none.
  public func parameter(
    _ name: String, _ shape: [Int], _ initializer: Initializer
  ) throws -> Tensor {
    let path = (path + [name]).joined(separator: ".")
    return try provide(ParameterSpec(path: path, shape: shape, initializer: initializer))
  }

  /// A name for a parameter of the running layer that the layer has not named: the word itself at
  /// first, then with a number.
  public func nextName(_ word: String) -> String {
    let place = (path + [word]).joined(separator: ".")
    let ordinal = (names[place] ?? 0) + 1
    names[place] = ordinal
    return ordinal == 1 ? word : "\(word)_\(ordinal)"
  }

  /// A key for a draw of chance by the running layer, another one at each call; nothing outside training.
  public func nextKey() -> RandomKey? {
    draws += 1
    return key?.folded(path.joined(separator: ".")).folded(UInt64(draws))
  }

  /// Runs a layer at a place below the running one.
  ///
  /// A layer that ran before, here or elsewhere in the model, keeps the place it had, and so shares
  /// its parameters. A failure is put down to the innermost layer in which it arose.
  public func apply(_ layer: any Layer, to x: Tensor, at component: String? = nil) throws -> Tensor
  {
    let outer = path
    path = place(of: layer, component: component ?? layer.name)
    defer { path = outer }
    let start = x.trace?.count ?? 0
    do {
      let output = try layer.apply(x, in: self)
      observer?(LayerRun(path: path, layer: layer, output: output, firstStep: start))
      return output
    } catch let error as TensorError where !failureIsNamed && !(layer is Sequential) {
      failureIsNamed = true
      throw error.naming(layer, input: x)
    }
  }

  /// Finds where a layer stands; one that is new goes below the running layer.
  private func place(of layer: any Layer, component: String) -> [String] {
    let identity = ObjectIdentifier(layer)
    if let known = places[identity] { return known }
    var place = path + [component]
    var ordinal = 1
    while owners[place] != nil {
      ordinal += 1
      place = path + ["\(component)_\(ordinal)"]
    }
    owners[place] = identity
    places[identity] = place
    return place
  }
}

/// A parameter that a layer asks for.
public struct ParameterSpec: Sendable, Hashable {
  /// Its name in the model, which is also its name in a file: `0.dense.kernel`.
  public let path: String
  /// Its shape.
  public let shape: [Int]
  /// How its first value is drawn.
  public let initializer: Initializer
}

/// A layer that has run.
struct LayerRun {
  let path: [String]
  let layer: any Layer
  let output: Tensor
  /// How many steps the trace had before it ran.
  let firstStep: Int
}
