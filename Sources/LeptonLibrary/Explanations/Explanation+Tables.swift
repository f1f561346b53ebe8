extension Explanation {
  /// What can be wrong with tables, and with lists beside them.
  static let tables = [
    Explanation(
      "name/column", "the table has no such column",
      """
      `columns(t)` lists the names a table has. Two tables are joined on the columns they have in common, or on the ones that `on` names.
      """,
      wrong: "t = table({fruit: [\"fig\"], kilos: [2]})\nt[\"kilo\"]",
      right: "t = table({fruit: [\"fig\"], kilos: [2]})\nt[\"kilos\"];"),
    Explanation(
      "shape/column", "a column has one axis",
      """
      A column holds one value for each row. A matrix becomes a table of its own: `table(matrix, columns=["a", "b"])`.
      """,
      wrong: "table({x: zeros([2, 3])})",
      right: "table(zeros([2, 2]), columns=[\"a\", \"b\"]);"),
    Explanation(
      "type/column", "two tables hold different kinds of values in a column",
      """
      Columns that are joined or put one below the other hold values of one kind: numbers, truths or texts. Change one of them first, for \
      example with `t.year = [int(y) for y in t.year]`.
      """,
      wrong: "concat(table({year: [1]}), table({year: [\"1\"]}))",
      right: "concat(table({year: [1]}), table({year: [2]}));"),
    Explanation(
      "value/names", "two columns would have one name",
      """
      A table's columns have different names. `rename(t, {old: "new"})` gives a column another one, `without(t, "name")` leaves it out.
      """,
      wrong: "table({a: [1, 2]}).summarize(\"a\", {a: len})",
      right: "table({a: [1, 2]}).summarize(\"a\", {n: len});"),
    Explanation(
      "value/absent", "the value is not in the list",
      "`remove` takes the first of a value out of a list, and there must be one. `without` and `filter` are content with none.",
      wrong: "remove([1, 2], 3)",
      right: "remove([1, 2], 2);"),
    Explanation(
      "prepare/unfitted", "a step has learned nothing yet",
      """
      A step such as `standardize()` only says what is to be learned. `fitted(step, data)` learns it, and gives the function that prepares \
      data; in front of layers, `standardize() >> dense(1)`, `train` lets it learn.
      """,
      wrong: "steps = standardize() >> impute()\nsteps(table({x: [1, 2]}))",
      right: "t = table({x: [1, 2]})\nsteps = fitted(standardize() >> impute(), t)\nsteps(t);"),
    Explanation(
      "data/unprepared", "a layer would be given texts or gaps",
      """
      Layers take numbers. A model for a table with texts, truths or gaps begins with steps that make numbers of them: `prepare()` does \
      what the types of the columns ask for.
      """,
      wrong:
        "t = table({kind: [\"a\", \"b\"], y: [0.5, 1.5]})\ndata = dataset(t, \"y\")\ntrain(dense(1), data)",
      right:
        "t = table({kind: [\"a\", \"b\"], y: [0.5, 1.5]})\ndata = dataset(t, \"y\")\ntrain(prepare() >> dense(1), data);"
    ),
    Explanation(
      "data/gaps", "values are missing where none may be",
      """
      What is missing is filled, `impute() >> dense(1)`, or its rows are left out: `drop_missing(table)`. A row without a target \
      teaches nothing.
      """,
      wrong: "dataset(table({x: [1, 2], y: [0.5, nothing]}), \"y\")",
      right: "dataset(drop_missing(table({x: [1, 2], y: [0.5, nothing]}), \"y\"), \"y\");"),
    Explanation(
      "data/targets", "a step learns from targets, and there are none",
      """
      `target_encode` needs to know what is to be predicted: it stands in front of the layers of a model, or is fitted to a dataset.
      """,
      wrong: "fitted(target_encode(), table({city: [\"a\", \"b\"]}))",
      right:
        "data = dataset(table({city: [\"a\", \"b\"]}), [0.5, 1.5])\nfitted(target_encode(), data);"),
  ]
}
