extension Explanation {
  /// Files of data: what is wrong in them.
  static let dataFiles = [
    Explanation(
      "data/ragged", "a line of a table has more or fewer values than the others",
      """
      Each line of a file of comma-separated values has as many as the first. A value with a comma in it stands in quotes.
      """,
      wrong: "csv(\"ragged.csv\")",
      right: "csv(\"heights.csv\")"),
    Explanation(
      "data/quote", "a quote in a table is not closed",
      """
      A value in quotes ends with a quote, and a quote inside is written twice.
      """,
      wrong: "csv(\"quote.csv\")",
      right: "csv(\"heights.csv\")"),
    Explanation(
      "data/cell", "a value in a table is not of the type that its column was given",
      """
      `types`, or the rows before, say what a column holds, and each of its values must be that. `missing` names marks that stand for no value;
      `on_bad="null"` makes missing what does not fit, `on_bad="skip"` leaves out the row.
      """,
      wrong: "csv(\"heights.csv\", types={name: \"number\"})",
      right: "csv(\"heights.csv\", types={name: \"number\"}, on_bad=\"null\")"),
    Explanation(
      "data/size", "a value or a row of a table is longer than any that makes sense",
      """
      A value of a table has at most 1 MiB; a longer one begins with a quote that nothing closes, as a rule. A row, a record or a line that is read as a \
      stream has at most 64 MiB, so that a file without line ends does not fill the memory.
      """),
    Explanation(
      "data/separator", "a separator is not one character",
      """
      Values are separated by one character, such as `","`, `";"` or `"\\t"`.
      """,
      wrong: "csv(\"heights.csv\", separator=\"é\")",
      right: "csv(\"heights.csv\", separator=\",\")"),
    Explanation(
      "data/columns", "columns cannot be told apart, or have different lengths",
      """
      Each column of a table has its own name, and as many values as the others.
      """,
      wrong: "csv(\"twins.csv\")",
      right: "csv(\"heights.csv\")"),
    Explanation(
      "data/column", "a column is missing, or holds no numbers",
      """
      The message names the column, and those that are there. Data for training are numbers.
      """,
      wrong: "csv(\"heights.csv\", columns=[\"weight\"])",
      right: "csv(\"heights.csv\", columns=[\"height\"])"),
    Explanation(
      "data/network", "a data set cannot be loaded",
      """
      `lepton-run data get` loads over HTTPS, and keeps nothing of a file that did not come whole or has other bytes than the catalogue says. \
      Try again, or load the file yourself and bring it: `lepton-run data add NAME FILE`.
      """),
    Explanation(
      "data/bundled", "a data set comes along and need not be brought",
      """
      Data sets that come along are words: `iris()`. `lepton-run data check NAME` tells whether its files are whole.
      """),
    Explanation(
      "data/set", "a data set of one's own needs a name",
      """
      A name has letters, digits, `_` and `-`. The file keeps its own name: `lepton-run data add my_data points.csv` is read by `csv("data:my_data/points.csv")`.
      """),
    Explanation(
      "data/mixing", "there is nothing to mix a target with",
      """
      `mixup` and `cutmix` mix pictures and their targets, so they stand in `augment=` of `train`, and each picture has one class, or numbers.
      """,
      wrong: "mixup()(zeros([2, 4, 4]))",
      right: "train(flatten() >> dense(10), take(digits(), 100), augment=mixup());"),
    Explanation(
      "data/missing", "a data set is not there",
      """
      Data sets that come along stand in `share/lepton/data`, or beside the notebooks in the sources. `LEPTON_DATA` names another folder.
      """),
    Explanation(
      "data/absent", "a notebook needs a data set that is not on this machine",
      """
      The cell says so itself, by `require_data`, and is passed over with all that need it. The message says how the set is had.
      """,
      wrong: "require_data(\"my_own_set\")",
      right: "require_data(\"iris\")"),
    Explanation(
      "data/damaged", "a data set is not the one that was meant",
      """
      The file was changed or cut off: its check sum differs. Install it again.
      """),
    Explanation(
      "data/name", "parameters cannot be written under these names",
      """
      Each parameter of a file has a name of its own.
      """),
    Explanation(
      "data/png", "a picture cannot be read or written",
      """
      The file is damaged, or is no PNG; the message gives the words of the library that reads it.
      """),
    Explanation(
      "data/json", "a line of a file of records is no record",
      """
      Each line of such a file holds one record of JSON: `{"name": value, …}`. The message gives line and column. `on_bad="skip"` leaves out lines that \
      do not, `on_bad="null"` makes missing what is on them.
      """,
      wrong: "jsonl(\"heights.csv\")",
      right: "csv(\"heights.csv\")"),
    Explanation(
      "data/sound", "a sound cannot be written",
      """
      The message gives the words of the library that writes it.
      """),
    Explanation(
      "shape/sound", "a tensor is no sound",
      """
      Samples are `[frames]` or `[frames, channels]`, and a second has at least one frame.
      """,
      wrong: "write_wav(\"a.wav\", zeros([2, 2, 2]), 8000)",
      right: "zeros([8000]).shape"),
  ]
}
