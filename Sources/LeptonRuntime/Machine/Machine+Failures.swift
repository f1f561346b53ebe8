import LeptonFiles
import LeptonSession
import LeptonSyntax
import LeptonTensor

/// A mistake at run time with its place and the calls that led there.
struct Raised: Error {
  /// What is wrong.
  var error: LanguageError
  /// The text in which it happened.
  var source: Source
  /// The expression that failed.
  var span: Span
  /// The calls that led there, innermost first.
  var trace: [Failure.Frame]
  /// Other places that have to do with it.
  var notes: [Diagnostic.Note] = []

  /// Whether the user stopped the cell, which no program catches.
  var isInterruption: Bool { error.code == LanguageError.interrupted.code }

  /// What is shown.
  var failure: Failure {
    Failure(
      Diagnostic(
        code: error.code, error.message, source: source, span: span, label: error.label,
        notes: notes, help: error.help),
      trace: trace)
  }

  /// What `catch` binds: what is wrong, where, and what helps.
  var value: Value {
    let place = source.location(of: span.start)
    return .record([
      "message": .string(error.message), "code": .string(error.code), "file": .string(source.name),
      "line": .int(place.line), "column": .int(place.column),
      "help": .list(error.help.map(Value.string)),
    ])
  }
}

extension Machine {
  /// How many calls a trace shows.
  static let traceLimit = 10

  /// Finds the handler of a failure and goes on there; ends the calls that have none.
  ///
  /// - Throws: the failure, if no call since the last one from outside catches it.
  func recover(from error: any Error) throws {
    let raised = error as? Raised ?? raise(error)
    while true {
      let frame = frames[frameCount - 1]
      if !raised.isInterruption, let handler = handler(of: frame) {
        put(Slot(raised.value), frame.base + handler.register)
        frames[frameCount - 1].position = frame.target.pointee.code + handler.target
        return
      }
      pop()
      if frame.isEntry { throw raised }
    }
  }

  private func handler(of frame: Frame) -> Prototype.Handler? {
    let index = frame.index
    return frame.prototype.handlers.first { $0.start <= index && index < $0.end }
  }

  /// Adds the place, which is in the user's own text where there is one, and the calls that led there to a failure.
  private func raise(_ error: any Error) -> Raised {
    let frame = frames[frameCount - 1]
    let known = LanguageError(from: error)
    let call = site() ?? CallSite(frame.prototype.source, span(of: frame))
    let place = known.place(inCall: call)
    return Raised(error: known, source: place.source, span: place.span, trace: trace())
  }

  /// The expression at which a call is.
  func span(of frame: Frame) -> Span {
    let spans = frame.prototype.spans
    return frame.index < spans.count ? spans[frame.index] : frame.prototype.span
  }

  /// The calls that are going on, innermost first, without the cell itself; calls from a place that
  /// has just been named are only counted.
  private func trace() -> [Failure.Frame] {
    var trace: [Failure.Frame] = []
    var round: [(call: ObjectIdentifier, index: Int, entry: Int)] = []
    for depth in (1..<max(frameCount, 1)).reversed() {
      let prototype = frames[depth].prototype
      guard !prototype.isCell else { continue }
      let caller = frames[depth - 1]
      let call = ObjectIdentifier(prototype)
      if let known = round.last(where: { $0.call == call && $0.index == caller.index }) {
        trace[known.entry].repetitions += 1
        continue
      }
      guard trace.count < Self.traceLimit else { break }
      round.append((call, caller.index, trace.count))
      trace.append(
        Failure.Frame(
          function: prototype.name,
          place: Failure.Place(source: caller.prototype.source, span: span(of: caller))))
    }
    return trace
  }

  /// The line at which the innermost call is.
  var currentLine: Int {
    guard frameCount > 0 else { return 0 }
    let frame = frames[frameCount - 1]
    return frame.prototype.source.location(of: span(of: frame).start).line
  }
}

extension LanguageError {
  /// The code of whatever went wrong, for a word that goes on without what failed.
  public static func code(of error: any Error) -> String { LanguageError(from: error).code }

  /// Takes over what a word threw.
  init(from error: any Error) {
    switch error {
    case let error as LanguageError: self = error
    case let raised as Raised: self = raised.error
    case let error as any Explained: self = error.explained
    case let error as TensorError: self.init(error.code, error.message, help: error.help)
    case let error as FileError:
      let near = error.missing.flatMap { Spelling.nearest(to: $0.name, in: $0.others) }
      self.init(
        error.code, error.message, help: near.map { ["did you mean `\($0)`?"] } ?? error.help)
    case let error as ArgumentError: self = error.error
    default: self.init("internal/error", "something went wrong inside: \(error)")
    }
  }
}
