extension Explanation {
  /// What can be wrong with notebooks as documents.
  static let notebooks = [
    Explanation(
      "notebook/attribute", "an attribute of a cell is none, or has a wrong value",
      """
      Behind `lepton` stand a name, `#train`, flags, and `key=value`: `eval=false`, `raises=number/zero`, `timeout=60s`, `seed=3`, `skip="why"`.
      """,
      wrongNotebook: """
        ```lepton timout=10s
        1 + 1
        ```
        """,
      right: """
        ```lepton timeout=10s
        1 + 1
        ```
        """),
    Explanation(
      "notebook/id", "a name cannot be that of a cell",
      """
      Each cell has a name of its own, of letters, digits, `-`, `_` and `.`.
      """,
      wrongNotebook: """
        ```lepton #data
        a = 1
        ```

        ```lepton #data
        b = 2
        ```
        """,
      right: """
        ```lepton #data
        a = 1
        ```

        ```lepton #more
        b = 2
        ```
        """),
    Explanation(
      "notebook/fence", "a fence is not closed",
      """
      A cell ends with a line of as many backticks as it begins with.
      """,
      wrongNotebook: """
        ```lepton
        a = 1
        """,
      right: """
        ```lepton
        a = 1
        ```
        """),
    Explanation(
      "notebook/outputs", "outputs of an earlier run have no end",
      """
      A report keeps its outputs between two comments, so that it can be run again. One of them is gone: delete the other, and what stands \
      between.
      """,
      wrongNotebook: """
        ```lepton
        1 + 1
        ```

        <!-- lepton:out -->
        """,
      right: """
        ```lepton
        1 + 1
        ```
        """),
    Explanation(
      "notebook/expect", "what is expected cannot be compared",
      """
      A fence `expect` stands right behind the cell whose outputs it tells, and is written as `notebook` documents say.
      """,
      wrongNotebook: """
        ```expect
        2
        ```

        ```lepton
        1 + 1
        ```
        """,
      right: """
        ```lepton
        1 + 1
        ```

        ```expect
        2
        ```
        """),
    Explanation(
      "notebook/front-matter", "the lines before the notebook cannot be understood",
      """
      A notebook may begin with lines of `key: value` between two lines `---`, in YAML: `title`, `seed`, `timeout`, `params` and others.
      """,
      wrongNotebook: """
        ---
        title: [1, 2
        ---

        ```lepton
        1 + 1
        ```
        """,
      right: """
        ---
        title: My model
        ---

        ```lepton
        1 + 1
        ```
        """),
    Explanation(
      "notebook/parameter", "a parameter of the notebook is wrong",
      """
      A parameter has a name of the language and a value within its limits, and no cell assigns to it: who runs the notebook sets it.
      """,
      wrongNotebook: """
        ---
        params:
          epochs: 5
        ---

        ```lepton
        epochs = 10
        ```
        """,
      right: """
        ---
        params:
          epochs: 5
        ---

        ```lepton
        more_epochs = epochs + 5
        ```
        """),
    Explanation(
      "notebook/empty", "there is no cell to run",
      """
      A cell is a fence whose first line is three backticks and `lepton`. Those with `eval=false` or `skip` are not run.
      """),
    Explanation(
      "notebook/conflict", "two versions of a notebook were never merged",
      """
      A version control system wrote both versions into the file, between lines of `<<<<<<<`, `=======` and `>>>>>>>`. Keep \
      one, or something of both, and delete those lines. In a fence they may stand: it may be about them.
      """),
    Explanation(
      "notebook/reordering", "an invisible character shows code in another order",
      """
      Such characters are for languages that are written from right to left. In code they can make a line look like \
      another one. In a text they can be written as an escape: `"\\u202E"`.
      """),
    Explanation(
      "notebook/size", "a notebook is too large",
      "A notebook or program may have 4 MiB. Data belong into files beside it."),
    Explanation(
      "notebook/binary", "the file is no text",
      "There is a zero byte in it, so it is no notebook. Its name may be mistaken."),
    Explanation(
      "notebook/encoding", "the text is not UTF-8",
      "Notebooks and programs are texts in UTF-8. An editor can save an older text so."),
    Explanation(
      "expect/output", "a cell gave something else than is expected",
      """
      The fence `expect` behind a cell says what it must give; numbers are compared by value. Mend the program, or the fence.
      """,
      wrongNotebook: """
        ```lepton
        [1, 2] + [3, 4]
        ```

        ```expect
        tensor([4, 7])
        ```
        """,
      right: """
        ```lepton
        [1, 2] + [3, 4]
        ```

        ```expect
        tensor([4, 6])
        ```
        """),
    Explanation(
      "expect/error", "a cell did not fail as it must",
      """
      `raises=area/name` says that a cell must fail with that code: it shows a mistake on purpose.
      """,
      wrongNotebook: """
        ```lepton raises=number/zero
        1 / 2
        ```
        """,
      right: """
        ```lepton raises=number/zero
        1 / 0
        ```
        """),
  ]

