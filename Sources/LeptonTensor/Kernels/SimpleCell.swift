/// A cell without gates: h ← f(x + h U + b) (Elman 1990).
enum SimpleCell<F: CellFunction>: Cell {
  static var gates: Int { 1 }
  static var parts: Int { 1 }
  static var slopes: Int { 1 }
  static var needsProduct: Bool { false }

  @inline(__always)
  static func forward<V: Lanes>(_ row: CellRow<V.Number>, _ unit: Int, _ count: Int, as: V.Type) {
    let h = F.value(row.sum(0, unit, as: V.self))
    h.store(row.state + unit, count)
    h.store(row.output + unit, count)
  }

  @inline(__always)
  static func backward<V: Lanes>(_ row: SlopeRow<V.Number>, _ unit: Int, _ count: Int, as: V.Type) {
    let h = V.load(row.state + unit)
    row.store(row.slope(unit, as: V.self) * F.slope(h), 0, unit, count)
    V.all(0).store(row.carry + unit, count)
  }

  static func local(_ step: CellStep) throws -> [Tensor] { [try F.slope(step.state)] }

  static func slopes(_ local: [Tensor], _ carried: [Tensor]) throws -> CellSlopes {
    let slope = try carried[0].multiplying(local[0])
    return CellSlopes(slopes: [slope], recurrent: [slope], carried: [try slope.multiplying(0)])
  }
}

/// The function of a cell without gates; its slope is told by its value.
protocol CellFunction: SendableMetatype {
  static func value<V: Lanes>(_ x: V) -> V
  static func slope<V: Lanes>(_ value: V) -> V
  static func slope(_ value: Tensor) throws -> Tensor
}

/// The hyperbolic tangent.
enum TanhCell: CellFunction {
  @inline(__always) static func value<V: Lanes>(_ x: V) -> V { x.tanh() }
  @inline(__always) static func slope<V: Lanes>(_ value: V) -> V { V.all(1) - value * value }
  static func slope(_ value: Tensor) throws -> Tensor { try value.slopeOfTanh() }
}

/// max(x, 0).
enum ReluCell: CellFunction {
  @inline(__always) static func value<V: Lanes>(_ x: V) -> V { x.relu() }
  @inline(__always) static func slope<V: Lanes>(_ value: V) -> V { value.step() }
  static func slope(_ value: Tensor) throws -> Tensor {
    try value.greater(than: 0).cast(to: value.elementType)
  }
}
