/// Words of other languages, and what Lepton says instead.
public enum ForeignWord {
  private static let table: [String: String] = [
    "def": "a function is written fn f(x) { … } or fn f(x) = …",
    "function": "a function is written fn f(x) { … } or fn f(x) = …",
    "func": "a function is written fn f(x) { … } or fn f(x) = …",
    "lambda": "a function without a name is written x -> x^2",
    "elif": "write `else if`", "elseif": "write `else if`", "elsif": "write `else if`",
    "let": "write name = value", "var": "write name = value", "const": "write name = value",
    "val": "write name = value", "local": "write name = value", "global": "write name = value",
    "None": "write `nothing`", "null": "write `nothing`", "nil": "write `nothing`",
    "NULL": "write `nothing`", "True": "write `true`", "False": "write `false`",
    "TRUE": "write `true`", "FALSE": "write `false`", "NaN": "write `nan`", "Inf": "write `inf`",
    "except": "write try { … } catch e { … }", "raise": "write fail(\"why\")",
    "throw": "write fail(\"why\")", "assert": "write expect condition",
    "from": "write import \"file.lep\" or import module",
    "as": "what is imported keeps its name", "include": "write import \"file.lep\"",
    "require": "write import \"file.lep\"", "library": "write import module",
    "np": "words are called without a module: zeros([3])",
    "numpy": "words are called without a module: zeros([3])",
    "torch": "words are called without a module: zeros([3])",
    "tf": "words are called without a module: zeros([3])",
    "keras": "layers are words: dense(128, relu) >> dense(10)",
    "nn": "layers are words: dense(128, relu) >> dense(10)",
    "math": "words are called without a module: sqrt(2), pi",
    "random": "chance has words: uniform([3]), normal([3])",
    "Math": "words are called without a module: sqrt(2), pi",
    "console": "write print(x)", "println": "write print(x)", "printf": "write print(f\"{x:.2f}\")",
    "disp": "write print(x)", "echo": "write print(x)", "puts": "write print(x)",
    "length": "write len(x)", "size": "write len(x), or x.shape of a tensor",
    "numel": "write x.count", "nrow": "write x.shape[0]", "ncol": "write x.shape[1]",
    "append": "write push(xs, x), which gives a longer list: xs = push(xs, x)",
    "extend": "write concat(xs, ys), which gives a new list",
    "rand": "write uniform([2, 3])", "randn": "write normal([2, 3])",
    "read_csv": "write csv(\"file.csv\")",
    "self": "there are no objects with methods; a function takes what it needs",
    "this": "there are no objects with methods; a function takes what it needs",
    "new": "a value is made by calling a word or a function",
    "undefined": "write `nothing`", "NA": "write `nan`",
    "Sequential": "layers are joined with `>>`: dense(128, relu) >> dense(10)",
    "Linear": "write dense(10)", "Dense": "write dense(10)",
    "Conv2d": "write conv2d(16, 3)", "Conv2D": "write conv2d(16, 3)",
    "MaxPool2d": "write max_pool(2)", "MaxPooling2D": "write max_pool(2)",
    "fit": "write train(model, data, epochs=10), which gives a trained model",
    "compile": "write train(model, data, optimizer=adam(0.001), loss=cross_entropy)",
    "backward": "gradients are words: grad(f)",
    "astype": "write float32(x), int64(x), …",
    "array": "write tensor(xs)", "Array": "write tensor(xs)",
    "dict": "a record is written {name: value}", "tuple": "a list is written [a, b]",
    "isinstance": "write type(x) == \"list\"", "typeof": "write type(x)",
    "foreach": "write for x in xs { … }",
    "input": "a program asks nobody: give it parameters or arguments",
    "class": "a layer is a function: fn name(…) = layer x -> …",
    "end": "a block ends with `}`", "begin": "a block begins with `{`",
    "do": "a block begins with `{`",
    "then": "write if c { … } else { … }", "switch": "write if c { … } else if d { … }",
    "match": "write if c { … } else if d { … }", "pass": "write { }", "is": "write `==`",
    "del": "names stay; there is nothing to delete", "yield": "write [… for x in xs]",
    "await": "everything is awaited", "async": "everything is awaited",
    "exit": "quit() or Ctrl-D leaves the prompt", "bye": "quit() or Ctrl-D leaves the prompt",
    "clear": "Ctrl-L clears the screen, reset() forgets what is defined",
    "history": "entries() lists what was entered; a trained model has the field history",
    "who": "vars() lists what is defined", "whos": "vars() lists what is defined",
    "locals": "vars() lists what is defined", "globals": "vars() lists what is defined",
    "dir": "x. and Tab lists what can be done with x",
    "man": "?word tells about a word", "doc": "?word tells about a word",
    "show": "a name alone shows its value; images([x]) and heatmap(x) draw it",
    "imshow": "write images([x]) or heatmap(x)", "figure": "write plot(x, y, title=\"…\")",
    "chart": "write plot(y), bar(values) or scatter_plot(x, y)",
    "graph": "write plot(y), or diagram(model)", "curve": "write plot(y) or plot(x, y)",
    "line_chart": "write plot(y) or plot(x, y)", "bar_chart": "write bar(values)",
    "hist": "write histogram(x)", "ans": "the last result is `_`",
  ]

