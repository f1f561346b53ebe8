import LeptonSession

/// What `tutorial()` walks a newcomer through: each step tells something and has something to enter,
/// which tests enter too.
enum Tutorial {
  /// The steps, in order.
  static let steps: [Wish.Step] = [
    step(
      """
      Lepton is a small language for neural networks. This takes ten minutes. Each step shows something to enter:
      Enter on an empty line enters it for you. Whatever else you type is evaluated too; play as long as you like.
      Ctrl-C on an empty line ends the tutorial. We begin with arithmetic.
      """, "1 + 2 * 3^2"),
    step(
      """
      A name is given with `=`. An assignment shows nothing; a name alone shows its value. `_` is the last result,
      `_1` that of entry 1.
      """, "side = 3\nside * _"),
    step(
      """
      A function is written `fn name(parameters) = expression`, or with a block `{ … }` whose last line is its value.
      Enter goes on in a new line until the entry is whole.
      """, "fn area(width, height = 1) {\n  width * height\n}\n[area(3), area(3, height=4)]"),
    step(
      """
      A dot call hands over the first argument: `x.f(y)` is `f(x, y)`. So Tab behind a dot lists what can be done with
      a value: try `[1, 2].` and Tab later.
      """, "[3, 1, 2].sorted().map(x -> x^2)"),
    step(
      """
      Tensors are the numbers of machine learning. Operators work on all their elements; `@` multiplies matrices.
      """, "a = tensor([[1.0, 2.0], [3.0, 4.0]])\na @ a + 1"),
    step(
      """
      A mistake is told with its place, and mostly with what to do. Nothing breaks: enter this wrong line.
      """, "a @ tensor([1.0, 2.0, 3.0])"),
    step(
      """
      `?word` tells about a word, `words("norm")` finds words, `explain("shape/inner")` explains the code of a message.
      """, "?sort"),
    step(
      """
      Data sets come along: 150 iris flowers, four measures each, three kinds. One fifth is kept aside, to see later
      what was learnt.
      """, "parts = holdout(iris(), 0.2, seed=3)\nparts"),
    step(
      """
      A network is a function. `dense(16, relu)` is a layer of 16 units; `>>` puts one after another. The sizes of the
      inputs come from the data.
      """, "model = dense(16, relu) >> dense(3)\nsummary(model, input=[4])"),
    step(
      """
      `train` gives a trained model and leaves the first as it is. Ctrl-C stops it, and gives the model so far.
      """, "trained = train(model, parts.train, epochs=60, optimizer=adam(0.01), batch=16)"),
    step(
      """
      How well does it do on flowers that it has not seen?
      """, "evaluate(trained, parts.validation)"),
    step(
      """
      A gradient is a word too: `grad(f)` is the derivative of `f`, however `f` is written.
      """, "slope = grad(x -> sum(x^2))\nslope(tensor([1.0, 2.0, 3.0]))"),
    step(
      """
      `vars()` lists what you have defined. `save_session("first.lnb")` would write all this as a notebook that checks
      itself, and `lepton-run first.lnb` would run it. That is the tutorial: `help()` lists all words.
      """, "vars()"),
  ]

  private static func step(_ text: String, _ entry: String) -> Wish.Step {
    Wish.Step(text: text, entry: entry)
  }
}
