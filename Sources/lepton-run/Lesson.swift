import Glibc
import LeptonDisplay
import LeptonLink
import LeptonNotebook
import LeptonSession

/// Reads lessons and starts the workers in which answers to them run.
struct Lesson {
  /// The notebook of a file; what is wrong with it is told.
  static func notebook(_ path: String) throws(RunRefusal) -> Notebook {
    let notebook = Notebook(parsing: try Reader.read(path), name: Places.name(of: path))
    let stream = StandardStream(STDERR_FILENO)
    for failure in notebook.failures {
      stream.say(FailureText.plain(notebook.located(failure, path: path)))
    }
    guard notebook.isRunnable else { throw RunRefusal(.unreadable, "\(path) has mistakes") }
    return notebook
  }

  /// Starts a worker that reads the folder of a lesson and nothing else, and writes nothing.
  static func start(in folder: String, threads: Int?) -> ExerciseRun.Start {
    start(
      WorkerOptions(
        readableRoots: [Places.absolute(folder)], threads: threads ?? 1,
        addressSpaceLimit: AnswerLimits.memory))
  }

  /// Starts a worker for an answer of a stranger: it reads the bundled data and what is named, for in
  /// the lesson's folder stands the master with all that is hidden.
  static func start(
    in folder: String, reading named: [String], isConfined: Bool
  ) throws(RunRefusal) -> ExerciseRun.Start {
    let readable = named.map(Places.absolute)
    let confinement =
      try isConfined
      ? Strangers.confinement(
        reading: readable, memory: AnswerLimits.memory, seconds: AnswerLimits.seconds,
        otherwise: "grade with --no-sandbox what you would run yourself") : nil
    return start(
      WorkerOptions(
        folder: Places.absolute(folder), readableRoots: readable, threads: 1,
        addressSpaceLimit: AnswerLimits.memory, confinement: confinement))
  }

  private static func start(_ options: WorkerOptions) -> ExerciseRun.Start {
    { () throws(RunRefusal) in
      let worker = try WorkerClient.started(options)
      let control = RunControl(interrupt: worker.interrupt, terminate: worker.terminate)
      return (worker, control)
    }
  }
}
