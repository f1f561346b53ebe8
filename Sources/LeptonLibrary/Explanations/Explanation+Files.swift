extension Explanation {
  /// What can be wrong with files.
  static let files = [
    Explanation(
      "file/missing", "there is no such file",
      """
      Paths are relative to the folder of the notebook or program. Capital letters count.
      """,
      wrong: "read_text(\"missing.txt\")",
      right: "read_text(\"heights.csv\")"),
    Explanation(
      "file/denied", "a file may not be touched",
      """
      A notebook may read what stands in its own folder, and write nothing but its report. Who runs it may allow more: \
      `lepton-run --allow-read=FOLDER --allow-write=FOLDER notebook.lnb`.
      """,
      wrong: "read_text(\"/etc/passwd\")",
      right: "read_text(\"heights.csv\")"),
    Explanation(
      "file/kind", "this is no file",
      """
      A folder, a pipe or a device stands there. Name a file.
      """,
      wrong: "read_text(\"folder\")",
      right: "read_text(\"folder/note.txt\")"),
    Explanation(
      "file/text", "a file is no text",
      """
      Texts are read as UTF-8. An editor can save an older text so; a picture or a model has words of its own to read it.
      """,
      wrong: "read_text(\"binary.dat\")",
      right: "read_text(\"heights.csv\")"),
    Explanation(
      "file/path", "a path is none",
      """
      A path is not empty, and names a file by folders and a name.
      """,
      wrong: "read_text(\"\")",
      right: "read_text(\"folder/note.txt\")"),
    Explanation(
      "file/damaged", "a file does not hold what its format promises",
      """
      The file was cut off or changed, or is of another format than its name says.
      """,
      wrong: "load(\"heights.csv\")",
      right: "csv(\"heights.csv\")"),
    Explanation(
      "file/rows", "rows of a file cannot be read one by one",
      """
      `array_file` reads some rows of an array without the others, so they must stand in the file one after the other: not packed, not column by \
      column, in one of the formats NPY, IDX and safetensors. The message tells what stands in the way and what helps.
      """,
      wrong: "array_file(\"heights.csv\")",
      right: "csv(\"heights.csv\")"),
    Explanation(
      "file/changed", "a file was changed while it was open",
      """
      An `array_file` reads its rows when they are asked for, so the file must stay as it was when it was opened. Wait until whatever writes to it is done, \
      and open it again; a program that writes a new file and gives it the old one's name disturbs nobody.
      """),
    Explanation(
      "file/size", "a file is too large",
      """
      The message tells the limit of what is read whole. Files of any size are gone through by `csv_parts`, `jsonl_parts` and `text_parts`, and an \
      `array_file` gives some rows of an array without the others.
      """),
    Explanation(
      "file/permission", "the system does not allow to open a file",
      """
      The file belongs to somebody else, or may not be read or written. Change its permissions, or choose another place.
      """),
    Explanation(
      "file/full", "there is no space left",
      """
      The disk is full, or a quota is reached. What was there before is as it was.
      """),
    Explanation(
      "file/busy", "another program writes there",
      """
      Two runs of a notebook would write over each other's pictures and cache, so the second one is refused. Wait until \
      the first has ended, or send the report, and with it the pictures, into another folder: \
      `lepton-run -o elsewhere/report.md notebook.lnb`.
      """),
    Explanation(
      "file/read", "the system could not read a file",
      """
      The message gives the words of the system. A disk or a network may have failed.
      """),
    Explanation(
      "file/write", "the system could not write a file",
      """
      The message gives the words of the system. What was there before is as it was.
      """),
    Explanation(
      "file/pipe", "whoever read the output has stopped reading",
      """
      The program on the other side of a pipe ended, as `head` does when it has seen enough.
      """),
    Explanation(
      "json/syntax", "a text is no JSON",
      """
      Something else stands where the message says what was expected. JSON stands inside of files of models, and between the parts of Lepton.
      """),
    Explanation(
      "json/text", "a text in JSON is not written as one",
      "Texts of JSON stand in double quotes, with escapes for control characters."),
    Explanation(
      "json/number", "a number in JSON is not written as one",
      "JSON knows no `inf`, no `nan` and no needless zeros."),
    Explanation(
      "json/duplicate", "a name stands twice in one object of JSON", "Each name may stand once."),
    Explanation(
      "json/depth", "JSON is nested too deeply",
      "Arrays and objects stand inside each other deeper than anything reasonable."),
    Explanation(
      "json/trailing", "something stands behind the end of JSON", "One text holds one value."),
    Explanation(
      "json/value", "a value in JSON is of the wrong kind",
      "The message names its place. The file was made by another program, or by another version."),
  ]
}
