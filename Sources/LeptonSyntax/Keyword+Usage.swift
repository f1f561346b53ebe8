// What help and completion tell of the words that are no names.
extension Keyword {
  /// How it is written.
  public var form: String {
    switch self {
    case .fn: "fn name(parameters) = expression"
    case .if, .else: "if condition { … } else { … }"
    case .for: "for name in values { … }"
    case .in: "value in values"
    case .while: "while condition { … }"
    case .return: "return value"
    case .try, .catch: "try { … } catch error { … }"
    case .import: "import \"file.lep\""
    case .expect: "expect condition, \"message\""
    case .record: "record name = number"
    case .layer: "layer x -> expression"
    case .and: "a and b"
    case .or: "a or b"
    case .not: "not a"
    case .break, .continue, .true, .false, .nothing, .inf, .nan: rawValue
    }
  }

  /// What it does, in a sentence.
  public var sentence: String {
    switch self {
    case .fn: "Defines a function; with a block `{ … }` its last line is the value."
    case .if: "The value of one block or of the other."
    case .else: "What holds where the condition before it does not."
    case .for: "Runs a block for each value of a list, a range, a tensor."
    case .in: "Whether a value is among others; in `for` it stands before them."
    case .while: "Runs a block again and again while a condition holds."
    case .break: "Leaves the loop around it."
    case .continue: "Goes on with the next turn of the loop."
    case .return: "Ends a function, and gives a value."
    case .try: "The value of a block, or of another one if it fails."
    case .catch: "Names the error of a `try`, and says what to do then."
    case .import: "Takes the names that another file defines."
    case .expect: "Notes whether a condition holds; the run goes on."
    case .record: "Notes a number under a name, for the report."
    case .layer: "A function that may ask for parameters, and so can be trained."
    case .and: "Whether both hold; the second is only looked at if the first holds."
    case .or: "Whether one of two holds; the second is only looked at if the first does not."
    case .not: "The opposite of a condition."
    case .true, .false: "One of the two truths."
    case .nothing: "The value where there is none."
    case .inf: "A number beyond all others."
    case .nan: "What is no number, as the result of 0 / 0."
    }
  }
}