  /// What can happen to a run.
  static let runs = [
    Explanation(
      "program/failure", "the program stopped by itself",
      """
      `fail("why")` stops a program with its own words. `fail("why", code="my/code")` gives the failure a code of its own.
      """,
      wrong: """
        rate = 2
        if rate > 1 { fail("a rate is at most 1") }
        """,
      right: """
        rate = 0.2
        if rate > 1 { fail("a rate is at most 1") }
        """),
    Explanation(
      "run/interrupted", "somebody stopped the program",
      """
      Ctrl-C stops the running cell. No program can catch that.
      """),
    Explanation(
      "notebook/exercise", "something is wrong with an exercise of a notebook",
      """
      An exercise has a name, a solution between the lines `# BEGIN SOLUTION` and `# END SOLUTION`, and cells that check it. Checks, tries and \
      hints name the exercise that they are for.
      """,
      wrongNotebook: """
        ```lepton #double exercise points=1
        fn double(x) {
          # BEGIN SOLUTION
          2 * x
          # END SOLUTION
        }
        ```
        """,
      right: """
        ```lepton #double exercise points=1
        fn double(x) {
          # BEGIN SOLUTION
          2 * x
          # END SOLUTION
        }
        ```

        ```lepton check=double fail="Twice 3 is 6."
        expect double(3) == 6
        ```
        """),
    Explanation(
      "lesson/check", "the checks of a lesson judge an answer wrongly",
      """
      `lepton-run selftest` runs the solutions of a lesson, which must pass, what stands there before anybody wrote an answer, which must not, and \
      every cell `try=`, which must end as it says.
      """),
    Explanation(
      "exercise/todo", "an exercise is not done yet",
      """
      `todo` stands where an answer is to be written. A notebook in which it is reached does not fail: the exercise counts as not attempted.
      """,
      wrong: "todo(\"the mean\")", right: "mean([1, 2, 3])"),
    Explanation(
      "exercise/award", "points are given where none can be",
      """
      `award` gives a part of a check's points and must stand in the check itself: an answer cannot give points to itself.
      """),
    Explanation(
      "run/repeat", "two runs of a notebook gave different reports",
      """
      `--repeat` runs a notebook several times, and all reports must be the same. Times and the outside world differ from run to run: mark such \
      a cell `volatile`.
      """),
    Explanation(
      "limit/time", "a cell took longer than it may",
      """
      `timeout=60s` behind the `lepton` of a cell, `timeout` in the front matter or `--timeout` limits the time of a cell. A training that is \
      stopped gives the model so far.
      """,
      wrongNotebook: """
        ```lepton timeout=0.05s
        while true { }
        ```
        """,
      right: """
        ```lepton timeout=60s
        n = 0
        while n < 10 { n = n + 1 }
        ```
        """),
    Explanation(
      "run/baseline", "a run gave other results than those it is held against",
      "The message lists what differs. If the change is meant, write the results down anew."),
    Explanation(
      "cell/failed", "a cell did not pass", "The report of the run tells why."),
    Explanation(
      "results/json", "a file of results is no JSON", "It was changed by hand, or is another file."),
    Explanation(
      "results/format", "a file holds no results of a run",
      "`lepton-run NOTEBOOK --results FILE` writes such files."),
    Explanation(
      "convert/json", "a Jupyter notebook is no JSON",
      "The file was cut off, or changed by hand, or is none."),
    Explanation(
      "convert/format", "this is no Jupyter notebook of format 4",
      "Jupyter itself can bring older notebooks to format 4: `jupyter nbconvert --to notebook`."),
    Explanation(
      "convert/language", "the cells of a Jupyter notebook are of another language",
      "Only notebooks with cells in Lepton can be converted."),
    Explanation(
      "run/worker", "the process that computes is gone",
      """
      Programs run in a process of their own. It could not be started, or the system ended it, most often because memory ran out.
      """),
    Explanation(
      "run/output", "what was found cannot be written down",
      "The findings of `lepton-run check` could not be written as asked. This is a fault of Lepton: please report it."
    ),
    Explanation(
      "script/empty", "there is nothing to run", "The file holds no statement."),
    Explanation(
      "internal/error", "something went wrong inside of Lepton",
      "This is a fault of Lepton and not of the program: please report it, with the program."),
    Explanation(
      "trace/read",
      "the value of a tensor is asked for while its formula is still being written down",
      """
      A model is run once on shapes alone before it is trained; no element has a value then. Write `where(x > 0, a, b)` in place of \
      `if x > 0 { a } else { b }`.
      """),
    Explanation(
      "trace/foreign", "a tensor of one computation is used in another",
      """
      A tensor inside of `grad` or of a model in training exists only there, and cannot be kept. If this appears in a program that keeps none, it is \
      a fault of Lepton: please report it.
      """),
    Explanation(
      "trace/input", "a computation lacks one of its inputs",
      "This is a fault of Lepton and not of the program: please report it."),
    Explanation(
      "plan/input", "a computation gets other inputs than it was planned for",
      "This is a fault of Lepton and not of the program: please report it."),
    Explanation(
      "plan/batch", "a training gets another batch than it was planned for",
      "This is a fault of Lepton and not of the program: please report it."),
  ]
}
