import LeptonDisplay
import Testing

@Suite struct FormulaTests {
  @Test(arguments: [
    (#"\sqrt{x^2 + y^2} + \sqrt[3]{27}"#, "√(x² + y²) + ∛27"),
    (#"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"#, "(a b; c d)"),
    (#"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{else} \end{cases}"#, "{x if x > 0; 0 else"),
    (#"\hat y = \bar{x} + \vec v"#, "ŷ = x̄ + v⃗"),
    (#"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt\pi}{2}"#, "∫₀^∞ e^(−x²) dx = √π/2"),
    (#"\lim_{n \to \infty} \left(1 + \frac{1}{n}\right)^n"#, "lim_(n→∞) (1 + 1/n)ⁿ"),
    (#"\begin{aligned} a &= b \\ &= c \end{aligned}"#, "a = b; = c"),
    (#"\mathbb{E}_{x}[\mathcal{L}] \in \mathbb R^{n}"#, "𝔼ₓ[L] ∈ ℝⁿ"),
    (#"\operatorname{softmax}(z)_i = \frac{\exp z_i}{2n}"#, "softmax(z)ᵢ = (exp zᵢ)/(2n)"),
    (#"f'' + f'^2 - -x"#, "f′′ + f′² − −x"), (#"\binom{n}{k} \% \not= 50 %"#, "(n k)% ≠ 50"),
    (#"\frac12 x + 1.5e"#, "1/2 x + 1.5e"), (#"\sin\theta\,\log_2 (x)"#, "sin θ log₂(x)"),
  ])
  func `a formula is written in a line`(tex: String, line: String) {
    #expect(Formula(tex: tex)?.line == line)
  }

  @Test(arguments: [
    (#"\frac{a}{2}"#, "<mfrac><mi>a</mi><mn>2</mn></mfrac>"),
    (
      #"\sum_{i=1}^n"#,
      "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi>"
    ),
    (#"\int_0^1"#, "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>"),
    ("-x", #"<mo form="prefix">−</mo><mi>x</mi>"#), ("a < b", "<mo>&lt;</mo>"),
    (#"\mathbf{w}"#, "<mi mathvariant=\"normal\">𝐰</mi>"),
    (#"\left( x \right]"#, #"<mo fence="true" stretchy="true" form="prefix">(</mo>"#),
    (#"\text{if } x"#, "<mtext>if\u{A0}</mtext>"),
    (#"\begin{cases} a & b \end{cases}"#, #"<mtd class="left"><mi>a</mi></mtd>"#),
    (#"\max_x f"#, #"movablelimits="true">max</mo>"#),
  ])
  func `a formula is written in MathML`(tex: String, part: String) throws {
    let math = try #require(Formula(tex: tex)).mathML(tex: tex, isDisplayed: false)
    #expect(math.hasPrefix("<math><semantics><mrow>"), "\(math)")
    #expect(math.contains(part), "\(math)")
    #expect(math.hasSuffix("</annotation></semantics></math>"))
  }

  @Test(arguments: [
    #"\nosuch{x}"#, #"\frac{a}"#, "x^2^3", "a & b", #"\left( x"#, #"\right)"#, "{", "}", #"\"#, "^",
    #"\begin{matrix} a"#, #"\begin{a}\end{b}"#, #"\sqrt["#, #"\text{a"#, #"\text{\alpha}"#, "",
    "  ",
    #"\left"#, #"\big"#, #"\limits"#, #"x_"#, #"\\"#, #"\begin{nosuch}\end{nosuch}"#, #"\not"#,
    #"\substack"#, #"\hat"#, #"\middle"#, #"\not\middle."#,
  ])
  func `what is not understood is no formula`(tex: String) {
    #expect(Formula(tex: tex) == nil)
  }

  @Test func `a formula may be nested deeply, and long, as far as it goes`() {
    for (open, close) in [
      ("{", "}"), ("\\sqrt{", "}"), ("x^{", "}"), ("\\hat", ""), ("\\left(", "\\right)"),
      ("\\begin{matrix}", "\\end{matrix}"), ("\\frac1", ""), ("\\sqrt[", "]{}"),
    ] {
      func tex(_ depth: Int) -> String {
        String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
      }
      #expect(Formula(tex: tex(60)) == nil, "\(open)")
    }
    #expect(Formula(tex: String(repeating: "x", count: 2000)) != nil)
    #expect(Formula(tex: String(repeating: "x", count: 2001)) == nil)
  }

  /// Parts of formulas in any order, and parts of parts.
  @Test func `no text makes it trap or break out of the page`() throws {
    let parts = [
      "\\frac", "\\sqrt", "[", "]", "{", "}", "^", "_", "'", "\\left", "\\right", "(", ")", "|",
      "&",
      "\\\\", "\\begin{cases}", "\\end{cases}", "\\begin{array}{lc}", "\\end{array}", "\\text", "x",
      "12", ".", "\\alpha", "\\sum", "\\limits", "\\hat", "\\not", "=", "-", "<", ">",
      "\\operatorname",
      "\\mathbf", "\\middle", "\\substack", "\\tag", " ", "%", "\n", "\\", "é", "🙂", "\u{0}", "\"",
      "\\displaystyle", "\\boxed", "\\big", "\\,", "~", "</math>", "<script>", "]]>", "&amp;",
    ]
    var random = Dice(state: 1)
    for _ in 0..<20_000 {
      let tex = (0..<Int.random(in: 1...14, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }.joined()
      guard let formula = Formula(tex: tex) else { continue }
      let math = formula.mathML(tex: tex, isDisplayed: true)
      #expect(!math.contains("<script") && math.ranges(of: "</math>").count == 1, "\(tex)")
      #expect(math.isBalanced, "\(tex): \(math)")
      #expect(!formula.line.unicodeScalars.contains { $0.value < 0x20 }, "\(tex)")
    }
  }

  @Test(arguments: [
    ("$x$", "x"), ("$x$.", "x"), ("$$x$$", "x"), ("$`a $ b`$", nil), ("$`a b`$", "a b"),
    ("$5 and $6", nil), ("$ x$", nil), ("$x $", nil), ("$x", nil), (#"$\$5$"#, #"\$5"#),
    ("$a\n\nb$", nil), ("$a\nb$", "a\nb"), ("$$\na\n$$", "\na\n"), ("$a `b` c$", nil),
    ("$x$2", nil),
    ("$$ $$", nil), ("$", nil), ("$$", nil), ("$$x$", nil), ("x", nil), ("", nil),
  ])
  func `a sign begins a formula or is a price`(text: String, tex: String?) {
    #expect(FormulaMark(at: text[...])?.tex == tex.map { $0[...] })
  }
}

extension String {
  /// Whether every element that begins ends, in order.
  fileprivate var isBalanced: Bool {
    var open: [Substring] = []
    for part in split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      let name = part.prefix { $0 != ">" && $0 != " " }
      if name.hasPrefix("/") {
        guard open.popLast() == name.dropFirst() else { return false }
      } else {
        open.append(name)
      }
    }
    return open.isEmpty
  }
}
