/// What stands in the margin that ``Tensor/padded(before:after:by:)`` puts around a tensor.
public enum Margin: String, Sendable, CaseIterable {
  /// The element at the edge.
  case edge
  /// The elements mirrored at the element at the edge, which is not repeated: `c b | a b c | b a`.
  case reflect
  /// The elements mirrored at the edge: `b a | a b c | c b`.
  case symmetric
  /// The elements from the other end: `b c | a b c | a b`.
  case wrap

  /// The place among `size` from which the element at `place` outside comes.
  func source(of place: Int, size: Int) -> Int {
    switch self {
    case .edge: return Swift.min(Swift.max(place, 0), size - 1)
    case .wrap: return (place % size + size) % size
    case .reflect:
      let period = Swift.max(2 * (size - 1), 1)
      let rest = (place % period + period) % period
      return rest < size ? rest : period - rest
    case .symmetric:
      let rest = (place % (2 * size) + 2 * size) % (2 * size)
      return rest < size ? rest : 2 * size - 1 - rest
    }
  }

  /// A stretch of elements, forwards or backwards.
  struct Piece {
    let start: Int
    let end: Int
    let isMirrored: Bool
  }

  /// The margins and what they surround as stretches; nothing where that takes more than three.
  func pieces(_ before: Int, _ after: Int, of size: Int) -> [Piece]? {
    let skipped = self == .reflect ? 1 : 0
    guard self != .edge, max(before, after) <= size - skipped else { return nil }
    let isMirrored = self != .wrap
    let (first, last) =
      isMirrored
      ? (skipped..<skipped + before, size - skipped - after..<size - skipped)
      : (size - before..<size, 0..<after)
    let pieces = [
      Piece(start: first.lowerBound, end: first.upperBound, isMirrored: isMirrored),
      Piece(start: 0, end: size, isMirrored: false),
      Piece(start: last.lowerBound, end: last.upperBound, isMirrored: isMirrored),
    ]
    return pieces.filter { $0.start < $0.end }
  }
}

extension Tensor {
  /// The tensor with `value` put before and after each axis.
  ///
  /// Throws `shape/pad` unless `before` and `after` have one size of at least 0 for each axis.
  public func padded(before: [Int], after: [Int], value: Double = 0) throws -> Tensor {
    try Operation.pad.applied(
      [self], Attributes(sizes: after, starts: before, numbers: [value]))
  }
  /// The tensor with elements of its own put before and after each axis.
  ///
  /// Throws `shape/pad` unless `before` and `after` have one size of at least 0 for each axis, and
  /// `shape/empty` for an axis of no elements.
  public func padded(before: [Int], after: [Int], by margin: Margin) throws -> Tensor {
    let target = try Operation.pad.rule([form], Attributes(sizes: after, starts: before))
    return try shape.sizes.indices.reduce(self) { result, axis in
      guard before[axis] + after[axis] > 0 else { return result }
      guard shape[axis] > 0 else {
        throw TensorError(
          "shape/empty", "axis \(axis) of shape \(shape) has no elements to put in its margin")
      }
      if let pieces = margin.pieces(before[axis], after[axis], of: shape[axis]) {
        return try Tensor.concatenated(
          pieces.map { piece in
            let whole = Array(repeating: Slice(), count: axis)
            let part = try result.sliced(whole + [Slice(from: piece.start, to: piece.end)])
            return piece.isMirrored ? try part.flipped(axes: [axis]) : part
          }, axis: axis)
      }
      let places = try Tensor.range(target.shape[axis]).elements(as: Int.self).map {
        margin.source(of: $0 - before[axis], size: shape[axis])
      }
      return try result.gathered(Tensor(places, shape: [places.count]), axis: axis)
    }
  }
  /// The elements moved along axes; what leaves at one end comes in at the other.
  ///
  /// Throws `shape/axis` if an axis does not exist.
  public func rolled(by distances: [Int], axes: [Int]) throws -> Tensor {
    try zip(distances, axes).reduce(self) { result, move in
      let axis = try shape.axis(move.1)
      let size = shape[axis]
      guard size > 0 else { return result }
      let first = (size - move.0 % size) % size
      guard first != 0 else { return result }
      let whole = Array(repeating: Slice(), count: axis)
      return try Tensor.concatenated(
        [result.sliced(whole + [Slice(from: first)]), result.sliced(whole + [Slice(to: first)])],
        axis: axis)
    }
  }
  /// The tensor side by side with itself, so many times along each axis.
  ///
  /// Missing axes count as 1 on either side. Throws `value/range` for a negative number.
  public func tiled(_ times: [Int]) throws -> Tensor {
    guard times.allSatisfy({ $0 >= 0 }) else {
      throw TensorError("value/range", "a tensor cannot be repeated \(times.min() ?? 0) times")
    }
    let rank = Swift.max(times.count, shape.rank)
    let times = Array(repeating: 1, count: rank - times.count) + times
    let sizes = Array(repeating: 1, count: rank - shape.rank) + shape.sizes
    let target = try Shape(zip(times, sizes).map { try Shape([$0, $1]).count })
    return try reshaped(to: sizes.flatMap { [1, $0] }).broadcast(
      to: zip(times, sizes).flatMap { [$0, $1] }
    )
    .reshaped(to: target.sizes)
  }
  /// Each place along an axis so many times, one after the other.
  ///
  /// `times` holds one number for all places, or one for each. Throws `value/range` for a negative
  /// number, and `shape/count` if there are not as many as places.
  public func repeatedEach(_ times: [Int], axis: Int) throws -> Tensor {
    let axis = try shape.axis(axis)
    let size = shape[axis]
    guard times.count == size || times.count == 1 else {
      throw TensorError(
        "shape/count", "\(times.count) numbers of times are given for an axis of size \(size)")
    }
    guard times.allSatisfy({ $0 >= 0 }) else {
      throw TensorError("value/range", "a place cannot be repeated \(times.min() ?? 0) times")
    }
    let each = (0..<size).map { times[times.count == 1 ? 0 : $0] }
    let total = try each.reduce(0) { try Shape([$0 + Shape([$1]).count]).count }
    let places = try Tensor(form: Form(Shape([total]), .int64)) { bytes in
      var rest = bytes.bindMemory(to: Int.self)[...]
      for (place, count) in each.enumerated() {
        rest.prefix(count).update(repeating: place)
        rest = rest.dropFirst(count)
      }
    }
    return try gathered(places, axis: axis)
  }
}

