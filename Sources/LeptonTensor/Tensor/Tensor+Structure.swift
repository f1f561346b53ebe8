// Operations that move elements without computing with them.

extension Tensor {
  /// The same elements, in the same order, in another shape; one size may be −1 and is found.
  ///
  /// Throws `shape/count` if the counts differ.
  public func reshaped(to sizes: [Int]) throws -> Tensor {
    let target = try shape.completing(sizes)
    if target == shape { return self }
    if case .elements = content { return Tensor(form: Form(target, elementType), content: content) }
    return try Operation.reshape.applied([self], Attributes(sizes: target.sizes))
  }
  /// The axes in another order, reversed for `nil`.
  ///
  /// Throws `shape/axis` unless every axis is named once.
  public func transposed(axes: [Int]? = nil) throws -> Tensor {
    let order = axes ?? Array((0..<shape.rank).reversed())
    let resolved = try order.map(shape.axis)
    guard try shape.axes(resolved).count == shape.rank else {
      throw TensorError("shape/axis", "\(order) does not name every axis of shape \(shape)")
    }
    return resolved == Array(0..<shape.rank)
      ? self : try Operation.transpose.applied([self], Attributes(axes: resolved))
  }
  /// The last two axes exchanged; a tensor with fewer axes stays as it is.
  public func matrixTransposed() throws -> Tensor {
    guard shape.rank >= 2 else { return self }
    var order = Array(0..<shape.rank)
    order.swapAt(shape.rank - 1, shape.rank - 2)
    return try transposed(axes: order)
  }
  /// The elements repeated along new axes and axes of size 1.
  ///
  /// Throws `shape/broadcast` if an axis of another size differs.
  public func broadcast(to sizes: [Int]) throws -> Tensor {
    let target = try Shape(sizes)
    guard try shape.broadcast(with: target) == target else {
      throw TensorError("shape/broadcast", "shape \(shape) does not broadcast to \(target)")
    }
    return target == shape
      ? self : try Operation.broadcast.applied([self], Attributes(sizes: target.sizes))
  }
  /// A new axis of size 1 before the named one; `rank` or −1 puts it last.
  public func expanded(at axis: Int) throws -> Tensor {
    var sizes = shape.sizes
    let place = axis < 0 ? axis + shape.rank + 1 : axis
    guard place >= 0, place <= shape.rank else {
      throw TensorError("shape/axis", "axis \(axis) does not exist beside shape \(shape)")
    }
    sizes.insert(1, at: place)
    return try reshaped(to: sizes)
  }
  /// Without the named axes of size 1, all such for `nil`.
  ///
  /// Throws `shape/axis` if one has another size.
  public func squeezed(axes: [Int]? = nil) throws -> Tensor {
    let resolved =
      try axes.map { try shape.axes($0) } ?? shape.sizes.indices.filter { shape[$0] == 1 }
    for axis in resolved where shape[axis] != 1 {
      throw TensorError("shape/axis", "axis \(axis) of shape \(shape) is not of size 1")
    }
    return try reshaped(to: shape.sizes.indices.filter { !resolved.contains($0) }.map { shape[$0] })
  }
  /// A part of each axis; missing axes are taken whole.
  ///
  /// Slices follow Python: out-of-range ends are cut, negative steps run backwards. Throws
  /// `value/step` for a step of 0 and `shape/axis` for too many slices.
  public func sliced(_ slices: [Slice]) throws -> Tensor {
    guard slices.count <= shape.rank else {
      throw TensorError(
        "shape/axis", "\(slices.count) indices are too many for shape \(shape)")
    }
    var ranges = try zip(slices, shape.sizes).map { try $0.resolved(for: $1) }
    ranges += shape.sizes.dropFirst(slices.count).map { (0, $0, 1) }
    if zip(ranges, shape.sizes).allSatisfy({ $0.start == 0 && $0.count == $1 && $0.step == 1 }) {
      return self
    }
    return try Operation.slice.applied(
      [self],
      Attributes(sizes: ranges.map(\.count), starts: ranges.map(\.start), steps: ranges.map(\.step))
    )
  }
  /// One place along an axis, which goes.
  ///
  /// Throws `value/index` if there is no such place.
  public func element(at index: Int, axis: Int = 0) throws -> Tensor {
    let axis = try shape.axis(axis)
    let size = shape[axis]
    guard index >= -size, index < size else {
      throw TensorError("value/index", "index \(index) is outside an axis of size \(size)")
    }
    let place = index < 0 ? index + size : index
    var slices = Array(repeating: Slice(), count: axis)
    slices.append(Slice(from: place, to: place + 1))
    return try sliced(slices).squeezed(axes: [axis])
  }
  /// Tensors of one rank joined along an axis.
  ///
  /// Throws `shape/concatenate` if other axes differ, or if there are no tensors.
  public static func concatenated(_ tensors: [Tensor], axis: Int = 0) throws -> Tensor {
    guard let first = tensors.first else {
      throw TensorError("shape/concatenate", "there is nothing to join")
    }
    let type = tensors.dropFirst().reduce(first.elementType) { $0.promoted(with: $1.elementType) }
    return try Operation.concatenate.applied(
      tensors.map { try $0.cast(to: type) }, Attributes(axes: [first.shape.axis(axis)]))
  }
  /// Tensors of one shape joined along a new axis.
  ///
  /// Throws `shape/concatenate` if shapes differ, or if there are no tensors.
  public static func stacked(_ tensors: [Tensor], axis: Int = 0) throws -> Tensor {
    try concatenated(tensors.map { try $0.expanded(at: axis) }, axis: axis)
  }
  /// The elements backwards along axes, all of them for `nil`.
  public func flipped(axes: [Int]? = nil) throws -> Tensor {
    let resolved = try shape.axes(axes)
    return try sliced(
      shape.sizes.indices.map { resolved.contains($0) ? Slice(step: -1) : Slice() })
  }
  /// For each whole number a row of zeros with a 1 at its place; the new axis is the last.
  public func oneHot(_ classes: Int, type: ElementType = .float32) throws -> Tensor {
    let places = try Tensor.range(classes)
    return try cast(to: .int64).expanded(at: -1).equal(to: places).cast(to: type)
  }
  /// The whole numbers from 0 to `count` − 1.
  public static func range(_ count: Int) throws -> Tensor {
    try Tensor(form: Form(Shape([count]), .int64)) { bytes in
      let places = bytes.bindMemory(to: Int.self)
      for place in places.indices { places[place] = place }
    }
  }
  /// The matrix product, over the last two axes; the axes before them broadcast.
  ///
  /// A vector counts as a row on the left and a column on the right, and its axis goes. Throws
  /// `shape/inner` if the inner sizes differ.
  public func matmul(_ other: Tensor) throws -> Tensor {
    guard shape.rank > 0, other.shape.rank > 0 else {
      throw TensorError("shape/inner", "a single number has no matrix product")
    }
    let inner = other.shape[Swift.max(other.shape.rank - 2, 0)]
    guard shape[shape.rank - 1] == inner else { throw Operation.innerMismatch(shape, other.shape) }
    if let product = try multipliedShortly(by: other) { return product }
    if shape.rank > 2 && other.shape.rank == 2 {
      // One product of many rows instead of many products with one matrix.
      let lead = shape.sizes.dropLast()
      return try reshaped(to: [lead.reduce(1, *), inner]).matmul(other)
        .reshaped(to: lead + [other.shape[1]])
    }
    let type = elementType.promoted(with: other.elementType)
    let left = shape.rank == 1 ? try expanded(at: 0) : self
    let right = other.shape.rank == 1 ? try other.expanded(at: 1) : other
    let product = try Operation.matmul.applied([left.cast(to: type), right.cast(to: type)])
    var result = product
    if other.shape.rank == 1 { result = try result.squeezed(axes: [-1]) }
    if shape.rank == 1 { result = try result.squeezed(axes: [other.shape.rank == 1 ? -1 : -2]) }
    return result
  }
  /// The same value as a new step of the trace, so that a derivative with respect to it does not
  /// see the tensor from which it came.
  public func distinct() throws -> Tensor { try Operation.identity.applied(self) }
  /// The same value, through which no derivative passes.
  public func stopped() throws -> Tensor {
    isTraced ? try Operation.stop.applied(self) : self
  }
}

