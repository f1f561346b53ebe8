import LeptonTensor

extension Tensor {
  /// The Lepton that makes the tensor, whole and exact.
  public var source: String {
    guard let text = try? TensorText(self, isWhole: true) else { return untold }
    return number ?? text.source
  }

  /// The Lepton that makes the tensor, fitted to the page: shortened where it is large, and rows below
  /// each other, with numbers of one width, where it is long.
  public var display: String {
    guard let text = try? TensorText(self, isWhole: false) else { return untold }
    return number ?? text.display
  }

  /// The shortest text of the number that a tensor without axes is; `nil` for others, and where it is not
  /// known yet.
  public var numeral: String? {
    shape.rank == 0 ? (try? TensorNumbers(self))?.literal(0) : nil
  }

  /// While a derivative is taken, a number is a tensor.
  private var number: String? {
    guard isTraced, elementType == .float64, shape.rank == 0 else { return nil }
    return (try? item()).map { Value.float($0).source }
  }

  private var untold: String {
    "<traced \(elementType.rawValue) tensor of shape \(shape.sizes)>"
  }

  /// The word that makes a tensor of this element type.
  fileprivate var maker: String {
    switch elementType {
    case .float32, .int64, .bool: "tensor"
    default: elementType.rawValue
    }
  }
}

/// A tensor as nested lists.
private struct TensorText {
  private let maker: String
  private let sizes: [Int]
  private let places: ShownPlaces
  private let numbers: TensorNumbers
  private let zeros: String?

  /// Takes the elements that are written: all, or where there are many of them those at the ends of the axes.
  init(_ tensor: Tensor, isWhole: Bool) throws {
    maker = tensor.maker
    sizes = tensor.shape.sizes
    places = ShownPlaces(sizes: sizes, isWhole: isWhole)
    numbers = try TensorNumbers(tensor, at: places.isCut ? places.all : nil)
    let isPlain = tensor.shape.count > 0 || (sizes == [0] && tensor.elementType == .float32)
    let type = tensor.elementType == .float32 ? "" : ", \(tensor.elementType.rawValue)"
    zeros = isPlain ? nil : "zeros(\(sizes)\(type))"
  }

  /// On one line; a tensor without elements is written so that shape and type can be read.
  var source: String { zeros ?? line }

  var display: String {
    if places.count <= Page.width {
      let line = line
      if line.count <= Page.width || sizes.isEmpty { return line }
      if let zeros { return zeros }
    }
    let aligned = numbers.aligned(at: places.all)
    return maker + "(" + block(axis: 0, from: 0, indent: maker.count + 1, aligned) + ")"
  }

  private var line: String {
    var text = maker + "("
    write(axis: 0, from: 0, to: &text)
    return text + ")"
  }

  /// An axis on one line, each number exactly.
  private func write(axis: Int, from offset: Int, to text: inout String) {
    guard axis < sizes.count else {
      text += numbers.literal(offset)
      return
    }
    let stride = places.stride(of: axis)
    text += "["
    for index in 0..<sizes[axis] {
      if index > 0 { text += ", " }
      write(axis: axis + 1, from: offset + index * stride, to: &text)
    }
    text += "]"
  }

  /// An axis with its parts below each other; the numbers of the last one fill lines.
  private func block(
    axis: Int, from offset: Int, indent: Int, _ aligned: AlignedNumbers
  ) -> String {
    let stride = places.stride(of: axis)
    let isLast = axis == sizes.count - 1
    let parts = places.positions(of: axis).map { index -> String in
      guard let index else { return "…" }
      let place = offset + index * stride
      return isLast
        ? aligned.text(at: place)
        : block(axis: axis + 1, from: place, indent: indent + 1, aligned)
    }
    let closing = sizes.count - axis + 1
    return isLast
      ? "[" + Page.filled(parts, indent: indent + 1, closing: closing) + "]"
      : "[" + parts.joined(separator: ",\n" + String(repeating: " ", count: indent + 1)) + "]"
  }
}

/// Which elements of a tensor are shown.
private struct ShownPlaces {
  /// More elements than that are shown by the ends of their axes.
  private static let limit = 500
  /// How many are shown at either end of a long axis.
  private static let ends = 3

  private let sizes: [Int]
  /// How many elements there are.
  let count: Int
  /// Whether some are left out.
  let isCut: Bool

  init(sizes: [Int], isWhole: Bool) {
    self.sizes = sizes
    count = sizes.reduce(1, *)
    isCut = !isWhole && count > Self.limit
  }

  /// The places of all elements that are shown.
  var all: [Int] { places(axis: 0, from: 0) }

  private func places(axis: Int, from offset: Int) -> [Int] {
    guard axis < sizes.count else { return [offset] }
    let stride = stride(of: axis)
    return positions(of: axis).flatMap { index in
      index.map { places(axis: axis + 1, from: offset + $0 * stride) } ?? []
    }
  }

  /// How far the parts along an axis are from each other.
  func stride(of axis: Int) -> Int { sizes[(axis + 1)...].reduce(1, *) }

  /// The positions shown of an axis; `nil` where some are left out.
  func positions(of axis: Int) -> [Int?] {
    guard isCut, sizes[axis] > 2 * Self.ends else { return Array(0..<sizes[axis]) }
    return Array(0..<Self.ends) + [nil] + Array(sizes[axis] - Self.ends..<sizes[axis])
  }
}
