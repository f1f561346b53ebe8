import LeptonTensor

/// Resampling pictures to another size.
public enum Resizing {
  /// A picture `[height, width]` or `[height, width, channels]` in another size.
  ///
  /// Each new pixel is the mean of the area that it covers in the old picture: two matrix products,
  /// one for each axis.
  ///
  /// - Throws: `TensorError` with code `shape/picture` if the tensor is no picture, or `value/range`
  ///   for a size below 1.
  public static func apply(_ picture: Tensor, height: Int, width: Int) throws -> Tensor {
    let shape = picture.shape.sizes
    guard shape.count == 2 || shape.count == 3 else {
      throw TensorError("shape/picture", "a picture is [height, width], not \(picture.shape)")
    }
    guard height >= 1, width >= 1, shape[0] >= 1, shape[1] >= 1 else {
      throw TensorError("value/range", "a picture needs at least one pixel along each axis")
    }
    let type = picture.elementType
    let rows = try means(from: shape[0], to: height).cast(to: type)
    let columns = try means(from: shape[1], to: width).cast(to: type)
    guard shape.count == 3 else {
      return try rows.matmul(picture).matmul(columns.matrixTransposed())
    }
    let planes = try picture.transposed(axes: [2, 0, 1])
    return try rows.matmul(planes).matmul(columns.matrixTransposed()).transposed(axes: [1, 2, 0])
  }

  /// The matrix `[new, old]` whose rows take means over the areas of new pixels.
  private static func means(from old: Int, to new: Int) throws -> Tensor {
    let scale = Double(old) / Double(new)
    return try Tensor(form: Form(Shape([new, old]), .float64)) { bytes in
      let weights = bytes.bindMemory(to: Double.self)
      weights.update(repeating: 0)
      for row in 0..<new {
        let (start, end) = (Double(row) * scale, Double(row + 1) * scale)
        for column in min(Int(start), old - 1)..<min(Int(end.rounded(.up)), old) {
          let share = min(end, Double(column + 1)) - max(start, Double(column))
          weights[row * old + column] = max(0, share) / scale
        }
      }
    }
  }
}
