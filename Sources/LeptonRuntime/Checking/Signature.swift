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
  /// What is wrong with the heading; empty in a program whose tests pass.
  public var mistakes: [Diagnostic]

  /// Makes a signature.
  public init(name: String, parameters: [Parameter]?, isOpen: Bool = false) {
    self.name = name
    self.parameters = parameters
    self.isOpen = isOpen
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

  /// The types that an expression can be seen to have without running it.
  public struct LiteralTypes: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: Int

    /// Makes a set of its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// `nothing`
    public static let nothing = LiteralTypes(rawValue: 1)
    /// `true`, `false`
    public static let bool = LiteralTypes(rawValue: 2)
    /// `42`
    public static let int = LiteralTypes(rawValue: 4)
    /// `0.5`
    public static let float = LiteralTypes(rawValue: 8)
    /// `"text"`
    public static let string = LiteralTypes(rawValue: 16)
    /// `[1, 2]`
    public static let list = LiteralTypes(rawValue: 32)
    /// `{lr: 0.1}`
    public static let record = LiteralTypes(rawValue: 64)
    /// `x -> x^2`
    public static let function = LiteralTypes(rawValue: 128)
    /// Every type.
    public static let any = LiteralTypes(rawValue: 255)
    /// A number: an int or a float.
    public static let number: LiteralTypes = [.int, .float]
  }
}

/// What the checker asks of a library: which words there are, and how they are called.
public protocol KnownWords {
  /// The names of all words, modules of the library included.
  var names: [String] { get }

  /// Tells how a word is called; `nil` if there is no such word.
  func signature(of name: String) -> Signature?
}
