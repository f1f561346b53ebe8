import LeptonSyntax

/// How a word is called: its name and its parameters, as its heading writes them.
///
/// A heading is what help shows, `dense(units, activation = identity)`, and it is read by the
/// language's own parser: a default is any expression, `values...` takes any number of positional
/// arguments, and a lone `...` at the end takes arguments of any name. A heading without parentheses,
/// `pi`, is that of a plain value. Functions of the program have the same kind of signature.
public struct Signature: Sendable, Hashable {
  /// The name of the word.
  public var name: String
  /// The parameters, in order; `nil` for a value that is not called.
  public var parameters: [Parameter]?
  /// Whether arguments of further names are taken.
  public var isOpen: Bool
  /// Whether a call has no effect but its result, so that an unused one is a mistake.
  public var isPure: Bool
  /// What is wrong with the heading; empty in a program whose tests pass.
  public var mistakes: [Diagnostic]

  /// Makes a signature.
  public init(
    name: String, parameters: [Parameter]?, isOpen: Bool = false, isPure: Bool = false
  ) {
    self.name = name
    self.parameters = parameters
    self.isOpen = isOpen
    self.isPure = isPure
    mistakes = []
  }

  /// One parameter of a word.
  public struct Parameter: Sendable, Hashable {
    /// The name, by which it may be given.
    public var name: String
    /// The value if none is given; `nil` for one that must be given.
    public var defaultValue: Expression?
    /// Whether it takes all positional arguments that are left.
    public var isVariadic: Bool
    /// The forms that a literal argument may have; everything else is left to the run.
    public var accepts: LiteralTypes
    /// What is wanted, with an article, where that is known.
    public var typeDescription = ""

    /// Makes a parameter.
    public init(
      name: String, defaultValue: Expression? = nil, isVariadic: Bool = false,
      accepts: LiteralTypes = .any
    ) {
      self.name = name
      self.defaultValue = defaultValue
      self.isVariadic = isVariadic
      self.accepts = accepts
    }

    /// Whether a call must give it.
    public var isRequired: Bool { defaultValue == nil && !isVariadic }
  }
}

extension Signature {
  /// Reads a heading.
  ///
  /// It never fails: what is wrong with the heading stands in `mistakes`.
  public init(heading text: String) {
    let heading = Parser.parseHeading(Source(name: "heading", text: text))
    self.init(
      name: heading.name,
      parameters: heading.parameters?.map {
        Parameter(name: $0.name, defaultValue: $0.defaultValue, isVariadic: $0.isVariadic)
      },
      isOpen: heading.isOpen)
    mistakes = heading.diagnostics
  }

  /// Takes the signature of a function of the program.
  public init(name: String, function: Function) {
    self.init(
      name: name,
      parameters: function.parameters.map {
        Parameter(name: $0.name.text, defaultValue: $0.defaultValue)
      })
  }
}

/// What the checker asks of a library: which words there are, and how they are called.
public protocol KnownWords {
  /// The names of all words.
  var names: [String] { get }

  /// The names of the modules that can be imported.
  var modules: [String] { get }

  /// Tells how a word is called; `nil` if there is no such word.
  func signature(of name: String) -> Signature?

  /// The module that defines a word; `nil` if none does.
  func module(defining name: String) -> String?

  /// What is known of a module; `nil` if there is none.
  func outline(of module: String) -> ModuleOutline?

  /// Whether a program may give the name of a word to something else without being warned.
  func mayBeHidden(_ name: String) -> Bool
}

extension KnownWords {
  /// None that the checker should insist on.
  public var modules: [String] { [] }

  /// None that is known.
  public func module(defining name: String) -> String? { nil }

  /// Nothing that is known.
  public func outline(of module: String) -> ModuleOutline? { nil }

  /// No word.
  public func mayBeHidden(_ name: String) -> Bool { false }
}
