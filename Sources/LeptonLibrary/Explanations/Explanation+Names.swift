extension Explanation {
  /// What can be wrong with names.
  static let names = [
    Explanation(
      "name/unknown", "nothing has this name",
      """
      The name is neither given a value before nor a word of the library. Capital letters count. `words("conv")` finds words by a part of \
      their name or of what they do.
      """,
      wrong: """
        accuracy = 0.9
        print(acuracy)
        """,
      right: """
        accuracy = 0.9
        print(accuracy)
        """),
    Explanation(
      "name/later", "the name gets its value only in a later cell",
      """
      Cells run from top to bottom. A name can be read only below the cell that gives it its value.
      """,
      wrongNotebook: """
        ```lepton
        print(rate)
        ```

        ```lepton
        rate = 0.1
        ```
        """,
      right: """
        ```lepton
        rate = 0.1
        ```

        ```lepton
        print(rate)
        ```
        """),
    Explanation(
      "name/unassigned", "the name has no value yet",
      """
      A name that is assigned anywhere in a function belongs to that function, and has no value before its first assignment there; the name \
      outside is another. A function takes the values that outer names have when it is made.
      """,
      wrong: """
        fn total_of(xs) {
          for x in xs { total = total + x }
          total
        }
        total_of([1, 2])
        """,
      right: """
        fn total_of(xs) {
          total = 0
          for x in xs { total = total + x }
          total
        }
        total_of([1, 2])
        """),
    Explanation(
      "name/shadow", "the name hides a word of the library",
      """
      Below this line the name means your value, and the word cannot be called any more. This is a warning: it is allowed, but a name of its \
      own is safer.
      """,
      wrong: "max = 3",
      right: "largest = 3"),
    Explanation(
      "name/unread", "a name in a function is never read",
      """
      The function gives a name a value and does nothing with it. Either the line is left over, or another name was meant, or the value \
      should be what the function gives. This is a warning.
      """,
      wrong: """
        fn area(w, h) {
          product = w * h
          w + h
        }
        area(2, 3)
        """,
      right: """
        fn area(w, h) {
          product = w * h
          product
        }
        area(2, 3)
        """),
    Explanation(
      "flow/unreachable", "a line can never run",
      """
      It stands behind `return`, `break` or `continue`, which leave before it comes to its turn. This is a warning.
      """,
      wrong: """
        fn area(w, h) {
          return w * h
          print(w)
        }
        area(2, 3)
        """,
      right: """
        fn area(w, h) {
          print(w)
          w * h
        }
        area(2, 3)
        """),
    Explanation(
      "name/repeated", "the same name stands twice where each must be another",
      """
      Two parameters of a function, or two fields of a record, cannot have one name.
      """,
      wrong: "config = {rate: 0.1, rate: 0.2}",
      right: "config = {rate: 0.1, decay: 0.2}"),
    Explanation(
      "name/field", "the value has no such field",
      """
      `x.name` is a field of `x`, and `x.name(…)` is a field or else the word `name` called with `x`. Records have the fields they were made \
      with; tensors have `shape`, `type`, `rank`, `count` and `T`; lists, strings and numbers have none, but words work on them: `xs.len()`.
      """,
      wrong: """
        config = {rate: 0.1}
        config.rates
        """,
      right: """
        config = {rate: 0.1}
        config.rate
        """),
  ]

  /// What can be wrong with calls.
  static let calls = [
    Explanation(
      "call/missing", "an argument is missing",
      """
      A parameter without a default must be given. The heading, which `help(word)` shows too, tells all parameters and their defaults.
      """,
      wrong: """
        fn area(w, h) = w * h
        area(2)
        """,
      right: """
        fn area(w, h) = w * h
        area(2, 3)
        """),
    Explanation(
      "call/excess", "there are more arguments than parameters",
      """
      Several values for one parameter stand in brackets: `zeros([3, 4])`, not `zeros(3, 4)`.
      """,
      wrong: """
        fn area(w, h) = w * h
        area(2, 3, 4)
        """,
      right: """
        fn area(w, h) = w * h
        area(2, 3)
        """),
    Explanation(
      "call/unknown", "there is no parameter of this name",
      """
      An argument by name must have the name of a parameter. `help(word)` shows them all.
      """,
      wrong: "dense(10, activaton=relu)",
      right: "dense(10, activation=relu)"),
    Explanation(
      "call/repeated", "an argument is given twice",
      """
      An argument is given by its place or by its name, not by both, and by its name only once.
      """,
      wrong: "dense(10, units=10)",
      right: "dense(10)"),
    Explanation(
      "call/arguments", "a model, a layer or an augmentation takes one tensor",
      """
      What works on a batch is called with the batch and nothing else. Several inputs are joined into one tensor first.
      """,
      wrong: "shift(1)(zeros([2, 8, 8]), 3)",
      right: "shift(1)(zeros([2, 8, 8]))"),
  ]

  /// What can be wrong with imports.
  static let imports = [
    Explanation(
      "import/unknown", "the library has no module of this name",
      """
      `import name` takes a module of the library; `import "name.lep"` takes a file. There are no modules of Python.
      """,
      wrong: "import statistic",
      right: """
        import statistics
        statistics.correlation([1, 2, 3], [2, 4, 6])
        """),
    Explanation(
      "import/cycle", "files import each other in a circle",
      """
      A file runs when it is imported, and it cannot run before it has run. Put what both files need into a third one that imports neither.
      """,
      wrong: "import \"circle_a.lep\"",
      right: "import \"helpers.lep\""),
  ]
}
