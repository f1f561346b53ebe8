// Recurrent cells, each as formulas on lanes: a step forwards, and what a step passes back. The kernel
// that goes through a sequence is one for all of them (``RecurrentKernel``).

/// A recurrent cell: how the state of a unit follows from the last one.
///
/// The state of a unit has one part (h) or two (h, c). Each of a cell's gates has a number for each unit
/// of what comes in, of state @ recurrent, and of the bias.
protocol Cell: SendableMetatype {
  /// The gates.
  static var gates: Int { get }
  /// The parts of the state.
  static var parts: Int { get }
  /// The numbers for each unit that a step passes back; the gates' come first.
  static var slopes: Int { get }
  /// Whether what a step passes back depends on state @ recurrent.
  static var needsProduct: Bool { get }
  /// Computes the new state of some units.
  static func forward<V: Lanes>(_ row: CellRow<V.Number>, _ unit: Int, _ count: Int, as: V.Type)
  /// Computes what some units pass back.
  static func backward<V: Lanes>(_ row: SlopeRow<V.Number>, _ unit: Int, _ count: Int, as: V.Type)
  /// What does not depend on what comes from later steps, for all steps at once, in operations.
  static func local(_ step: CellStep) throws -> [Tensor]
  /// What one step passes back, in operations: the same as ``backward(_:_:_:as:)``.
  static func slopes(_ local: [Tensor], _ carried: [Tensor]) throws -> CellSlopes
}

/// One step of a cell in one row of a batch.
struct CellRow<T> {
  let units: Int
  /// What comes in, gate by gate.
  let input: UnsafePointer<T>
  /// state @ recurrent, gate by gate.
  let product: UnsafePointer<T>
  let bias: UnsafePointer<T>
  /// h, and c where the cell has one; replaced by the new ones.
  let state: UnsafeMutablePointer<T>
  let memory: UnsafeMutablePointer<T>
  /// Where the new state goes, part by part.
  let output: UnsafeMutablePointer<T>

  /// What reaches a gate.
  @inline(__always)
  func sum<V: Lanes>(_ gate: Int, _ unit: Int, as type: V.Type) -> V where V.Number == T {
    let place = gate * units + unit
    return V.load(input + place) + (V.load(product + place) + V.load(bias + place))
  }
}

/// One step of a cell seen backwards, in one row of a batch.
struct SlopeRow<T> {
  let units: Int
  let input: UnsafePointer<T>
  let product: UnsafePointer<T>
  let bias: UnsafePointer<T>
  /// The state before the step, and after it.
  let previous: UnsafePointer<T>
  let previousMemory: UnsafePointer<T>
  let state: UnsafePointer<T>
  /// The gradient with respect to the state after the step, part by part, without what later steps say.
  let gradient: UnsafePointer<T>
  /// What later steps say of h and c; replaced by what this one says without the product's share.
  let carry: UnsafeMutablePointer<T>
  let memoryCarry: UnsafeMutablePointer<T>
  /// Where the slopes go, and those that pass through the product.
  let slopes: UnsafeMutablePointer<T>
  let recurrent: UnsafeMutablePointer<T>

  /// What reaches a gate.
  @inline(__always)
  func sum<V: Lanes>(_ gate: Int, _ unit: Int, as type: V.Type) -> V where V.Number == T {
    let place = gate * units + unit
    return V.load(input + place) + (V.load(product + place) + V.load(bias + place))
  }

  /// Writes a slope of a gate for both sides.
  @inline(__always)
  func store<V: Lanes>(_ slope: V, _ gate: Int, _ unit: Int, _ count: Int) where V.Number == T {
    slope.store(slopes + (gate * units + unit), count)
    slope.store(recurrent + (gate * units + unit), count)
  }

  /// The gradient with respect to h.
  @inline(__always)
  func slope<V: Lanes>(_ unit: Int, as type: V.Type) -> V where V.Number == T {
    V.load(gradient + unit) + V.load(carry + unit)
  }
}

/// All steps of a sequence, in operations: `[batch, time, …]` each.
struct CellStep {
  let units: Int
  /// What comes in, and state @ recurrent + bias.
  let input: Tensor
  let product: Tensor
  /// The states before each step and after it.
  let previous: Tensor
  let state: Tensor

  /// What belongs to a gate or a part.
  func part(_ tensor: Tensor, _ number: Int) throws -> Tensor {
    try tensor.lastAxis(number * units, units)
  }

  /// What reaches a gate.
  func sum(_ gate: Int) throws -> Tensor { try part(input, gate).adding(part(product, gate)) }
}

/// What a step passes back, in operations.
struct CellSlopes {
  /// The slopes, in the order of the kernel.
  let slopes: [Tensor]
  /// Those that pass through the product.
  let recurrent: [Tensor]
  /// What passes to the last state directly, part by part.
  let carried: [Tensor]
}

extension Tensor {
  /// Some places of the last axis.
  func lastAxis(_ start: Int, _ count: Int) throws -> Tensor {
    try sliced((0..<shape.rank - 1).map { _ in Slice() } + [Slice(from: start, to: start + count)])
  }

  /// The factor s (1 − s), the slope of a sigmoid with value s.
  func slopeOfSigmoid() throws -> Tensor { try multiplying(Tensor.difference(1, self)) }

  /// The factor 1 − y², the slope of a tanh with value y.
  func slopeOfTanh() throws -> Tensor { try Tensor.difference(1, multiplying(self)) }
}
