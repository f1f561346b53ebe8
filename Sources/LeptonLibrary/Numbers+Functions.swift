import Glibc
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Further functions of numbers: inverse and hyperbolic ones, and those of two numbers.
  static var furtherFunctions: [Builtin] {
    [
      elementwise(
        "asin(x)", "The angle in radians whose sine is given.", examples: ["asin(0)": "0.0"],
        number: { Glibc.asin($0) }, tensor: { try $0.asin() }),
      elementwise(
        "acos(x)", "The angle in radians whose cosine is given.", examples: ["acos(1)": "0.0"],
        number: { Glibc.acos($0) }, tensor: { try $0.acos() }),
      elementwise(
        "atan(x)", "The angle in radians whose tangent is given.", examples: ["atan(0)": "0.0"],
        number: { Glibc.atan($0) }, tensor: { try $0.atan() }),
      pair(
        "atan2(y, x)", "The angle of the point (x, y) in radians, between -pi and pi.",
        examples: ["atan2(0, 1)": "0.0", "atan2([0.0], 1)": "tensor([0.0])"],
        number: Glibc.atan2, tensor: Tensor.angle),
      pair(
        "hypot(a, b)", "The length `sqrt(a^2 + b^2)`, without overflow.",
        examples: ["hypot(3, 4)": "5.0", "hypot([3.0, 6.0], [4.0, 8.0])": "tensor([5.0, 10.0])"],
        number: Glibc.hypot, tensor: Tensor.hypotenuse),
      elementwise(
        "sinh(x)", "The hyperbolic sine.", examples: ["sinh(0)": "0.0"],
        number: { Glibc.sinh($0) }, tensor: { try $0.sinh() }),
      elementwise(
        "cosh(x)", "The hyperbolic cosine.", examples: ["cosh(0)": "1.0"],
        number: { Glibc.cosh($0) }, tensor: { try $0.cosh() }),
      elementwise(
        "expm1(x)", "`exp(x) - 1`, exact also near 0.", examples: ["expm1(0)": "0.0"],
        number: { Glibc.expm1($0) }, tensor: { try $0.expm1() }),
      elementwise(
        "log1p(x)", "`log(1 + x)`, exact also near 0.", examples: ["log1p(0)": "0.0"],
        number: { Glibc.log1p($0) }, tensor: { try $0.log1p() }),
      elementwise(
        "erf(x)", "The error function, from -1 to 1.", examples: ["erf(0)": "0.0"],
        number: { Glibc.erf($0) }, tensor: { try $0.erf() }),
    ]
  }

  /// A word that gives a fraction for two numbers; tensors broadcast.
  private static func pair(
    _ heading: String, _ summary: String, examples: KeyValuePairs<String, String>,
    number: @escaping (Double, Double) -> Double,
    tensor: @escaping (any TensorOperand, any TensorOperand) throws -> Tensor
  ) -> Builtin {
    Builtin(heading, summary, examples: examples) { (a: Numeric, b: Numeric) -> Numeric in
      if let x = a.number, let y = b.number { return .float(number(x, y)) }
      return .tensor(try tensor(a.operand, b.operand))
    }
  }
}
