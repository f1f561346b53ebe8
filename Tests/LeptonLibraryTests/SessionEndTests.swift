import LeptonLibrary
import LeptonRuntime
import LeptonSession
import Testing

/// A session that ends gives back all it held: the registers of its machine alone are 64 MiB of
/// addresses, and a process may have thousands of sessions.
@Suite("A session that ends", .serialized)
struct SessionEndTests {
  /// Something that lives as long as somebody holds it.
  private struct Remains {
    let name: String
    weak var object: AnyObject?
  }

  /// What is left of a session in which programs ran one after the other: its context, and every
  /// function and object that it defined.
  private static func remains(of programs: [String]) -> [String] {
    var remains: [Remains] = []
    do {
      let session = Interpreter(library: .standard())
      session.context.limits = Limits(turns: 3_000_000)
      for (number, program) in programs.enumerated() {
        _ = session.run(Cell(id: "c\(number)", file: "c.lep", text: program)) { _ in }
      }
      remains.append(Remains(name: "the context", object: session.context))
      for (name, value) in session.definitions {
        switch value {
        case .function(let function): remains.append(Remains(name: name, object: function))
        case .object(let object): remains.append(Remains(name: name, object: object))
        default: break
        }
      }
    }
    return remains.filter { $0.object != nil }.map(\.name)
  }

  private static let programs = [
    "1 + 1",
    "k = 2\nscale = x -> k * x\ntwice = f -> x -> f(f(x))\ng = twice(scale)\ng(3)",
    "fn even(n) { if n == 0 { true } else { odd(n - 1) } }\nfn odd(n) { if n == 0 { false } else { even(n - 1) } }\neven(500)",
    "fn h(x) = x + 1\ng = x -> h(x)\nfn k(x) = g(x)\nk(1)",
    "fn outer() {\nfn h(x) = x\ng = [h]\nfn k(x) = g[0](x)\nk(1)\n}\nouter()",
    "fn twice(x) = x * 2\nfn make() = layer x -> twice(x)\nnet = untrained(dense(2) >> make(), input=[2])\nfn use(x) = net(x)\nuse(zeros([1, 2]))",
    "fn f(n) { f(n + 1) }\nf(0)",
    "fn f(n) { map([1], x -> f(x + n)) }\nf(0)",
    "try { fail(\"no\") } catch e { e }\nerror = try { 1 / 0 } catch e { e }\nfail(error)",
    "map([x -> x, y -> y], (a, b) -> a)",
    "sort_by([3, 1, 2], (a, b) -> a)",
    "while true { }",
    "fs = [x -> x]\nfs[0](y=fs)",
    "import losses\nlosses",
    "dense(3, x -> x * 2)",
    "[dense(3, x -> x * 2)]",
    "net = dense(3, x -> x * 2) >> (x -> x + 1) >> dense(2)\nsummary(net, input=[4])",
    "fn low(n) = layer x -> x @ parameter([x.shape[-1], n], glorot)\nnet = low(4) >> relu >> low(2)\nsummary(net, input=[8])\nready = untrained(net, input=[8])\nready(zeros([2, 8]))",
    "fn residual(block) = layer x -> x + block(x)\nnet = untrained(residual(dense(4)) >> residual(dense(4)), input=[4])\nnet",
    "net = dense(3) >> (x -> x @ zeros([9, 9]))\nuntrained(net, input=[4])",
    "flowers = iris()\nnet = train(dense(8, relu) >> (x -> x * 1.5) >> dense(3), flowers.train, epochs=2)\nevaluate(net, flowers.test)\nnet.history",
    "flowers = iris()\nnet = train(dense(3), flowers.train, epochs=2, loss=(p, y) -> cross_entropy(p, y) * 2, optimizer=adam(step -> 0.01 / (step + 1)), callback=e -> print(e.epoch))",
    "flowers = iris()\ntrain(dense(3), flowers.train, epochs=2, callback=e -> fail(\"stop\"))",
    "flowers = iris()\nrule = optimizer((w, g, m, rate, step) -> w - rate * g, rate=0.01)\nnet = train(dense(3), flowers.train, epochs=1, optimizer=rule)",
    "f = x -> sum(x^2)\ng = grad(f)\nh = planned(g)\nv = vmap(f)\n[g(ones([3])), h(ones([3])), v(ones([2, 3]))]\nplanned(x -> if sum(x) > 0 { x } else { -x })(ones([2]))",
    "t = table({a: [1, 2, 3], b: [\"x\", \"y\", \"z\"]})\nt\nselect(t, [\"a\"])",
    "scaled = take(digits(), 20)\nbatches = map([scaled], x -> x)\nscaled",
  ]

  @Test("leaves nothing behind", arguments: programs)
  func ends(program: String) {
    let cell = Cell(id: "c", file: "c.lep", text: program)
    let refusals = Interpreter(library: .standard()).check([cell]).flatMap(\.failures)
    #expect(refusals.filter { $0.severity == .error }.map(\.message) == [])
    #expect(Self.remains(of: [program]) == [])
  }

  @Test("leaves nothing behind when a later cell failed")
  func endsAfterFailure() {
    #expect(Self.remains(of: Self.programs + ["nope", "fail(\"last\")"]) == [])
  }
}
