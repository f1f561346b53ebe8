import LeptonSyntax
import LeptonTensor

/// Runs cells on what is known before the run: numbers, texts, and tensors of which only the shape is
/// known.
///
/// Operators and words are those of the run, applied to traced tensors, so that a rule for shapes and
/// the words in which it is told exist once. What cannot be known stays unknown and is never blamed:
/// bodies of loops, branches whose condition depends on data, words that reach out. What is found is
/// certain to fail when its place is reached; it warns, because other cells run all the same.
final class Foresight {
  private let context: Context
  /// The trace whose inputs stand for tensors.
  private let trace = Trace()
  /// What each cell binds, and how often.
  private let notebook: CheckedNotebook
  /// What runs: the notebook, then functions, innermost last.
  private(set) var frames: [KnownFrame] = []
  /// How many expressions of functions may still be looked at.
  private var budget = 100_000

  /// The places of which something was told.
  private var told: Set<Place> = []

  private struct Place: Hashable {
    let file: String
    let span: Span
  }

  /// How deep calls may go.
  private static let depthLimit = 24

  init(_ notebook: CheckedNotebook, context: Context) {
    self.notebook = notebook
    self.context = context
  }

  /// Goes over the next cell; gives the mistakes that its run will meet.
  ///
  /// Behind one it goes on, for whoever mends the cell: what the statement binds is not known.
  func go(over parsed: ParsedSource) -> [Diagnostic] {
    frames = [KnownFrame(source: parsed.source, names: frames.first?.names ?? KnownNames())]
    var found: [Diagnostic] = []
    for statement in parsed.statements {
      do {
        _ = try outcome(of: statement)
      } catch {
        forget(BindingScan([statement]))
        if let mistake = (error as? Foreseen)?.diagnostic, isNew(mistake) { found.append(mistake) }
      }
    }
    return found.inOrderOfPlaces
  }

  /// Whether nothing was told of the place before.
  private func isNew(_ mistake: Diagnostic) -> Bool {
    told.insert(Place(file: mistake.source.name, span: mistake.span)).inserted
  }

  // MARK: Names

  /// Where the code that runs stands.
  var source: Source { frames[frames.count - 1].source }

  /// The function that runs; nothing at the top of a cell.
  var function: KnownFunction? { frames[frames.count - 1].function }

  /// What is known of a name of the running function, or of the notebook; nothing if it has no value there.
  func assigned(_ name: String) -> Known? { frames[frames.count - 1].names[name] }

  func assign(_ name: String, _ known: Known) { frames[frames.count - 1].names.set(name, known) }

  /// Forgets the names that are bound where nothing is known of what runs.
  func forget(_ scan: BindingScan) {
    for place in scan.places { assign(place.name.text, .unknown) }
  }

  /// What is known of a name.
  func known(_ name: String) -> Known {
    if let known = assigned(name) { return known }
    if let function {
      if function.locals.contains(name) { return .unknown }
      if let known = function.captured[name] { return known }
      // It took the value that the name had then; there is no other if it is bound once.
      if let known = frames[0].names[name] { return notebook.isBoundOnce(name) ? known : .unknown }
    }
    guard !notebook.isBound(name), let word = context.library.words[name],
      word.signature.parameters != nil
    else { return .unknown }
    return .value(.function(word))
  }

  /// Runs something as a function of the program; nothing is known where that goes too far.
  func inFrame(_ frame: KnownFrame, _ body: () throws -> Known) rethrows -> Known {
    guard frames.count < Self.depthLimit else { return .unknown }
    frames.append(frame)
    defer { frames.removeLast() }
    return try body()
  }

  /// Whether another expression may be looked at.
  func spend() -> Bool {
    if frames.count > 1 { budget -= 1 }
    return budget > 0
  }

  // MARK: Values

  /// Whether a mistake depends on nothing but shapes and types, so that it is certain.
  private static func isCertain(_ code: String) -> Bool {
    code.hasPrefix("shape/") || code.hasPrefix("type/")
  }

  /// Applies what the run would; a mistake about shapes or types is certain, any other is left to the run.
  func apply(at span: Span, _ body: (Context) throws -> Value) throws -> Known {
    let call = CallSite(source, span)
    let outer = context.foreseenCall
    context.foreseenCall = call
    defer { context.foreseenCall = outer }
    do {
      return .value(try shapes(of: body(context)))
    } catch let raised as Raised {
      return try foresee(raised.error, at: CallSite(raised.source, raised.span), raised.notes)
    } catch {
      let error = LanguageError(from: error)
      return try foresee(error, at: error.place(inCall: call), [])
    }
  }

  private func foresee(
    _ error: LanguageError, at place: CallSite, _ notes: [Diagnostic.Note]
  ) throws -> Known {
    guard Self.isCertain(error.code) else { return .unknown }
    throw Foreseen(
      diagnostic: Diagnostic(
        .warning, code: error.code, error.message, source: place.source, span: place.span,
        label: error.label, notes: notes, help: error.help))
  }

  /// The value without the elements of tensors.
  private func shapes(of value: Value) throws -> Value {
    switch value {
    case .tensor(let tensor): .tensor(tensor.isTraced ? tensor : try trace.input(like: tensor))
    case .list(let elements): .list(try elements.map(shapes))
    default: value
    }
  }
}
