import LeptonRuntime
import LeptonTensor

/// How far results may be off, relative to their size or to 1, whichever is more; 0 asks for the
/// same bits.
struct Tolerance: Sendable {
  /// For elements of float32.
  let single: Double
  /// For elements of float64 and for numbers.
  let double: Double

  /// Whether a value is of the type, shape and size of another one.
  func accepts(_ value: Value, as expected: Value) -> Bool {
    switch (value, expected) {
    case (.tensor(let x), .tensor(let y)): accepts(x, as: y)
    case (.float(let x), .float(let y)): accepts(x, as: y, double)
    case (.int(let x), .int(let y)): x == y
    case (.bool(let x), .bool(let y)): x == y
    case (.string(let x), .string(let y)): x.isSame(as: y)
    case (.nothing, .nothing): true
    case (.list(let x), .list(let y)):
      x.count == y.count && zip(x, y).allSatisfy { accepts($0, as: $1) }
    case (.record(let x), .record(let y)):
      x.names == y.names && zip(x.values, y.values).allSatisfy { accepts($0, as: $1) }
    case (.object(let x), .record(let y)):
      x.fieldNames == y.names
        && zip(y.names, y.values).allSatisfy { name, value in
          (try? x.field(name)).flatMap { $0.map { accepts($0, as: value) } } ?? false
        }
    default: false
    }
  }

  private func accepts(_ x: Tensor, as y: Tensor) -> Bool {
    guard x.shape == y.shape, x.elementType == y.elementType else { return false }
    let isSingle = y.elementType == .float32
    if !y.elementType.isFloat {
      return (try? x.elements(as: Int.self) == y.elements(as: Int.self)) ?? false
    }
    guard let x = try? x.elements(as: Double.self), let y = try? y.elements(as: Double.self),
      x.count == y.count
    else { return false }
    return zip(x, y).allSatisfy { accepts($0, as: $1, isSingle ? single : double) }
  }

  private func accepts(_ x: Double, as y: Double, _ tolerance: Double) -> Bool {
    if y.isNaN || x.isNaN { return y.isNaN && x.isNaN }
    if x == y { return tolerance > 0 || x != 0 || x.sign == y.sign }
    return abs(x - y) <= tolerance * max(1, abs(y))
  }
}
