import LeptonSyntax

/// A function as it was compiled: everything about it save what it captured.
final class Prototype {
  /// What messages and traces call it.
  let name: String
  /// The text that it is a part of.
  let source: Source
  /// Where it stands there.
  let span: Span
  /// Its parameters, in order.
  var parameters: [Parameter] = []
  /// How many parameters must be given.
  var requiredCount = 0
  /// Whether calls of it go through the library, which gives it parameters of its own.
  var isLayer = false
  /// Whether it is a layer that is the result of the function in which it stands.
  var isResult = false
  /// Whether it is a cell or a file.
  var isCell = false
  /// The instructions and the words among them.
  private(set) var code = StableArray<UInt32>()
  /// The constants, each of which holds a count.
  private(set) var constants = StableArray<Slot>()
  /// The names that stand behind dots.
  private(set) var fieldNames = StableArray<String>()
  /// What of the lists below the machine reads while it runs.
  private(set) var functions = StableArray<Unmanaged<Prototype>>()
  private(set) var captureSources = StableArray<Capture>()
  private(set) var plainPaths = StableArray<PlainPath>()
  /// Where the expression of each word of code stands.
  var spans: [Span] = []
  /// How many registers a call needs.
  var registerCount = 0
  /// The first register that only holds parts of expressions.
  var firstTemporary = 0
  /// What a function made of this captures from the one that makes it.
  var captures: [Capture] = []
  /// The names of what it captures.
  var captureNames: [String] = []
  /// The functions that stand in it.
  var prototypes: [Prototype] = []
  /// The groups of functions that may call each other.
  var groups: [[Prototype]] = []
  /// The ranges in which a failure is caught, innermost first.
  var handlers: [Handler] = []
  /// How calls with names hand over.
  var callShapes: [CallShape] = []
  /// The names of record literals.
  var names: [LiteralNames] = []
  /// What stands between the brackets of indices.
  var subscripts: [[SubscriptKind]] = []
  /// What assignments update.
  var paths: [UpdatePath] = []
  /// What `expect` statements need to know.
  var expectations: [Expectation] = []
  /// What is imported.
  var modules: [Statement.Module] = []
  /// The shapes of the heading.
  var patterns: [Pattern] = []
  /// The assignments of the body, for whoever asks what a value will be called.
  var targets: [(name: String, span: Span)] = []
  /// For a cell: the names that outlive it or come from earlier cells.
  var cellNames: [CellName] = []

  init(name: String, source: Source, span: Span) {
    self.name = name
    self.source = source
    self.span = span
  }

  deinit {
    for index in 0..<constants.count { constants.first[index].release() }
  }

  /// Takes over the finished code, the constants with their counts, and the names behind dots.
  func finish(code words: [UInt32], constants slots: [Slot], fieldNames names: [String]) {
    code = StableArray(words)
    constants = StableArray(slots)
    fieldNames = StableArray(names)
    functions = StableArray(prototypes.map(Unmanaged.passUnretained))
    captureSources = StableArray(captures)
    plainPaths = StableArray(paths.map(\.plain))
  }

  /// The text of the function as it was written.
  var text: String { source[span] }

  /// A name of a cell.
  struct CellName {
    var name: String
    var register: Int
    /// Whether the cell binds it, so that it outlives the cell.
    var isBound: Bool
  }

  /// A parameter.
  struct Parameter {
    var name: String
    /// The text of the default, where there is one.
    var defaultText: String?

    var hasDefault: Bool { defaultText != nil }
  }

  /// Where a captured value comes from.
  enum Capture {
    case register(Int)
    case capture(Int)
    case sibling(Int)
  }

  /// A range of code in which a failure jumps to a handler.
  struct Handler {
    var start: Int
    var end: Int
    var target: Int
    /// The register that gets the error.
    var register: Int

    /// The same behind further instructions.
    func shifted(by distance: Int) -> Handler {
      Handler(
        start: start + distance, end: end + distance, target: target + distance, register: register)
    }
  }

  /// Which values of a call have names, and which name a dot call has.
  struct CallShape {
    var positionalCount: Int
    var names: [String]
    var method: String
  }

  /// What stands between two commas of an index.
  enum SubscriptKind {
    case position
    /// A slice, with which of start, stop and step it has.
    case slice(start: Bool, stop: Bool, step: Bool)
    case ellipsis
  }

  /// A step of the path of an update.
  enum PathStep {
    case field(String)
    case index([SubscriptKind])

    /// Whether what stands between the brackets is one position.
    var isPosition: Bool {
      guard case .index(let kinds) = self, kinds.count == 1, case .position = kinds[0] else {
        return false
      }
      return true
    }
  }

  /// A step of a path of names and single positions.
  struct PlainStep {
    /// For a name as the word behind a `field` instruction.
    var word: UInt32 = 0
    /// For a position which of the keys it is.
    var key: Int?
  }

  /// The steps of a path; none where more stands between brackets than single positions.
  struct PlainPath {
    var steps: UnsafeMutablePointer<PlainStep>
    var count: Int
  }

  /// The path of an update of several steps.
  final class UpdatePath {
    let steps: [PathStep]
    private let plainSteps: StableArray<PlainStep>

    /// Makes a path; a closure numbers the names.
    init(_ steps: [PathStep], number: (String) throws -> Int) rethrows {
      self.steps = steps
      var keys = 0
      var plain: [PlainStep] = []
      for step in steps {
        if case .field(let name) = step {
          plain.append(PlainStep(word: UInt32(try number(name))))
        } else if step.isPosition {
          plain.append(PlainStep(key: keys))
          keys += 1
        }
      }
      plainSteps = StableArray(plain.count == steps.count ? plain : [])
    }

    /// The same where all that stands between brackets are single positions.
    var plain: PlainPath { PlainPath(steps: plainSteps.first, count: plainSteps.count) }
  }

  /// The names of a record literal, or of some of its fields.
  struct LiteralNames {
    let list: [String]
    /// The names as the records share them, if no two are the same.
    let shared: RecordNames?

    init(_ list: [String]) {
      self.list = list
      shared = Set(list.map { Array($0.utf8) }).count == list.count ? RecordNames(list) : nil
    }
  }

  /// A condition that is expected.
  struct Expectation {
    var condition: String
    /// The operands as they were written, and the registers that hold their values.
    var operands: [(source: String, register: Int)]
    /// The register of the author's message.
    var message: Int?
  }

  /// A shape in a heading.
  struct Pattern {
    var parameter: String
    var text: String
    var sizes: [Size]

    enum Size {
      case fixed(Int)
      case named(String, register: Int)
      case any
    }
  }
}
