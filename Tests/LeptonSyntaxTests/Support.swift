import LeptonSyntax

/// Numbers that look random and are the same in every run.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }
}

func parse(_ text: String) -> ParsedSource {
  Parser.parse(Source(name: "test.lep", text: text))
}

/// The mistakes of a text as `line:column-column code`, with one-line spans.
func mistakes(_ text: String) -> [String] {
  parse(text).diagnostics.map { diagnostic in
    let start = diagnostic.source.location(of: diagnostic.span.start)
    let end = diagnostic.source.location(of: diagnostic.span.end)
    return "\(start.line):\(start.column)-\(end.column) \(diagnostic.code)"
  }
}

/// Programs that hold every form of the language.
let corpus: [String] = [
  """
  digits  = mnist()
  model   = flatten() >> dense(128, relu)
    >> dense(64, relu)

    # a comment between the lines of one statement
    >> dense(10)
  trained = train(model, digits.train, epochs=10, optimizer=adam(1e-3))
  evaluate(trained, digits.test)
  trained.history;
  """,
  """
  ## A linear map through a bottleneck of width `rank`.
  ##   Indented documentation.
  fn low_rank(units, rank) = layer x -> {
    u = parameter([x.shape[-1], rank], glorot)
    v = parameter([rank, units], glorot)
    x @ u @ v
  }

  fn residual(block) = layer x -> x + block(x)
  net = low_rank(64, 8) >> relu >> residual(dense(64, relu)) >> dense(10)
  """,
  """
  fn attention(q: [b, t, d], k: [b, s, d], v: [b, s, e] = q) -> [b, t, e] {
    softmax(q @ k.T / sqrt(d), axis=-1) @ v        # `d` is also a number in the body
  }
  fn area(w, h = 1) { w * h }
  fn any(x: [..., 3]) = x
  fn constant() { }
  """,
  """
  x[0]; x[-1]; x[1:3, :]; x[::2]; x[..., 0]; x[mask]; x[a:b:c, 1:, :2, ::-1]
  xs[0] = 1; cfg.lr = 0.1; net.blocks[2].lr = 0.1
  x[mask, ...] = 0
  """,
  """
  if a < b <= c and not d in e or f { 1 } else if g { 2 } else { 3 }
  for i, x in enumerate(xs) { if x == 0 { continue }; total = total + x }
  while true {
    break
  }
  ys = [x^2 for x in xs if x > 0]
  zs = [[a, b] for a, b in pairs]
  best = try { risky() } catch e { fail(f"no: {e.message}") }
  """,
  #"""
  name = "tab\t, quote\", backslash\\, \x41 \u03c3 \U0001F600"
  f"loss {loss:.3f} {{braces}} {d[1:2]} {f"inner {x}"} {{"
  """three
  lines "with" quotes \n"""
  f"""{a
  + b} and {f(
    1, 2)}"""
  """#,
  """
  42; 1_000; 0x1F; 0xff_ff; 0.5; 1e-3; 1.5E+10; .5; 5.; 1.e3; inf; nan; true; false; nothing
  -2 ^ -2 ^ 2; -x.y; not not a; a - -b; (a, b) -> a + b; () -> 0; x -> y -> x @ y
  {lr: 0.1, "any key": 3, in: 1, nested: {}}
  1.real; 2.f(3)
  """,
  """
  import "helpers.lep"
  import models
  expect acc > 0.97
  expect acc > 0.97, f"only {acc}"
  record accuracy = acc
  return
  return 1 // 2 % 3
  σ = 损失 + Δx_1
  xs
    .map(x -> x * 2)
    .filter((x, limit = 3) -> {
      y = x
      y > limit
    })
  """,
  "#!/usr/bin/env lepton-run\r\nx = [\r\n  1,\r\n  2,\r\n]\r\n",
  "##\u{301}combining\nx", "", "\n\n", "# only a comment", "## only documentation", "x",
]
