import LeptonDisplay
import LeptonSession
import Testing

@Suite("Numbers are written in one way")
struct NumberTextTests {
  @Test(
    "General: integers whole, others to six digits, short exponents",
    arguments: [
      (3.0, "3"), (0.1, "0.1"), (1.0 / 3, "0.333333"), (1e-7, "1e-7"), (1.5e20, "1.5e20"),
      (-0.0, "0"), (123456789, "123456789"), (Double.nan, "nan"), (-Double.infinity, "-inf"),
      (1e15, "1e15"), (0.00001234, "1.234e-5"),
    ])
  func general(number: Double, text: String) {
    #expect(NumberText.text(of: number) == text)
  }

  @Test(
    "Fixed, per cent and grouped",
    arguments: [
      (0.985, NumberFormat.percent(digits: 2), "98.50 %"), (1.0, .fixed(digits: 3), "1.000"),
      (-0.0001, .fixed(digits: 2), "0.00"), (1e300, .fixed(digits: 2), "1e300"),
      (109_386, .grouped, "109,386"), (-1_000, .grouped, "-1,000"), (999, .grouped, "999"),
      (0.5, .grouped, "0.5"), (2.5, .fixed(digits: -3), "2"),
      (Double.nan, .percent(digits: 1), "nan %"),
    ])
  func formats(number: Double, format: NumberFormat, text: String) {
    #expect(NumberText.text(of: number, format) == text)
  }

  @Test(
    "A time has three digits and a unit",
    arguments: [
      (0, "0.00 ns"), (3.2e-9, "3.20 ns"), (9.999e-7, "1.00 µs"), (0.99996, "1.00 s"),
      (59, "59.0 s"),
      (119, "119 s"), (200, "3.33 min"), (7200, "2.00 h"), (-0.5, "-500 ms"),
      (1e300, "2.77778e296 h"),
      (.infinity, "inf"),
    ])
  func durations(seconds: Double, text: String) {
    #expect(NumberText.text(of: seconds, .duration) == text)
  }

  @Test("A number in a table of Markdown needs no escapes")
  func harmless() {
    var dice = Dice(state: 41)
    let formats: [NumberFormat] = [
      .general, .fixed(digits: 2), .percent(digits: 1), .grouped, .duration,
    ]
    for _ in 0..<2000 {
      let number = Double(bitPattern: .random(in: .min ... .max, using: &dice))
      for format in formats {
        for text in [
          NumberText.text(of: number, format),
          NumberText.text(of: Int(truncatingIfNeeded: number.bitPattern), format),
        ] {
          #expect(MarkdownRenderer.escaped(text) == text)
        }
      }
    }
  }

  @Test("Integers of any size, in any format")
  func integers() {
    #expect(NumberText.text(of: Int.min, .grouped) == "-9,223,372,036,854,775,808")
    #expect(NumberText.text(of: 5, .fixed(digits: 1)) == "5.0")
    #expect(NumberText.text(of: .missing) == "")
    #expect(NumberText.text(of: .bool(true)) == "true")
  }
}
