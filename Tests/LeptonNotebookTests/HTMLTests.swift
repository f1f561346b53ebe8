import LeptonNotebook
import LeptonSession
import Testing

/// The page of a run over a fake session.
private func page(_ text: String, title: String = "T") throws -> String {
  let notebook = Notebook(parsing: text, name: "n.lnb")
  let memory = MemorySink()
  let session = FakeSession()
  _ = NotebookRun(
    notebook, parameters: ParameterBinding(), session: session,
    control: RunControl(interrupt: {}), report: HTMLSink(title: title, into: memory)
  ).run()
  return memory.text
}

@Suite struct HTMLTests {
  @Test func `the page holds prose, coloured code, outputs, tables and pictures`() throws {
    let html = try page(
      "---\ntitle: x\n---\n# Head\n\nSome *prose*.\n\n" + notebook("|print 0.5 < 1\ntable\nchart")
        + "```expect\n...\n```\n")
    #expect(html.contains("<h1>Head</h1>"))
    #expect(html.contains("<em>prose</em>"))
    #expect(html.contains("<pre class=\"cell\"><code>print <span class=\"number\">0.5</span> &lt;"))
    #expect(html.contains("<section class=\"out\">"))
    #expect(html.contains("<table>"))
    #expect(html.contains("<img src=\"data:image/svg+xml;base64,"))
    #expect(html.contains("<pre class=\"expect\">"))
    #expect(!html.contains("title: x") && !html.contains("lepton:out"))
    #expect(html.components(of: "<section") == html.components(of: "</section>"))
  }

  @Test func `nothing that a notebook says becomes markup, script or an address`() throws {
    let html = try page(
      """
      # A <script>alert(1)</script>

      <script>alert(2)</script>

      <img src=x onerror=alert(3)> [a](javascript:alert(4)) ![b](http://example.org/x.png)

      """ + notebook("|print <script>alert(5)</script>\nfail a/b </pre><script>"),
      title: "</title><script>")
    #expect(!html.contains("<script"))
    #expect(!html.contains("onerror=alert") && !html.contains("javascript:"))
    #expect(html.contains("default-src 'none'"))
  }

  @Test func `formulas of the prose are set, and only those`() throws {
    let html = try page(
      #"""
      # Of $x_1$ and $y_2$

      Some $a_1 * b_1 * c$ costs $5, `$z$` and \$q\$ and $\nosuch{<b>}$ and ![$i$](p.png).

      $$
      \frac{a}{b}
      - c
      $$

      > quoted $$d
      > = e$$

      | one | $|t|$ |
      | --- | --- |
      | $s$ | 1 |

          $indented$

      ```math
      \sqrt2
      ```

      ```text
      $fenced$
      ```

      """# + notebook("|print $o$"))
    #expect(html.components(of: "<math") == 1 + 8)
    #expect(html.components(of: "<math display=\"block\">") == 1 + 3)
    #expect(html.contains("<h1>Of <math><semantics><mrow><msub><mi>x</mi><mn>1</mn></msub></mrow>"))
    #expect(html.contains("<code>$z$</code> and $q$ and <code>$\\nosuch{&lt;b&gt;}$</code>"))
    #expect(html.contains("alt=\"$i$\"") && html.contains("costs $5,"))
    #expect(html.contains("<mfrac><mi>a</mi><mi>b</mi></mfrac><mo>−</mo><mi>c</mi>"))
    #expect(html.contains("<mi>d</mi><mo>=</mo><mi>e</mi>"))
    #expect(html.contains("$indented$") && html.contains("$fenced$") && html.contains("$o$"))
    #expect(html.contains("<td><math>") && html.contains("<mi>t</mi>"))
    #expect(!html.unicodeScalars.contains { (0xE000...0xF8FF).contains($0.value) })
  }

  @Test func `the same run gives the same page`() throws {
    let text = "# H\n" + notebook("|table\nchart")
    #expect(try page(text) == page(text))
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { split(separator: part).count }
}
