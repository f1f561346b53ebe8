import LeptonTensor

extension Tensor {
  /// The Lepton that makes the tensor, whole.
  public var source: String { text(limit: .max) }

  /// The Lepton that makes the tensor, shortened where it is large, rows below each other.
  public var display: String { text(limit: 1000) }

  private func text(limit: Int) -> String {
    guard let elements = try? elements(as: Double.self) else {
      return "<traced \(elementType.rawValue) tensor of shape \(shape.sizes)>"
    }
    // While a derivative is taken, a number is a tensor.
    if isTraced, elementType == .float64, shape.rank == 0 { return Value.float(elements[0]).source }
    var writer = TensorWriter(tensor: self, elements: elements, isCut: shape.count > limit)
    writer.lineLength = limit == .max ? .max : 80
    return writer.text
  }

  /// The word that makes a tensor of this element type.
  fileprivate var maker: String {
    switch elementType {
    case .float32, .int64, .bool: "tensor"
    default: elementType.rawValue
    }
  }

  /// An element as it is written.
  fileprivate func literal(_ number: Double, at position: Int) -> String {
    switch elementType {
    case .bool: number != 0 ? "true" : "false"
    case .float32: number.isFinite ? Float(number).description : ValueWriter.number(number)
    case .float64: ValueWriter.number(number)
    case .int64: (try? elements(as: Int.self)[position]).map(String.init) ?? "\(Int(number))"
    default: String(Int(number))
    }
  }
}

/// Writes a tensor as nested lists, with rows below each other where they do not fit a line.
private struct TensorWriter {
  let tensor: Tensor
  let elements: [Double]
  /// Whether long axes are cut.
  let isCut: Bool
  /// Whether shape and element type must be read from it.
  var isSource: Bool { lineLength == .max }
  /// Up to how many characters a tensor stands on one line.
  var lineLength = 80

  /// How many elements are shown at either end of a long axis.
  private static let ends = 3

  var text: String {
    if isSource, elements.isEmpty, tensor.shape.sizes != [0] || tensor.elementType != .float32 {
      let type = tensor.elementType == .float32 ? "" : ", \(tensor.elementType.rawValue)"
      return "zeros(\(tensor.shape.sizes)\(type))"
    }
    let integers = tensor.elementType == .int64 ? try? tensor.elements(as: Int.self) : nil
    let flat = rows(axis: 0, offset: 0, integers)
    let line = "\(tensor.maker)(\(flat.joined(separator: "")))"
    if line.count <= lineLength || tensor.shape.rank < 2 { return line }
    return broken(integers)
  }

  /// The whole on one line, in pieces.
  private func rows(axis: Int, offset: Int, _ integers: [Int]?) -> [String] {
    guard axis < tensor.shape.rank else { return [literal(offset, integers)] }
    let stride = tensor.shape.strides[axis]
    var pieces = ["["]
    for (place, index) in shown(tensor.shape[axis]).enumerated() {
      if place > 0 { pieces.append(", ") }
      guard let index else {
        pieces.append("…")
        continue
      }
      pieces += rows(axis: axis + 1, offset: offset + index * stride, integers)
    }
    return pieces + ["]"]
  }

  /// Each innermost row on a line of its own.
  private func broken(_ integers: [Int]?) -> String {
    let indent = tensor.maker.count + 1
    return "\(tensor.maker)(" + block(axis: 0, offset: 0, indent: indent, integers) + ")"
  }

  private func block(axis: Int, offset: Int, indent: Int, _ integers: [Int]?) -> String {
    if axis == tensor.shape.rank - 1 {
      return rows(axis: axis, offset: offset, integers).joined()
    }
    let stride = tensor.shape.strides[axis]
    let separator = ",\n" + String(repeating: " ", count: indent + 1)
    let parts = shown(tensor.shape[axis]).map { index in
      index.map {
        block(axis: axis + 1, offset: offset + $0 * stride, indent: indent + 1, integers)
      }
        ?? "…"
    }
    return "[" + parts.joined(separator: separator) + "]"
  }

  /// The positions shown of an axis; `nil` where some are left out.
  private func shown(_ count: Int) -> [Int?] {
    guard isCut, count > 2 * Self.ends else { return Array(0..<count) }
    return Array(0..<Self.ends) + [nil] + Array(count - Self.ends..<count)
  }

  private func literal(_ offset: Int, _ integers: [Int]?) -> String {
    if let integers { return String(integers[offset]) }
    return tensor.literal(elements[offset], at: offset)
  }
}