  /// What to write instead of a word of another language.
  public static func hint(for word: String) -> String? { table[word] }

  /// What to write instead of the import of another language's module.
  public static func hint(forModule name: String) -> String? { modules[name] }

  private static let modules: [String: String] = [
    "numpy": "words need no import: zeros([3]), mean(x)",
    "np": "words need no import: zeros([3]), mean(x)",
    "scipy": "words need no import: solve(a, b), fft(x)",
    "math": "words need no import: sqrt(2), sin(x), pi",
    "random": "words need no import: uniform([3]), shuffle(xs)",
    "time": "words need no import: time(() -> f(x)), clock()",
    "torch": "words need no import: tensor([1, 2]), dense(10), train(model, data)",
    "tensorflow": "words need no import: tensor([1, 2]), dense(10), train(model, data)",
    "keras": "words need no import: dense(10), train(model, data)",
    "sklearn": "words need no import: standardize(…), cross_validate(…)",
    "pandas": "words need no import: table({a: [1, 2]}), csv(\"file.csv\")",
    "matplotlib": "words need no import: plot(x, y)",
  ]

  /// Whether a word begins a statement in another language, which is then no statement of ours.
  static func beginsStatement(_ word: String) -> Bool { statements.contains(word) }

  /// Whether a word can only stand for the other language's keyword where nothing is expected.
  static func standsAlone(_ word: String) -> Bool {
    beginsStatement(word) || ["as", "is"].contains(word)
  }

  private static let statements: Set<String> = [
    "def", "function", "func", "lambda", "elif", "elseif", "elsif", "let", "var", "const", "val",
    "local", "global", "except", "raise", "throw", "assert", "from", "class", "end", "begin", "do",
    "then", "switch", "match", "pass", "del", "yield", "await", "async", "include", "require",
    "foreach", "new", "echo",
  ]

  private static let arguments: [String: String] = [
    "lr": "the optimizer holds the rate: optimizer=adam(0.01)",
    "learning_rate": "the optimizer holds the rate: optimizer=adam(0.01)",
    "batch_size": "write batch=32", "n_epochs": "write epochs=10", "num_epochs": "write epochs=10",
    "criterion": "write loss=cross_entropy", "metrics": "evaluate(model, data) gives them",
    "dim": "write axis=0", "keepdim": "write keepdims=true", "dtype": "write type=float32",
    "sep": "write separator=\", \"", "reverse": "write descending=true",
    "input_shape": "the shape comes from the data",
  ]

  /// What to write instead of an argument of another language's functions.
  public static func hint(forArgument name: String) -> String? { arguments[name] }
}
