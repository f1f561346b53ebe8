import LeptonRuntime
import LeptonSession
import LeptonTensor

/// Derivatives of a function beside differences of its values, in float64.
struct GradientCheck {
  private let function: Value
  private let arguments: Arguments
  private let slots: [ArgumentSlot]
  private let context: Context
  /// What weighs the elements of the results, so that none can hide another.
  private var weights: [Tensor] = []
  private var lines: [Line] = []
  /// Whether the function gives float32 whatever it is given, so that differences are coarse.
  private let isSingle: Bool

  /// The elements of one leaf that are tried at most.
  private static let limit = 100

  /// One leaf of an argument: the element where both differ most.
  private struct Line {
    let name: String
    let shape: Shape
    let tried: Int
    var place: [Int]
    var exact: Double
    var difference: Double
    var error: Double
  }

  /// Tries a function at a point.
  init(
    _ function: Value, _ values: [Value], by chosen: ChosenArguments, in context: Context
  ) throws {
    self.function = function
    self.context = context
    arguments = Arguments(try values.map(GradientCheck.inDoublePrecision))
    slots = try chosen.slots(in: arguments, of: function)
    let list = ChosenArguments(choices: chosen.choices, isList: true)
    let call = try Differentiation(function, arguments, by: list, in: context)
    weights = try GradientCheck.weights(of: call.result)
    isSingle = try call.result.leaves().contains { $0.tensor.elementType == .float32 }
    var rest = weights[...]
    let vectors = try call.result.structure { _ in rest.popFirst().map(Value.tensor) ?? .nothing }
    var slopes = try call.pullback(vectors).leaves()[...]
    let size = try value(arguments).magnitude
    for (number, slot) in slots.enumerated() {
      let names = chosen.names(of: function)
      for (place, leaf) in try arguments[slot].leaves().enumerated() {
        guard let slope = slopes.popFirst() else { continue }
        lines.append(
          try line(names[number] + leaf.path, slot, place, leaf, slope.tensor, size))
      }
    }
  }

  /// The argument in float64: numbers too, since a list of them would become float32.
  private static func inDoublePrecision(_ value: Value) throws -> Value {
    try value.replacingLeaves { .tensor(try $0.tensor.cast(to: .float64)) }
  }

  private static func weights(of result: Value) throws -> [Tensor] {
    let leaves = try result.leaves()
    let isSingle = leaves.reduce(0) { $0 + $1.tensor.shape.count } == 1
    return try leaves.enumerated().map { index, leaf in
      try RandomKey(seed: 1).folded(UInt64(index)).uniform(
        leaf.tensor.shape.sizes, from: isSingle ? 1 : 0.5, to: isSingle ? 1 : 1.5, type: .float64)
    }
  }

  /// The weighed sum of what the function gives.
  private func value(_ arguments: Arguments) throws -> Double {
    let leaves = try context.call(function, arguments).leaves()
    guard leaves.map(\.tensor.shape) == weights.map(\.shape) else {
      throw LanguageError(
        "gradient/structure", "the function gives results of other shapes at a point nearby")
    }
    return try zip(leaves, weights).reduce(0) {
      $0 + (try $1.0.tensor.cast(to: .float64).multiplying($1.1).sum().item())
    }
  }

  private func line(
    _ name: String, _ slot: ArgumentSlot, _ leafPlace: Int, _ leaf: Leaf, _ slope: Tensor,
    _ size: Double
  ) throws -> Line {
    let (elements, exact) = (
      try leaf.tensor.elements(as: Double.self), try slope.elements(as: Double.self)
    )
    let step = max(1, (elements.count + Self.limit - 1) / Self.limit)
    let places = Array(stride(from: 0, to: elements.count, by: step))
    var line = Line(
      name: name, shape: leaf.tensor.shape, tried: places.count, place: [], exact: 0,
      difference: 0, error: 0)
    for place in places {
      try context.checkInterruption()
      let difference = try difference(slot, leafPlace, leaf, elements, place)
      let scale = max(
        exact[place].magnitude, difference.magnitude, (isSingle ? 1e-2 : 1e-5) * max(1, size))
      let error = (exact[place] - difference).magnitude / scale
      guard line.place.isEmpty && place == places[0] || !(error <= line.error) else { continue }
      line.place = leaf.tensor.shape.index(of: place)
      (line.exact, line.difference, line.error) = (exact[place], difference, error)
      if error.isNaN { break }
    }
    return line
  }

  /// The derivative by one element, from four values around it: the error is of order h⁴.
  private func difference(
    _ slot: ArgumentSlot, _ leafPlace: Int, _ leaf: Leaf, _ elements: [Double], _ place: Int
  ) throws -> Double {
    let step = (isSingle ? 5e-3 : 1e-4) * max(1, elements[place].magnitude)
    let ends = try [-2.0, -1, 1, 2].map { factor in
      var (moved, changed, seen) = (elements, arguments, 0)
      moved[place] += factor * step
      changed[slot] = try arguments[slot].replacingLeaves { other in
        defer { seen += 1 }
        return .tensor(
          seen == leafPlace ? try Tensor(moved, shape: leaf.tensor.shape.sizes) : other.tensor)
      }
      return try value(changed)
    }
    return (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / (12 * step)
  }

  /// A line for each leaf; `ok` says whether all errors are within a tolerance.
  func table(tolerance: Double) throws -> TableObject {
    let tolerance = isSingle ? max(tolerance, 1e-2) : tolerance
    if isSingle {
      context.emit(.notice("gradcheck allows errors of 1 %, since the function gives float32"))
    }
    let worst = lines.reduce(0.0) { $1.error.isNaN || $1.error > $0 ? $1.error : $0 }
    return try TableObject(
      Table(
        columns: [
          "argument", "shape", "tried", "worst at", "analytic", "numeric", "relative error",
          "agrees",
        ]
        .map { Table.Column($0) },
        rows: lines.map {
          [
            .text($0.name), .text("\($0.shape)"), .int($0.tried),
            $0.place.isEmpty ? .missing : .text("\($0.place)"), .float($0.exact),
            .float($0.difference), .float($0.error), .bool($0.error <= tolerance),
          ]
        }),
      totals: Record([
        "ok": .bool(lines.allSatisfy { $0.error <= tolerance }), "error": .float(worst),
      ]))
  }
}

extension Shape {
  /// The index of an element, by its place in row-major order.
  fileprivate func index(of place: Int) -> [Int] {
    var (rest, index) = (place, sizes)
    for axis in sizes.indices.reversed() {
      index[axis] = rest % max(sizes[axis], 1)
      rest /= max(sizes[axis], 1)
    }
    return index
  }
}
