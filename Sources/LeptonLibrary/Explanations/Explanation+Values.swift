extension Explanation {
  /// What can be wrong with the kinds of values.
  static let types = [
    Explanation(
      "type/operands", "an operator does not work on these kinds of values",
      """
      Arithmetic works on numbers, tensors and lists of numbers; `+` also joins two strings. Nothing is turned into another kind by itself: \
      `str(x)` makes a string, `int(text)` and `float(text)` make numbers, or write f"{x}".
      """,
      wrong: """
        age = 42
        print("age " + age)
        """,
      right: """
        age = 42
        print("age " + str(age))
        """),
    Explanation(
      "type/condition", "a condition is neither true nor false",
      """
      `if`, `while`, `and`, `or`, `not` and `expect` take truths only: there is no rule by which 0, an empty list or `nothing` counts as false. \
      A comparison of a tensor gives one truth for each element; `all(x)` and `any(x)` make one of them.
      """,
      wrong: """
        xs = [1, 2]
        if xs { print("there are some") }
        """,
      right: """
        xs = [1, 2]
        if len(xs) > 0 { print("there are some") }
        """),
    Explanation(
      "type/call", "something is called that is no function",
      """
      Parentheses behind a value call it. A product needs its sign, `2 * (x + 1)`, and an element of a list stands in square brackets, `xs[0]`.
      """,
      wrong: """
        xs = [10, 20]
        xs(1)
        """,
      right: """
        xs = [10, 20]
        xs[1]
        """),
    Explanation(
      "type/argument", "an argument is of the wrong kind",
      """
      The message names the parameter, what it takes, and what was given. `help(word)` tells what the word expects.
      """,
      wrong: "upper(3)",
      right: "upper(\"three\")"),
    Explanation(
      "type/index", "this cannot be a position, or the value has no positions",
      """
      Positions are integers, slices, lists of integers or masks. `/` gives a float even where nothing is left over; `//` gives an integer. \
      Strings do not change: a new one is put together.
      """,
      wrong: """
        xs = [1, 2, 3, 4]
        xs[len(xs) / 2]
        """,
      right: """
        xs = [1, 2, 3, 4]
        xs[len(xs) // 2]
        """),
    Explanation(
      "type/sequence", "there is nothing to go through",
      """
      `for` and comprehensions go through lists, strings, records, ranges and the first axis of tensors. To count, write `range(n)`.
      """,
      wrong: "for i in 3 { print(i) }",
      right: "for i in range(3) { print(i) }"),
    Explanation(
      "type/record", "a result is no number",
      """
      `record name = value` puts a number into the report and into the results of the run. Text is shown by a line of its own or by `print`.
      """,
      wrong: "record model = \"mlp\"",
      right: "record accuracy = 0.97"),
    Explanation(
      "type/order", "two values have no order",
      """
      Numbers are ordered, strings, and lists of these; a number and a string are not.
      """,
      wrong: "sorted([3, \"a\"])",
      right: "sorted([\"3\", \"a\"])"),
    Explanation(
      "type/bool", "truths cannot be subtracted",
      """
      What is the difference of true and false? Compare them with `!=`, or make numbers of them first.
      """,
      wrong: "tensor([true, false]) - tensor([false, false])",
      right: "tensor([true, false]) != tensor([false, false])"),
    Explanation(
      "type/element", "there is no such element type",
      """
      Elements of tensors are `float32` (the usual one), `float64`, `int64`, `int32`, `uint8`, `int8` or `bool`.
      """,
      wrong: "zeros([3], type=\"float16\")",
      right: "zeros([3], type=\"float32\")"),
    Explanation(
      "type/layer", "this is no model and no layer",
      """
      A model is a layer, a function of a tensor, or several of them joined with `>>`; a list of layers is none.
      """,
      wrong: "train([dense(16, relu), dense(3)], iris())",
      right: "train(dense(16, relu) >> dense(3), iris());"),
    Explanation(
      "type/picture", "pictures must be fractions",
      """
      Augmentation moves and turns pictures and mixes their points, which needs elements of type `float32`: `float32(x) / 255`.
      """,
      wrong: """
        data = dataset(uint8(zeros([4, 8, 8])), [0, 1, 0, 1])
        train(flatten() >> dense(2), data, augment=shift(1))
        """,
      right: """
        data = dataset(zeros([4, 8, 8]), [0, 1, 0, 1])
        train(flatten() >> dense(2), data, augment=shift(1));
        """),
    Explanation(
      "type/result", "a function in a model gives no tensor",
      """
      Each part of a model takes a tensor and gives a tensor, for the next part to take.
      """,
      wrong: """
        fn pair() = layer x -> [x, x]
        train(pair() >> dense(3), iris())
        """,
      right: """
        fn pair() = layer x -> concat(x, x, axis=-1)
        train(pair() >> dense(3), iris());
        """),
  ]

  /// What can be wrong with values.
  static let values = [
    Explanation(
      "value/index", "there is nothing at this position",
      """
      Counting begins at 0: three elements stand at 0, 1 and 2, and `-1` is the last one. A record is indexed by the names of its fields.
      """,
      wrong: """
        xs = [10, 20, 30]
        xs[3]
        """,
      right: """
        xs = [10, 20, 30]
        xs[-1]
        """),
    Explanation(
      "value/step", "a step is 0",
      """
      With a step of 0 neither a slice nor a range gets anywhere. `xs[::-1]` goes backwards.
      """,
      wrong: "range(0, 10, 0)",
      right: "range(0, 10, 2)"),
    Explanation(
      "value/count", "there are more or fewer values than places",
      """
      What is assigned to a slice of a list has as many elements as the slice, or is a single value for all. Names that take an element apart \
      are as many as its parts.
      """,
      wrong: """
        xs = [1, 2, 3, 4]
        xs[1:3] = [9]
        """,
      right: """
        xs = [1, 2, 3, 4]
        xs[1:3] = [8, 9]
        """),
    Explanation(
      "value/range", "a number lies outside of what makes sense",
      """
      The message tells the limits: a probability lies between 0 and 1, a layer has at least one unit, an integer fits in 64 bits, and `nan` and \
      `inf` are no integers.
      """,
      wrong: "bernoulli(1.5)",
      right: "bernoulli(0.5)"),
    Explanation(
      "value/empty", "there is nothing to take from",
      """
      An empty list has no first element and no mean. Ask before: `if len(xs) > 0 { … }`.
      """,
      wrong: "first([])",
      right: "first([1])"),
    Explanation(
      "value/parse", "a text is no number",
      """
      `int` and `float` read a number that stands alone in a text, as a program would write it.
      """,
      wrong: "int(\"forty-two\")",
      right: "int(\"42\")"),
    Explanation(
      "value/code", "a failure cannot have this code",
      """
      A code is an area and a name with a slash between them, of letters, digits and hyphens: `my/own`. `run/interrupted` belongs to Ctrl-C. \
      Without a code a failure has `program/failure`.
      """,
      wrong: "fail(\"the rate is too big\", code=\"12\")",
      right: "try { fail(\"the rate is too big\", code=\"rate/big\") } catch e { e.code }"),
    Explanation(
      "value/format", "a format does not fit",
      """
      Behind a value in an f-string stands its format, as in Python: `.3f` three digits behind the point, `.1%` per cent, `,` thousands, \
      `>8` eight columns, to the right, `d` an integer.
      """,
      wrong: """
        loss = 0.25
        f"{loss:3 digits}"
        """,
      right: """
        loss = 0.25
        f"{loss:.3f}"
        """),
    Explanation(
      "value/never", "a comparison has the same answer whatever happens",
      """
      `nan` equals nothing, not even itself: ask `isnan(x)`. Values of different kinds, such as a number and a string, are never equal. This is \
      a warning.
      """,
      wrong: """
        x = 0.5
        x == nan
        """,
      right: """
        x = 0.5
        isnan(x)
        """),
    Explanation(
      "value/unused", "a value goes nowhere",
      """
      A value inside a function or a loop is not shown, and this one is not kept either. Values do not change in place: `push(xs, 1)` gives a \
      longer list and leaves `xs` alone. This is a warning.
      """,
      wrong: """
        fn with_one(xs) {
          push(xs, 1)
          xs
        }
        """,
      right: """
        fn with_one(xs) {
          xs = push(xs, 1)
          xs
        }
        """),
  ]

  /// What is too much.
  static let limits = [
    Explanation(
      "number/overflow", "an integer does not fit in 64 bits",
      """
      Integers go from -9223372036854775808 to 9223372036854775807, and a result beyond is an error and never a wrong number. Floats go \
      further, with 16 digits. The integers of tensors wrap around, as in NumPy.
      """,
      wrong: "2 ^ 64",
      right: "2.0 ^ 64"),
    Explanation(
      "number/zero", "something is divided by zero",
      """
      Numbers cannot be divided by zero; ask before. Tensors can: they give `inf` and `nan`.
      """,
      wrong: """
        n = 0
        100 / n
        """,
      right: """
        n = 0
        if n != 0 { 100 / n } else { 0.0 }
        """),
    Explanation(
      "limit/depth", "too many calls are going on inside each other",
      """
      A function that calls itself must come to a case in which it does not. What goes on for very many steps is better written as a loop.
      """,
      wrong: """
        fn down(n) = down(n - 1)
        down(3)
        """,
      right: """
        fn down(n) = if n == 0 { "done" } else { down(n - 1) }
        down(3)
        """),
    Explanation(
      "limit/nesting", "lists or records are nested too deeply",
      """
      A loop puts a list into itself again and again. Most often `push(xs, x)` was meant.
      """,
      wrong: """
        xs = []
        while true { xs = [xs] }
        """,
      right: """
        xs = []
        while len(xs) < 3 { xs = push(xs, []) }
        """),
    Explanation(
      "limit/expression", "an expression has too many parts at once",
      """
      One expression can hold some two hundred values at a time. Give parts of it names; a long table of numbers is best read from a file.
      """,
      wrong: "print(" + (0..<300).map { "\($0)" }.joined(separator: ", ") + ")",
      right: "print(range(300))"),
    Explanation(
      "limit/function", "a function or cell is too long",
      """
      One function or cell can hold 65,536 different constants. Programs that people write do not come near; data belong into files.
      """),
    Explanation(
      "limit/output", "a cell shows too much",
      """
      A cell may give 10,000 outputs or 4 MiB of text; then it is stopped, because nobody would read more. Show every hundredth step.
      """,
      wrongNotebook: """
        ```lepton
        for i in range(100000) { print(i) }
        ```
        """,
      right: """
        ```lepton
        for i in range(0, 100000, 10000) { print(i) }
        ```
        """),
    Explanation(
      "memory/limit", "there is not enough memory",
      """
      The tensor or list would need more memory than there is. A shape may be mistaken, or the data can be used in batches.
      """,
      wrong: "zeros([100000, 125000])",
      right: "zeros([100, 125])"),
  ]
}
