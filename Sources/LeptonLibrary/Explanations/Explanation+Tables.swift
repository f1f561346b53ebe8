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
  ]
}
