import LeptonTensor

/// How a file stores numbers, and the type of tensor that holds them without loss.
enum RawType: String, CaseIterable {
  case bool, uint8, int8, uint16, int16, uint32, int32, int64, uint64, float16, bfloat16, float32,
    float64

  var byteCount: Int {
    switch self {
    case .bool, .uint8, .int8: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .uint32, .int32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// The type of tensor that holds all such numbers; of `uint64` those below 2⁶³.
  var elementType: ElementType {
    switch self {
    case .bool: .bool
    case .uint8: .uint8
    case .int8: .int8
    case .uint16, .int16, .int32: .int32
    case .uint32, .int64, .uint64: .int64
    case .float16, .bfloat16, .float32: .float32
    case .float64: .float64
    }
  }
}

extension Tensor {
  /// Makes a tensor of the bytes of a file, whose count has been checked to fit the shape.
  ///
  /// - Parameter isBigEndian: whether the most significant byte of a number stands first.
  /// - Throws: `TensorError` if the shape is too large, memory is short or a number does not fit.
  init(
    raw bytes: ArraySlice<UInt8>, _ type: RawType, shape: [Int], isBigEndian: Bool = false
  ) throws {
    let form = Form(try Shape(shape), type.elementType)
    try self.init(form: form) { target in
      try bytes.withUnsafeBytes { source in
        guard source.count == form.shape.count * type.byteCount else {
          throw TensorError("shape/count", "the bytes do not fill shape \(form.shape)")
        }
        RawConversion(source: source, target: target, isBigEndian: isBigEndian).convert(type)
        if type == .uint64, target.bindMemory(to: Int.self).contains(where: { $0 < 0 }) {
          throw TensorError("value/range", "int64 does not hold whole numbers from 2⁶³ on")
        }
      }
    }
  }
}

/// Carries numbers from the layout of a file into that of a tensor, which may be the same memory
/// where they take as much room in both.
struct RawConversion {
  let source: UnsafeRawBufferPointer
  let target: UnsafeMutableRawBufferPointer
  let isBigEndian: Bool

  func convert(_ type: RawType) {
    switch type {
    case .bool: each(UInt8.self) { UInt8($0 == 0 ? 0 : 1) }
    case .uint8, .int8: target.copyMemory(from: source)
    case .uint16: each(UInt16.self) { Int32($0) }
    case .int16: each(Int16.self) { Int32($0) }
    case .uint32: each(UInt32.self) { Int($0) }
    case .float16: each(UInt16.self) { Float(half: $0) }
    case .bfloat16: each(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .int32, .float32: each(UInt32.self) { $0 }
    case .int64, .uint64, .float64: each(UInt64.self) { $0 }
    }
  }

  /// Converts number by number; the file's need not be aligned.
  private func each<Raw: FixedWidthInteger, Element>(_: Raw.Type, _ body: (Raw) -> Element) {
    let size = MemoryLayout<Raw>.size
    for index in 0..<source.count / size {
      let raw = source.loadUnaligned(fromByteOffset: index * size, as: Raw.self)
      target.storeBytes(
        of: body(isBigEndian ? Raw(bigEndian: raw) : Raw(littleEndian: raw)),
        toByteOffset: index * MemoryLayout<Element>.size, as: Element.self)
    }
  }
}

extension Float {
  /// The number that 16 bits stand for (IEEE 754 binary16).
  init(half bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      self = sign == 0 ? magnitude : -magnitude
    case 0x1F: self.init(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: self.init(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
