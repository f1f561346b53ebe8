import LeptonTensor

/// How a file stores an array: what its elements are, and the byte at which they begin.
struct ArrayLayout {
  var type: RawType
  var shape: [Int]
  var start: Int
  /// Whether the most significant byte of a number stands first.
  var isBigEndian = false
  /// Whether neighbours along the first axis are neighbours in the file.
  var isColumnMajor = false
  /// Whether the last axis is the real and the imaginary part of a number.
  var isComplex = false
}

extension Tensor {
  /// Makes a tensor of the elements of an array, which have been checked to fill it.
  ///
  /// - Throws: `TensorError` if the shape is too large or memory is short.
  init(_ layout: ArrayLayout, _ elements: ArraySlice<UInt8>) throws {
    let whole = layout.shape.count - (layout.isComplex ? 1 : 0)
    let axes = Array((0..<whole).reversed()) + (whole..<layout.shape.count)
    let shape = layout.isColumnMajor ? axes.map { layout.shape[$0] } : layout.shape
    let stored = try Tensor(
      raw: elements, layout.type, shape: shape, isBigEndian: layout.isBigEndian)
    self = layout.isColumnMajor ? try stored.transposed(axes: axes) : stored
  }
}
