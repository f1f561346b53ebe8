import Glibc
import LeptonRuntime
import Testing

@Suite("Formats of numbers")
struct TextFormatTests {
  /// What C writes for a number with so many digits behind the point.
  private func printed(_ number: Double, _ places: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 512)
    let count = withVaList([Int32(places), number]) { vsnprintf(&buffer, 512, "%.*f", $0) }
    return String(decoding: buffer.prefix(Int(count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  @Test("A number with fixed digits is rounded as its exact value asks")
  func fixed() throws {
    var numbers: [Double] = [
      0, 0.5, 1.5, 2.5, 0.125, 0.375, 2.675, 1.005, 999.9995, 1e15, 123_456_789.125, 0.1, 1e-5,
      .leastNonzeroMagnitude, 1e-30, 9_007_199_254_740_992, 1e17, 1e18, 1e22,
      1.7976931348623157e308, 0.05, 0.95,
    ]
    var state: UInt64 = 1
    for _ in 0..<3000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let scale = pow(10, Double(Int(state >> 59)) - 12)
      numbers.append(Double(state >> 12) / Double(1 << 52) * scale)
    }
    for number in numbers {
      for places in [0, 1, 2, 3, 6, 12, 18, 19] {
        for signed in [number, -number] {
          let text = try TextFormat(".\(places)f").apply(to: .float(signed))
          #expect(text == printed(signed, places))
        }
      }
    }
  }
}
