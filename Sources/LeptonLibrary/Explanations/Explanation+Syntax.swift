extension Explanation {
  /// What texts are no programs.
  static let syntax = [
    Explanation(
      "syntax/unexpected", "something else must stand here",
      """
      The text was understood up to the place of the caret. What stands there cannot follow what stands before it: a bracket, a comma \
      or an operator is missing, or there is one too many. The message says what could stand there.
      """,
      wrong: "xs = [1, , 2]",
      right: "xs = [1, 2]"),
    Explanation(
      "syntax/foreign", "a word of another language begins this statement",
      """
      `def`, `let`, `elif`, `from` and others mean something in Python, JavaScript, MATLAB or R. Lepton says the same in another way, \
      and the message tells how.
      """,
      wrong: """
        def double(x):
            return 2 * x
        """,
      right: "fn double(x) = 2 * x"),
    Explanation(
      "syntax/bracket", "a bracket is without its partner",
      """
      Each `(`, `[` and `{` is closed by its own kind. The caret shows the bracket that has no partner; the missing one may have to stand \
      some lines further on or before.
      """,
      wrong: "xs = [1, 2, 3",
      right: "xs = [1, 2, 3]"),
    Explanation(
      "syntax/character", "a character has no meaning",
      """
      The character is none of Lepton's. It often looks like one that is: word processors turn `"` into curly quotes and `-` into a dash, \
      and pages of the web show `×` and `≤`. Outside of strings and comments write the plain ones.
      """,
      wrong: "area = 3 × 4",
      right: "area = 3 * 4"),
    Explanation(
      "syntax/operator", "an operator is written otherwise",
      """
      A power is `^`; `and`, `or` and `not` are words, also for tensors, element by element. There is no `+=` and no `++`: values do not \
      change, a name gets a new one: `x = x + 1`.
      """,
      wrong: "square = 3 ** 2",
      right: "square = 3 ^ 2"),
    Explanation(
      "syntax/keyword", "a keyword is used as a name",
      """
      These words belong to the language and cannot be names: `fn if else for in while break continue return try catch import expect record \
      layer and or not true false nothing inf nan`.
      """,
      wrong: "layer = 3",
      right: "layer_count = 3"),
    Explanation(
      "syntax/target", "what stands left of `=` cannot be assigned to",
      """
      `=` gives a value to a name, or to a field or element of what a name holds: `x = 1`, `config.rate = 0.1`, `xs[0] = 1`. To compare, \
      write `==`.
      """,
      wrong: """
        n = 3
        n + 1 = 4
        """,
      right: """
        n = 3
        n + 1 == 4
        """),
    Explanation(
      "syntax/order", "what has a name or a default stands before what has none",
      """
      In a call, arguments by position come first and arguments by name after them. In the heading of a function, parameters with a default \
      come last.
      """,
      wrong: "print(separator=\"-\", 1, 2)",
      right: "print(1, 2, separator=\"-\")"),
    Explanation(
      "syntax/number", "a number is written otherwise",
      """
      Numbers are written `42`, `1_000`, `0x1F`, `0.5`, `1e-3`. A whole number must fit in 64 bits; larger ones are written as fractions, \
      `1e20`. A product needs its sign: `2 * x`.
      """,
      wrong: """
        x = 4
        y = 2x
        """,
      right: """
        x = 4
        y = 2 * x
        """),
    Explanation(
      "syntax/string", "a string is not written as one",
      """
      A string stands in double quotes and ends on its line; one over several lines stands in three. In an f-string a value stands in braces, \
      and a brace itself is written twice.
      """,
      wrong: "name = 'Ada'",
      right: "name = \"Ada\""),
    Explanation(
      "syntax/escape", "a backslash begins nothing that is known",
      #"""
      In a string `\n` is an end of line, `\t` a tab, `\"` a quote, `\\` a backslash, and `\xNN`, `\uNNNN`, `\UNNNNNNNN` are characters by their \
      numbers. A path is best written with `/`, on every system.
      """#,
      wrong: #"path = "data\measured.csv""#,
      right: "path = \"data/measured.csv\""),
    Explanation(
      "syntax/nesting", "too much stands inside each other",
      """
      Brackets, blocks and functions may be nested 128 deep, and an expression may be a chain of 640 operations. Programs that people write do \
      not come near; one that was generated may have to give parts of it names.
      """,
      wrong: "x = " + String(repeating: "(", count: 129) + "1" + String(repeating: ")", count: 129),
      right: "x = ((1))"),
    Explanation(
      "syntax/loop", "`break` or `continue` stands outside of a loop",
      """
      `break` leaves the loop around it, `continue` goes on with its next turn. A function within a loop is not part of it. To leave a function, \
      write `return`.
      """,
      wrong: """
        n = 3
        if n > 2 { break }
        """,
      right: """
        for n in range(10) {
          if n > 2 { break }
        }
        """),
    Explanation(
      "syntax/return", "`return` stands outside of a function",
      """
      `return` leaves a function before its end and gives its value. At the top of a cell there is nothing to leave: the value of the last \
      line is shown by itself.
      """,
      wrong: """
        x = 3
        return x
        """,
      right: """
        fn sign_of(x) {
          if x < 0 { return -1 }
          1
        }
        sign_of(3)
        """),
    Explanation(
      "syntax/invalid", "this cannot be understood",
      """
      A part of the program was not understood and was to run all the same. The message before this one says what is wrong; if there is none, \
      it is a fault of Lepton: please report it.
      """),
  ]
}
