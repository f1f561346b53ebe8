import LeptonSyntax

/// What is known of a value before anything runs.
enum Known {
  /// The value; of a tensor in it only the shape and the element type.
  case value(Value)
  /// A function of the program.
  case function(KnownFunction)
  /// Nothing.
  case unknown

  /// The value, if it is known.
  var value: Value? { if case .value(let value) = self { value } else { nil } }
}

/// A function of the program as foresight calls it: its tree, and the names that it took where it was
/// made.
final class KnownFunction {
  /// What it is called; empty for an anonymous one.
  let name: String
  /// The tree.
  let function: Function
  /// Where it stands.
  let source: Source
  /// The names of the functions around it, with what was known of them.
  let captured: KnownNames
  /// Whether it was written with `layer`: only a model calls it.
  let isLayer: Bool
  /// What stands for it in a composition or a model.
  private weak var standIn: ForeseenFunction?
  /// The names that it binds.
  private(set) lazy var locals: NumberedNames = {
    var names = NumberedNames()
    for place in BindingScan(function.body.statements).places { _ = names.insert(place.name.text) }
    return names
  }()

  init(
    name: String, function: Function, source: Source, captured: KnownNames, isLayer: Bool
  ) {
    self.isLayer = isLayer
    self.name = name
    self.function = function
    self.source = source
    self.captured = captured
  }

  /// The function as a value, the same one as long as somebody holds it.
  func value(in foresight: Foresight) -> Value {
    let standIn = standIn ?? ForeseenFunction(self, foresight)
    self.standIn = standIn
    return .function(standIn)
  }
}

/// What stands for a function of the program where words take it over before the run: in a composition, in a
/// model that is tried on shapes.
public final class ForeseenFunction: Callable {
  /// The function.
  let function: KnownFunction
  /// Not held: its frames hold this.
  private weak var foresight: Foresight?

  init(_ function: KnownFunction, _ foresight: Foresight) {
    self.function = function
    self.foresight = foresight
  }

  /// What messages call it.
  public var name: String { function.isLayer ? "layer" : function.name }

  /// The text of the function as it was written.
  public var source: String { function.source[function.function.span] }

  /// The place in the user's own text where it begins, with its parameters.
  public var site: CallSite {
    let whole = function.function.span
    let end = function.function.parameters.last?.name.span.end ?? whole.end
    return CallSite(function.source, Span(whole.start, end))
  }

  /// What the function gives, as far as that is known.
  public func call(_ arguments: Arguments, in context: Context) throws -> Value {
    guard let foresight else { throw Unforeseen() }
    return try foresight.result(of: function, arguments)
  }
}

/// Names, with what is known of each.
struct KnownNames {
  private var names = NumberedNames()
  private var known: [Known] = []

  /// What is known of a name; nothing if it is none of these.
  subscript(name: String) -> Known? { names.number(of: name).map { known[$0] } }

  /// Sets what is known of a name.
  mutating func set(_ name: String, _ known: Known) {
    let (number, isNew) = names.insert(name)
    if isNew { self.known.append(known) } else { self.known[number] = known }
  }

  /// These and others, which hide them.
  func hidden(by others: KnownNames) -> KnownNames {
    var all = self
    for (name, known) in zip(others.names.all, others.known) { all.set(name, known) }
    return all
  }
}

/// The names of a running function, or of the notebook.
struct KnownFrame {
  /// Where its code stands.
  var source: Source
  /// The names that have been assigned, with what is known of them.
  var names = KnownNames()
  /// The function that runs; nothing at the top of a cell.
  var function: KnownFunction?
}

/// A mistake that is certain to happen when its place is reached.
struct Foreseen: Error {
  var diagnostic: Diagnostic
}

/// Nothing is known of what a function gives; nobody is ever told.
struct Unforeseen: Error {}

/// How statements went.
enum KnownOutcome {
  /// They ran to their end, and the last gave this.
  case finished(Known)
  /// They returned this.
  case returned(Known)
  /// Whether they went on cannot be known.
  case lost
}