/// A part of an axis, as Python's `start:stop:step`.
public struct Slice: Sendable, Hashable {
  /// The first place; from the near end for `nil`, counted from the end if negative.
  public var start: Int?
  /// The place before which to stop; at the far end for `nil`.
  public var stop: Int?
  /// The distance between places.
  public var step: Int

  /// Makes a slice; without arguments it is the whole axis.
  public init(from start: Int? = nil, to stop: Int? = nil, step: Int = 1) {
    self.start = start
    self.stop = stop
    self.step = step
  }

  /// Where the slice of an axis starts, and how many places it takes.
  func resolved(for size: Int) throws -> (start: Int, count: Int, step: Int) {
    guard step != 0, step > -Shape.limit, step < Shape.limit else {
      throw TensorError("value/step", "a slice cannot have a step of \(step)")
    }
    let (low, high) = step > 0 ? (0, size) : (-1, size - 1)
    func place(_ index: Int) -> Int {
      Swift.min(Swift.max(index < 0 ? index + size : index, low), high)
    }
    let first = start.map(place) ?? (step > 0 ? low : high)
    let end = stop.map(place) ?? (step > 0 ? high : low)
    let distance = step > 0 ? end - first : first - end
    let count = distance <= 0 ? 0 : (distance + abs(step) - 1) / abs(step)
    return (count == 0 ? 0 : first, count, step)
  }
}

extension Shape {
  /// The shape that the sizes name, in which one −1 stands for what is missing.
  func completing(_ sizes: [Int]) throws -> Shape {
    guard let unknown = sizes.firstIndex(of: -1) else {
      let target = try Shape(sizes)
      guard target.count == count else { throw misfit(sizes) }
      return target
    }
    var rest = sizes
    rest[unknown] = 1
    let known = try Shape(rest).count
    guard known > 0, count % known == 0 else { throw misfit(sizes) }
    rest[unknown] = count / known
    return try Shape(rest)
  }

  private func misfit(_ sizes: [Int]) -> TensorError {
    TensorError(
      "shape/count", "\(count) elements of shape \(self) do not fill shape \(sizes)",
      help: sizes.contains(-1)
        ? ["the other sizes, multiplied, must divide \(count)"]
        : sizes.count > 1
          ? [
            "\(sizes.map(String.init).joined(separator: " * ")) is \(sizes.reduce(1, *)); a size of -1 stands for the one that fits"
          ] : [])
  }
}
