import LeptonDisplay
import Testing

@Suite struct TerminalProseTests {
  private func prose(_ markdown: String, colours: TerminalRenderer.Colours = .none) -> String {
    TerminalProse.text(of: markdown, width: 40, colours: colours)
  }

  @Test("Paragraphs are folded, headings, lists and quotations keep their shape")
  func blocks() {
    #expect(
      prose(
        """
        # A heading

        Some words that go on for more than a line
        of the terminal.

        * an item that is longer than a line of the terminal is
        * another

        > ✗ **check**: it is not so

        ```
        code   stays
        ```
        """) == """
          A heading

          Some words that go on for more than a
          line of the terminal.

          * an item that is longer than a line of
            the terminal is
          * another

            ✗ check: it is not so

              code   stays
          """)
  }

  @Test("Marks become colours where there are any, and go where there are none")
  func marks() {
    #expect(
      prose("a *b c* **d** `e f` [g](h) \\*i\\* j*k 2 &lt; 3") == "a b c d `e f` g *i* j*k 2 < 3")
    #expect(prose("**d**`e`", colours: .palette) == "\u{1B}[1md\u{1B}[0m\u{1B}[36me\u{1B}[0m")
  }

  @Test(
    "Formulas are written in Unicode as far as that goes",
    arguments: [
      (#"$z_1 = x W_1 + b_1$"#, "z₁ = xW₁ + b₁"),
      (#"$\frac{\partial C}{\partial w} = \frac2n \sum_i x_i$"#, "∂C/∂w = 2/n ∑ᵢ xᵢ"),
      (#"$$\delta_1 = (\delta_2 W_2^T) \odot \sigma'(z_1)$$"#, "δ₁ = (δ₂W₂ᵀ) ⊙ σ′(z₁)"),
      (#"$e^{-z}$, $-\log a_{\text{right}}$, 5 $"#, "e^(−z), −log a_(right), 5 $"),
      ("```math\n\\frac12\n```", "    1/2"), (#"$\nosuch{x}$ costs $5"#, #"$\nosuch{x}$ costs $5"#),
    ])
  func formulas(markdown: String, text: String) {
    #expect(prose(markdown) == text)
  }

  @Test("A formula that never ends stays as it is")
  func longFormula() {
    let formula = String(repeating: "\\frac{", count: 100_000)
    #expect(prose("$\(formula)$") == "$\(formula)$")
  }

  @Test("Nothing in it commands the terminal, and an open fence ends with the text")
  func harmless() {
    #expect(prose("a\u{1B}[2Jb") == "a\\x1b[2Jb")
    #expect(prose("```\nx") == "    x")
  }
}
