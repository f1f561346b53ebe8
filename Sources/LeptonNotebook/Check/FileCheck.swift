import LeptonSession

/// What can be said of a notebook or a program before it runs.
public struct FileCheck: Sendable {
  /// The path, as the user gave it.
  public let path: String
  /// Mistakes and warnings, in the order of their places.
  public let failures: [Failure]

  /// Takes over what is known of a file that cannot be checked.
  public init(path: String, failures: [Failure]) {
    self.path = path
    self.failures = failures
  }

  /// Checks a file.
  ///
  /// - Throws: `SessionError` if the worker is gone.
  public init(
    _ source: SourceText, path: String, kind: SourceKind, by session: any Session
  ) throws {
    self.init(
      path: path,
      failures: kind == .program
        ? try Self.failures(ofProgram: source.text, path, session)
        : try Self.failures(of: Notebook(parsing: source, name: path), session))
  }

  private static func failures(
    ofProgram text: String, _ path: String, _ session: any Session
  ) throws -> [Failure] {
    let prelude = Cell(id: "arguments", file: path, text: ParameterBinding.undecided(["arguments"]))
    let cell = Cell(id: "script", file: path, text: text)
    return try session.check([prelude, cell]).flatMap(\.findings).inOrderOfLines
  }

  private static func failures(
    of notebook: Notebook, _ session: any Session
  ) throws -> [Failure] {
    let binding = ParameterBinding(undecided: notebook.frontMatter.parameters)
    let checked = try CheckedNotebook(notebook, binding, by: session, isBeforeRun: false)
    let all = notebook.failures + checked.failures + checked.checks.flatMap { $0?.findings ?? [] }
    return all.inOrderOfLines.map { notebook.located($0, path: notebook.name) }
  }

  /// How many of the findings would stop a run.
  public var errorCount: Int { failures.count { $0.severity == .error } }

  /// How many of the findings only warn.
  public var warningCount: Int { failures.count { $0.severity == .warning } }
}

extension [Failure] {
  fileprivate var inOrderOfLines: [Failure] {
    enumerated().sorted {
      ($0.element.place.line, $0.offset) < ($1.element.place.line, $1.offset)
    }.map(\.element)
  }
}

extension Notebook {
  /// A failure with the path that the user gave, and the lines of the file as it is.
  public func located(_ failure: Failure, path: String) -> Failure {
    failure.mapPlaces { place in
      guard place.file == name else { return }
      place.file = path
      place.line = lineInFile(place.line)
    }
  }
}

extension Failure {
  /// The failure with all its places changed.
  public func mapPlaces(_ change: (inout Place) -> Void) -> Failure {
    var failure = self
    change(&failure.place)
    for index in notes.indices { change(&failure.notes[index]) }
    for index in trace.indices { change(&failure.trace[index].place) }
    return failure
  }
}
