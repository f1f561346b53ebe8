import ArgumentParser
import Glibc
import LeptonFiles
import LeptonNotebook

/// Grades notebooks that were handed in.
struct GradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Grade notebooks with the checks of a master.",
    discussion: """
      Every answer runs in a worker of its own, confined by the kernel: it reads the bundled data and what \
      --allow-read names, writes nothing, starts no process, reaches no network, and has limits on time and \
      memory. Checks come from the master, twice with different seeds. Feedback never shows hidden checks. \
      Without --csv the table goes to standard output.
      """)

  @Option(
    help: ArgumentHelp("The master, with solutions and all checks.", valueName: "master"),
    completion: .file())
  var key: String

  @Argument(
    help: "The notebooks; the name of a file is the name of the student.",
    completion: .file())
  var submissions: [String]

  @Option(
    help: ArgumentHelp("Write a line for each student to this file.", valueName: "file"),
    completion: .file())
  var csv: String?

  @Option(
    help: ArgumentHelp("Write all grades to this file, as JSON.", valueName: "file"),
    completion: .file())
  var json: String?

  @Option(
    help: ArgumentHelp("Write a page for each student into this folder.", valueName: "folder"),
    completion: .directory)
  var feedback: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("How many go on at once.", valueName: "n"))
  var jobs = 1

  @OptionGroup
  var readable: ReadOptions

  @Flag(help: "Grade without the kernel's confinement, where the system has none.")
  var noSandbox = false

  func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be 1 to 64.") }
  }
}

extension GradeCommand: Launchable {
  /// Grades all that can be graded; what cannot is told, and costs nobody else a grade.
  func launch() -> Ending {
    let messages = StandardStream(STDERR_FILENO)
    do throws(RunRefusal) {
      let master = try Lesson.notebook(key)
      let results = try results(master, messages)
      var exits: [Ending] = []
      var told: Set<String> = []
      for case .failure(let refusal) in results {
        // What is wrong with the master is the same for all.
        if told.insert(refusal.message).inserted { messages.say(refusal) }
        exits.append(refusal.exit)
      }
      let grades = results.compactMap { try? $0.get() }
      exits += write(grades, title: master.title, messages)
      return Ending.combining(exits)
    } catch {
      messages.say(error)
      return error.exit
    }
  }

  private func results(
    _ master: Notebook, _ messages: StandardStream
  ) throws(RunRefusal) -> [Result<Grade, RunRefusal>] {
    let paths = submissions
    try checkNames()
    let start = try Lesson.start(
      in: Places.folder(of: key), reading: readable.paths, isConfined: !noSandbox)
    return Pool.map(paths.count, atOnce: jobs) { index -> Result<Grade, RunRefusal> in
      do throws(RunRefusal) {
        let path = paths[index]
        let submission = Notebook(parsing: try Reader.read(path), name: Places.name(of: path))
        let grade = try Grade(
          of: submission, named: Self.student(path), key: master, options: AnswerLimits.options,
          start: start)
        messages.say(
          "[\(index + 1)/\(paths.count)] \(grade.student): \(Points.text(grade.points, of: grade.most))"
        )
        return .success(grade)
      } catch {
        return .failure(error)
      }
    }
  }

  private func checkNames() throws(RunRefusal) {
    var names: Set<String> = []
    if let name = submissions.map(Self.student).first(where: { !names.insert($0).inserted }) {
      throw RunRefusal(
        .usage, "two notebooks are called \(name), and would be one student's",
        help: ["name each file after its student"])
    }
  }

  private static func student(_ path: String) -> String {
    String(PictureStore.folderName(for: path).dropLast(4))
  }

  /// Writes all that can be written; the table goes to standard output where its file cannot.
  private func write(
    _ grades: [Grade], title: String, _ messages: StandardStream
  ) -> [Ending] {
    let book = GradeBook(grades)
    var exits = [
      attempt(messages) { if let json { try AtomicWriter.write(book.bytes(), to: json) } },
      attempt(messages) { if let feedback { try write(grades, title: title, into: feedback) } },
    ]
    if let csv { exits.append(attempt(messages) { try AtomicWriter.write(book.csv, to: csv) }) }
    if csv == nil || exits.last == .notWritten {
      exits.append(
        attempt(messages) { try StandardStream(STDOUT_FILENO).writeOrRefuse(book.csv) })
    }
    return exits
  }

  private func write(_ grades: [Grade], title: String, into folder: String) throws {
    let broker = FileBroker(folder: folder, writable: ["."])
    if mkdir(folder, 0o777) != 0, errno != EEXIST {
      throw FileError(code: "file/write", message: "the folder \(folder) cannot be made")
    }
    for grade in grades {
      let page = Feedback(grade, title: title).markdown
      try broker.write(Array(page.utf8), to: "\(grade.student).md")
    }
  }

  private func attempt(_ messages: StandardStream, _ body: () throws -> Void) -> Ending {
    do {
      try body()
      return .success
    } catch let refusal as RunRefusal {
      messages.say(refusal)
      return refusal.exit
    } catch {
      let file = error as? FileError
      messages.say(
        RunRefusal(.notWritten, file?.message ?? "\(error)", help: file?.help ?? []))
      return .notWritten
    }
  }
}
