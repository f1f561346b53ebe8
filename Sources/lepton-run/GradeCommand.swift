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

  @Option(help: ArgumentHelp("The master, with solutions and all checks.", valueName: "master"))
  var key: String

  @Argument(help: "The notebooks; the name of a file is the name of the student.")
  var submissions: [String]

  @Option(help: ArgumentHelp("Write a line for each student to this file.", valueName: "file"))
  var csv: String?

  @Option(help: ArgumentHelp("Write all grades to this file, as JSON.", valueName: "file"))
  var json: String?

  @Option(
    help: ArgumentHelp("Write a page for each student into this folder.", valueName: "folder"))
  var feedback: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("How many go on at once.", valueName: "n"))
  var jobs = 1

  @Option(
    name: .customLong("allow-read"), parsing: .singleValue,
    help: ArgumentHelp("Let answers read this file or folder of the lesson.", valueName: "path"))
  var readable: [String] = []

  @Flag(help: "Grade without the kernel's confinement, where the system has none.")
  var noSandbox = false

  func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be 1 to 64.") }
  }
}

extension GradeCommand: Launchable {
  func launch() -> Ending {
    let messages = StandardStream(STDERR_FILENO)
    do throws(RunRefusal) {
      let master = try Lesson.notebook(key)
      let grades = try grades(master, messages)
      let book = GradeBook(grades)
      try write(book, grades, title: master.frontMatter.title ?? master.name)
      return .success
    } catch {
      messages.say(error)
      return error.exit
    }
  }

  private func grades(_ master: Notebook, _ messages: StandardStream) throws(RunRefusal) -> [Grade]
  {
    let paths = submissions
    let start = try Lesson.start(
      in: Places.folder(of: key), reading: readable, isConfined: !noSandbox)
    let results = Pool.map(paths.count, atOnce: jobs) { index -> Result<Grade, RunRefusal> in
      do throws(RunRefusal) {
        let path = paths[index]
        let submission = Notebook(parsing: try Reader.read(path), name: Places.name(of: path))
        let grade = try Grade(
          of: submission, named: Self.student(path), key: master, options: AnswerLimits.options,
          start: start)
        messages.say(
          "[\(index + 1)/\(paths.count)] \(grade.student): \(grade.points) of \(grade.most)")
        return .success(grade)
      } catch {
        return .failure(error)
      }
    }
    var grades: [Grade] = []
    for result in results { grades.append(try result.get()) }
    return grades
  }

  private static func student(_ path: String) -> String {
    String(PictureStore.folderName(for: path).dropLast(4))
  }

  private func write(_ book: GradeBook, _ grades: [Grade], title: String) throws(RunRefusal) {
    do {
      if let json { try AtomicWriter.write(book.bytes(), to: json) }
      if let csv { try AtomicWriter.write(book.csv, to: csv) }
      if let feedback {
        let broker = FileBroker(folder: feedback, writable: ["."])
        if mkdir(feedback, 0o777) != 0, errno != EEXIST {
          throw FileError(code: "file/write", message: "the folder \(feedback) cannot be made")
        }
        for grade in grades {
          let page = Feedback(grade, title: title).markdown
          try broker.write(Array(page.utf8), to: "\(grade.student).md")
        }
      }
    } catch {
      let file = error as? FileError
      throw RunRefusal(.notWritten, file?.message ?? "\(error)", help: file?.help ?? [])
    }
    if csv == nil { try StandardStream(STDOUT_FILENO).writeOrRefuse(book.csv) }
  }
}