extension Tensor {
  /// The elements on a diagonal of the last two axes; the new axis is the last.
  ///
  /// `offset` counts diagonals to the right, negative ones below. Throws `shape/axis` if there are
  /// not two axes.
  public func diagonal(offset: Int = 0) throws -> Tensor {
    guard shape.rank >= 2 else {
      throw TensorError("shape/axis", "shape \(shape) has no two axes with a diagonal")
    }
    let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let (top, left) = (offset < 0 ? offset.magnitude : 0, offset > 0 ? offset.magnitude : 0)
    let lead = Array(shape.sizes.dropLast(2))
    let count = Swift.max(0, Swift.min(rows - Int(clamping: top), columns - Int(clamping: left)))
    let start = count == 0 ? 0 : Int(top) * columns + Int(left)
    let flat = try reshaped(to: lead + [rows * columns])
    let end = start + count * (columns + 1)
    return try flat.sliced(
      lead.map { _ in Slice() } + [Slice(from: start, to: end, step: columns + 1)])
  }
  /// A matrix with the elements of a tensor of one axis on a diagonal, and zeros elsewhere.
  public func diagonalMatrix(offset: Int = 0) throws -> Tensor {
    guard shape.rank == 1, offset > -Shape.limit, offset < Shape.limit else {
      throw TensorError("shape/axis", "shape \(shape) does not make the diagonal of one matrix")
    }
    let size = try Shape([shape[0] + abs(offset)]).count
    let first = offset < 0 ? -offset * size : offset
    let places = try Tensor.range(shape[0]).multiplying(size + 1).adding(first)
    return try Tensor(repeating: 0, shape: [Shape([size, size]).count], type: elementType)
      .scattering(self, at: places).reshaped(to: [size, size])
  }
  /// The elements on and below a diagonal of the last two axes, zeros above it; or the other way.
  public func triangle(upper: Bool, offset: Int = 0) throws -> Tensor {
    guard shape.rank >= 2 else {
      throw TensorError("shape/axis", "shape \(shape) has no two axes with a diagonal")
    }
    let rows = try Tensor.range(shape[shape.rank - 2]).expanded(at: 1)
    let distance = try Tensor.range(shape[shape.rank - 1]).subtracting(rows)
    let isKept = try upper ? distance.greaterOrEqual(to: offset) : distance.lessOrEqual(to: offset)
    return try Tensor.select(isKept, self, Tensor(repeating: 0, shape: [], type: elementType))
  }
}
