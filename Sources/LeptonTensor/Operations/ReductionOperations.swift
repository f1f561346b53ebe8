import CKernels

// Reductions over one run of neighbouring axes, which get size 1. Several runs are reduced one
// after the other by the callers in `Tensor+Reduction.swift`.

extension Operation {
  static let reductions: [Operation] = [
    sum, product, max, min, anyTrue, allTrue, argmax, argmin,
  ]

  /// Σ x.
  public static let sum = reduction(
    "sum", "The sum over axes.", Folds.Sum.self, needsElements: false,
    derivative: .unary { x, _, g in try g.broadcast(to: x.shape.sizes) })

  /// Π x.
  public static let product = reduction(
    "prod", "The product over axes.", Folds.Product.self, needsElements: false,
    derivative: .unary { x, y, g in
      // The product of all others is that of those before times that of those behind: nothing is
      // divided, so it is exact where elements are 0, as is its own derivative.
      let axes = x.shape.sizes.indices.filter { y.shape[$0] != x.shape[$0] }
      guard let first = axes.first, let last = axes.last else { return g }
      let sizes = x.shape.sizes
      let line = try x.reshaped(
        to: sizes[..<first] + [sizes[first...last].reduce(1, *)] + sizes[(last + 1)...])
      func before(_ x: Tensor) throws -> Tensor {
        try x.cumulativeProduct(axis: first).shifted(by: 1, axis: first, filling: 1)
      }
      let behind = try before(line.flipped(axes: [first])).flipped(axes: [first])
      return try g.multiplying(before(line).multiplying(behind).reshaped(to: sizes))
    })

  /// max x.
  public static let max = reduction(
    "max", "The largest element over axes; NaN if one is.", Folds.Largest.self,
    needsElements: true, derivative: .unary(shareAmongEquals))

  /// min x.
  public static let min = reduction(
    "min", "The smallest element over axes; NaN if one is.", Folds.Smallest.self,
    needsElements: true, derivative: .unary(shareAmongEquals))

  /// Whether one is true.
  public static let anyTrue = reduction(
    "any", "Whether one element over axes is true.", Folds.Sum.self, needsElements: false)

  /// Whether all are true.
  public static let allTrue = reduction(
    "all", "Whether all elements over axes are true.", Folds.Product.self, needsElements: false)

  /// The place of the largest element.
  public static let argmax = location(
    "argmax", "The place of the first largest element along an axis; of the first NaN if any.",
    largest: true)

  /// The place of the smallest element.
  public static let argmin = location(
    "argmin", "The place of the first smallest element along an axis; of the first NaN if any.",
    largest: false)

  private static func shareAmongEquals(_ x: Tensor, _ y: Tensor, _ g: Tensor) throws -> Tensor {
    let equal = try x.equal(to: y).cast(to: x.elementType)
    let axes = x.shape.sizes.indices.filter { y.shape[$0] != x.shape[$0] }
    return try g.multiplying(equal).dividing(equal.sum(axes: axes, keepingDimensions: true))
  }
}

extension Batching {
  /// Itself, with each axis one further in, for operations of one operand that name axes.
  static let shiftedAxes = Batching.rule { operation, operands, _, attributes in
    var attributes = attributes
    attributes.axes = attributes.axes.map { $0 + 1 }
    return try operation.applied(operands, attributes)
  }
}

/// A way to fold many elements into one.
protocol Fold: SendableMetatype {
  /// Whether the fold is a sum, which keeps double precision between blocks.
  static var isSum: Bool { get }
  static func start<T: Arithmetic>(_ type: T.Type) -> T
  static func join<T: Arithmetic>(_ a: T, _ b: T) -> T
}

/// The folds that reductions and running values are made of.
enum Folds {
  enum Sum: Fold {
    @inline(__always) static var isSum: Bool { true }
    @inline(__always) static func start<T: Arithmetic>(_ type: T.Type) -> T { T(converting: 0) }
    @inline(__always) static func join<T: Arithmetic>(_ a: T, _ b: T) -> T { T.plus(a, b) }
  }
  enum Product: Fold {
    @inline(__always) static var isSum: Bool { false }
    @inline(__always) static func start<T: Arithmetic>(_ type: T.Type) -> T { T(converting: 1) }
    @inline(__always) static func join<T: Arithmetic>(_ a: T, _ b: T) -> T { T.times(a, b) }
  }
  enum Largest: Fold {
    @inline(__always) static var isSum: Bool { false }
    @inline(__always) static func start<T: Arithmetic>(_ type: T.Type) -> T { T.least }
    @inline(__always) static func join<T: Arithmetic>(_ a: T, _ b: T) -> T { T.larger(a, b) }
  }
  enum Smallest: Fold {
    @inline(__always) static var isSum: Bool { false }
    @inline(__always) static func start<T: Arithmetic>(_ type: T.Type) -> T { T.greatest }
    @inline(__always) static func join<T: Arithmetic>(_ a: T, _ b: T) -> T { T.smaller(a, b) }
  }
}

extension Operation {
  fileprivate static func reduction<F: Fold>(
    _ name: String, _ document: String, _ fold: F.Type, needsElements: Bool,
    derivative: Derivative = .none
  ) -> Operation {
    var row = Operation(
      name, document,
      rule: { forms, attributes in
        var sizes = forms[0].shape.sizes
        for axis in attributes.axes {
          if needsElements && sizes[axis] == 0 { throw emptyAxis(name, forms[0].shape) }
          sizes[axis] = 1
        }
        return Form(try Shape(sizes), forms[0].elementType)
      },
      kernel: { FoldWork<F>.work(of: $0.output.elementType, $0) },
      derivative: derivative, batching: .shiftedAxes)
    row.shortFold = { type, x, count, output in
      func fold<T: Arithmetic>(_ type: T.Type) -> Bool {
        let x = x.assumingMemoryBound(to: T.self)
        output.assumingMemoryBound(to: T.self)[0] = FoldKernel<T, F>.along(x, count)
        return true
      }
      return switch type {
      case .float32: fold(Float.self)
      case .float64: fold(Double.self)
      case .int64: fold(Int.self)
      default: false
      }
    }
    return row
  }

  fileprivate static func location(_ name: String, _ document: String, largest: Bool) -> Operation {
    Operation(
      name, document,
      rule: { forms, attributes in
        var sizes = forms[0].shape.sizes
        if sizes[attributes.axes[0]] == 0 { throw emptyAxis(name, forms[0].shape) }
        sizes[attributes.axes[0]] = 1
        return Form(try Shape(sizes), .int64)
      },
      kernel: { problem in
        let type = problem.inputs[0].elementType
        return largest
          ? LargestPlace.work(of: type, problem) : SmallestPlace.work(of: type, problem)
      },
      derivative: .none, batching: .shiftedAxes)
  }

  private static func emptyAxis(_ name: String, _ shape: Shape) -> TensorError {
    TensorError("shape/empty", "there is no \(name) over an empty axis of shape \(shape)")
  }
}
