import CKernels
import Glibc

/// Numbers that a kernel computes with side by side, so that its formula is written once for each type.
protocol Lanes: Sendable {
  associatedtype Number: LaneNumber
  /// How many numbers there are.
  static var count: Int { get }
  /// Reads numbers that follow each other; those behind the end of a row are read too.
  static func load(_ source: UnsafePointer<Number>) -> Self
  /// Writes the first of the numbers.
  func store(_ target: UnsafeMutablePointer<Number>, _ count: Int)
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  /// The same number in every lane.
  static func all(_ number: Number) -> Self
  /// 1 / (1 + exp(−x)).
  func sigmoid() -> Self
  /// The hyperbolic tangent.
  func tanh() -> Self
  /// max(x, 0), which lets NaN through.
  func relu() -> Self
  /// 1 where the number is above 0, else 0.
  func step() -> Self
}

/// Fractions that come in lanes.
protocol LaneNumber: Real {
  associatedtype Lane: Lanes where Lane.Number == Self
}

extension Float: LaneNumber { typealias Lane = EightLanes }
extension Double: LaneNumber { typealias Lane = OneLane }

/// Eight numbers of float32; errors of `sigmoid` and `tanh` are at most 2.5 ulp.
struct EightLanes: Lanes {
  private let v: SIMD8<Float>

  @inline(__always) private init(_ v: SIMD8<Float>) { self.v = v }
  @inline(__always) static var count: Int { 8 }
  @inline(__always) static func load(_ source: UnsafePointer<Float>) -> EightLanes {
    EightLanes(lk_load(source))
  }
  @inline(__always) func store(_ target: UnsafeMutablePointer<Float>, _ count: Int) {
    if count >= 8 { lk_store(target, v) } else { lk_store_part(target, v, count) }
  }
  @inline(__always) static func + (a: EightLanes, b: EightLanes) -> EightLanes {
    EightLanes(a.v + b.v)
  }
  @inline(__always) static func - (a: EightLanes, b: EightLanes) -> EightLanes {
    EightLanes(a.v - b.v)
  }
  @inline(__always) static func * (a: EightLanes, b: EightLanes) -> EightLanes {
    EightLanes(a.v * b.v)
  }
  @inline(__always) static func all(_ number: Float) -> EightLanes { EightLanes(lk_splat(number)) }
  @inline(__always) func sigmoid() -> EightLanes { EightLanes(lk_sigmoid(v)) }
  @inline(__always) func tanh() -> EightLanes { EightLanes(lk_tanh(v)) }
  @inline(__always) func relu() -> EightLanes { EightLanes(lk_relu(v)) }
  @inline(__always) func step() -> EightLanes {
    EightLanes(lk_above(v, lk_splat(0), lk_splat(1), lk_splat(0)))
  }
}

/// One number of float64.
struct OneLane: Lanes {
  private let v: Double

  @inline(__always) private init(_ v: Double) { self.v = v }
  @inline(__always) static var count: Int { 1 }
  @inline(__always) static func load(_ source: UnsafePointer<Double>) -> OneLane {
    OneLane(source.pointee)
  }
  @inline(__always) func store(_ target: UnsafeMutablePointer<Double>, _ count: Int) {
    target.pointee = v
  }
  @inline(__always) static func + (a: OneLane, b: OneLane) -> OneLane { OneLane(a.v + b.v) }
  @inline(__always) static func - (a: OneLane, b: OneLane) -> OneLane { OneLane(a.v - b.v) }
  @inline(__always) static func * (a: OneLane, b: OneLane) -> OneLane { OneLane(a.v * b.v) }
  @inline(__always) static func all(_ number: Double) -> OneLane { OneLane(number) }
  @inline(__always) func sigmoid() -> OneLane { OneLane(1 / (1 + exp(-v))) }
  @inline(__always) func tanh() -> OneLane { OneLane(Glibc.tanh(v)) }
  @inline(__always) func relu() -> OneLane { OneLane(v < 0 ? 0 : v) }
  @inline(__always) func step() -> OneLane { OneLane(v > 0 ? 1 : 0) }
}
