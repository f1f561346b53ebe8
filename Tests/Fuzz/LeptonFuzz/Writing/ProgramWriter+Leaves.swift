extension ProgramWriter {
  /// Writes something of a kind that holds nothing else.
  mutating func leaf(_ kind: Kind) -> String {
    if dice.happens(40), let name = knownName(kind) { return name }
    if dice.happens(5) { return dice.pick(Self.odd) }
    return dice.pick(Self.leaves[kind] ?? Self.odd)
  }

  /// What the edges of the types look like.
  static let odd = [
    "0", "-1", "9223372036854775807", "(-9223372036854775807 - 1)", "4611686018427387904",
    "1_000_000_000_000", "0x7fff_ffff", "1e308", "-1e308", "5e-324", "inf", "-inf", "nan", "-0.0",
    "[]", "{}", "\"\"", "[[]]", "[[], [1]]", "[[1, 2], [3]]", "tensor([])", "zeros([0, 3])",
    "zeros([])", "tensor(nan)", "[nan]", "nothing", "[nothing]", "true", "\"\\u0000\"",
    "\"\\U0001F600\"", "\"e\\u0301\"", "\"\\uFEFF\"", "x -> x", "range(1_000_000_000_000)",
    "range(0)", "print", "-9_223_372_036_854_775_807", "0.1", "1e19", "9.3e18", "65536",
    "\"1e999\"", "[-1, -1]", "[4611686018427387904, 4]", "[1_000_000, 1_000_000, 1_000_000]",
    "int8([-128, 127])", "tensor([9223372036854775807, -9223372036854775807 - 1])",
    "zeros([1, 1, 1, 1, 1, 1, 1, 1])", "zeros([3, 0, 2])", "float64([1e308, -1e308])",
    "x -> nothing", "() -> 1", "table({})", "dataset(zeros([4, 3]), [0, 1, 0, 1])", "adam(0.1)",
    "dense(2)", "untrained(dense(2), input=[3])",
  ]

  private static let leaves: [Kind: [String]] = [
    .int: ["0", "1", "2", "3", "-1", "7", "10", "0x1F", "100"],
    .float: ["0.5", "1.0", "-2.5", "1e-3", "0.1", "3", "0", "1", "1.5e10"],
    .bool: ["true", "false", "1 < 2", "not true", "tensor(true)"],
    .string: [
      "\"a\"", "\"\"", "\"hello world\"", "\"naïve\"", "\"日本\"", "\"a,b\\tc\\n\"", "\"float32\"",
      "\"12\"", "\"\"\"three\nlines\"\"\"", "\"{x}\"", "\"int64\"", "\"same\"",
    ],
    .list: [
      "[]", "[1, 2, 3]", "[0.5, 1.5]", "[[1, 2], [3, 4]]", "[\"a\", \"b\"]", "range(4)",
      "[true, false]",
      "[{a: 1, b: 2}, {a: 3, b: 4}]", "[nothing, 1]", "[[1, \"a\"], [2, \"b\"]]",
    ],
    .record: [
      "{}", "{a: 1}", "{lr: 0.1, epochs: 3}", "{\"any key\": [1, 2]}", "{a: {b: {c: 1}}}",
      "{a: [1, 2], b: [3, 4]}", "{in: 1}",
    ],
    .tensor: [
      "tensor([1, 2, 3])", "tensor([[1.0, 2.0], [3.0, 4.0]])", "zeros([2, 3])", "ones([3])",
      "zeros([0])", "arange(6)", "tensor(2.5)", "float64([0.1, 0.2])", "tensor([true, false])",
      "reshape(arange(8), [2, 2, 2])", "[1, 2]", "eye(3)", "tensor([nan, inf])",
      "zeros([1, 4, 4, 1])",
    ],
    .function: [
      "x -> x", "x -> x * 2", "(a, b) -> a + b", "() -> 0", "relu", "x -> x > 1", "sum", "print",
      "x -> [x]", "len", "mean", "x -> fail(\"no\")",
    ],
    .model: [
      "dense(2)", "dense(3, relu)", "flatten()", "dense(4, relu) >> dense(2)", "dropout(0.1)",
      "layer x -> x * parameter([1], ones)", "flatten() >> dense(3)", "relu",
    ],
    .size: ["[2, 3]", "[]", "[0]", "[1]", "2", "[-1]", "[3, 1]", "[2, 2, 2]", "[4]"],
  ]

  /// The name of a field.
  mutating func fieldName() -> String {
    dice.pick(["a", "b", "lr", "shape", "T", "type", "history", "in", "nope", "len", "source", "σ"])
  }
}
