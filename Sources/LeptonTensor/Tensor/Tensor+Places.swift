// Elements at places that a tensor of whole numbers names.

extension Tensor {
  /// The places along an axis that a tensor of whole numbers names; its shape replaces the axis.
  ///
  /// Negative places count from the end. Throws `value/index` if one does not exist (inside a plan
  /// such a place gives zeros).
  public func gathered(_ indices: Tensor, axis: Int = 0) throws -> Tensor {
    let axis = try shape.axis(axis)
    try indices.requireIndices(below: shape[axis])
    return try Operation.gather.applied([self, indices], Attributes(axes: [axis]))
  }
  /// This tensor with updates added at the places along an axis that whole numbers name.
  ///
  /// `updates` has the shape that ``gathered(_:axis:)`` would give. Places named twice add twice.
  public func scatterAdding(_ updates: Tensor, at indices: Tensor, axis: Int = 0) throws -> Tensor {
    try scattered(by: .scatterAdd, updates, indices, axis)
  }
  /// This tensor with updates put at the places along an axis that whole numbers name.
  ///
  /// `updates` has the shape that ``gathered(_:axis:)`` would give. The last of several updates for
  /// one place wins.
  public func scattering(_ updates: Tensor, at indices: Tensor, axis: Int = 0) throws -> Tensor {
    try scattered(by: .scatter, updates, indices, axis)
  }
  /// For each place along the axis of `indices`, the element there: `out[i, j] = self[i, indices[i, j]]`.
  ///
  /// The other axes broadcast. Throws `value/index` if a place does not exist.
  public func takenAlong(_ indices: Tensor, axis: Int) throws -> Tensor {
    try reshaped(to: [shape.count]).gathered(places(along: axis, indices))
  }
  /// This tensor with updates put at places along an axis: `out[i, indices[i, j]] = updates[i, j]`.
  ///
  /// `updates` broadcasts. The last of several updates for one place wins.
  public func scatteringAlong(_ updates: Tensor, at indices: Tensor, axis: Int) throws -> Tensor {
    let places = try places(along: axis, indices)
    return try reshaped(to: [shape.count])
      .scattering(updates.broadcast(to: places.shape.sizes), at: places).reshaped(to: shape.sizes)
  }
  /// This tensor with updates added at places along an axis: `out[i, indices[i, j]] += updates[i, j]`.
  public func scatterAddingAlong(_ updates: Tensor, at indices: Tensor, axis: Int) throws -> Tensor
  {
    let places = try places(along: axis, indices)
    return try reshaped(to: [shape.count])
      .scatterAdding(updates.broadcast(to: places.shape.sizes), at: places)
      .reshaped(to: shape.sizes)
  }

  private func scattered(
    by operation: Operation, _ updates: Tensor, _ indices: Tensor, _ axis: Int
  ) throws -> Tensor {
    let axis = try shape.axis(axis)
    try indices.requireIndices(below: shape[axis])
    return try operation.applied(
      [self, indices, updates.cast(to: elementType)], Attributes(axes: [axis]))
  }

  /// The places in row-major order of what `indices` names along an axis.
  private func places(along axis: Int, _ indices: Tensor) throws -> Tensor {
    let axis = try shape.axis(axis)
    guard indices.shape.rank == shape.rank else {
      throw TensorError(
        "shape/index",
        "places of shape \(indices.shape) are named for shape \(shape): they need as many axes")
    }
    let size = shape[axis]
    try indices.requireIndices(below: size)
    let named = try indices.cast(to: .int64)
    let positive = try Tensor.select(named.less(than: 0), named.adding(size), named)
    let strides = shape.strides
    var places = try positive.multiplying(strides[axis])
    for other in shape.sizes.indices where other != axis {
      places = try places.adding(
        Tensor.range(shape[other]).multiplying(strides[other]).along(other, of: shape))
    }
    guard indices.isTraced else { return places }
    // A place outside its line must not reach into the next one.
    let isInside = try positive.greaterOrEqual(to: 0).and(positive.less(than: size))
    return try Tensor.select(isInside, places, shape.count)
  }
}

extension Tensor {
  /// The places of the elements that are true or not 0: one tensor of whole numbers for each axis.
  ///
  /// Throws `trace/read` if the elements are not known yet.
  public func placesOfNonzero() throws -> [Tensor] {
    let truths = try cast(to: .bool).elements(as: UInt8.self)
    let places = truths.indices.filter { truths[$0] != 0 }
    if shape.rank == 1 { return [try Tensor(places, shape: [places.count])] }
    return try zip(shape.strides, shape.sizes).map { stride, size in
      try Tensor(places.map { $0 / stride % size }, shape: [places.count])
    }
  }

  /// Checks places along an axis if their values are known.
  func requireIndices(below size: Int) throws {
    guard elementType.isInteger else {
      throw TensorError("type/index", "places must be whole numbers, not \(elementType.rawValue)")
    }
    if let index = try place(outside: size) {
      throw TensorError("value/index", "index \(index) is outside an axis of size \(size)")
    }
  }

  /// The first of the whole numbers that names no place on an axis, if their values are known.
  public func place(outside size: Int) throws -> Int? {
    guard !isTraced else { return nil }
    func first<E: Element>(_ type: E.Type) throws -> Int? {
      try withUnsafeBytes { bytes in
        let index = bytes.bindMemory(to: E.self).first { $0.asInt >= size || $0.asInt < -size }
        return index.map(\.asInt)
      }
    }
    return try elementType == .int64 ? first(Int.self) : first(elementType.swiftType)
  }
}
