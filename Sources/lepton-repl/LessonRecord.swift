import Glibc
import LeptonFiles
import LeptonJSON

/// What somebody answered and earned in a lesson, as it is kept between sessions.
struct LessonRecord: Codable, Equatable {
  /// The cell that the lesson is at.
  var place = ""
  /// The last answer to each exercise.
  var answers: [String: String] = [:]
  /// The most that was earned with each exercise.
  var points: [String: Double] = [:]

  /// Begins a lesson.
  init() {}

  /// Reads what is kept of a lesson, if there is anything that can be read.
  init?(of lesson: LessonShelf.Entry) {
    guard let path = LessonRecord.path(of: lesson),
      let bytes = try? FileBroker(readable: [path]).read(path, limit: 16 << 20),
      let json = try? JSON(parsing: bytes),
      let record = try? LessonRecord(decoding: json)
    else { return nil }
    self = record
  }

  /// Puts aside what is kept of a lesson and cannot be read, so that nothing is written over it.
  ///
  /// - Returns: where it is now; nothing if nothing is kept, or all is well.
  static func putAside(of lesson: LessonShelf.Entry) -> String? {
    guard LessonRecord(of: lesson) == nil, let path = path(of: lesson) else { return nil }
    let place = path + ".damaged"
    return rename(path, place) == 0 ? place : nil
  }

  /// Keeps it; at any moment the file is the old one or the new one.
  func write(of lesson: LessonShelf.Entry) throws {
    guard let path = LessonRecord.path(of: lesson) else { return }
    HistoryFile.makeFolders(of: path)
    try AtomicWriter.write(JSON(encoding: self).bytes(.pretty), to: path)
  }

  /// `lepton/lessons/NAME.json` below `$XDG_DATA_HOME` or `~/.local/share`.
  private static func path(of lesson: LessonShelf.Entry) -> String? {
    let folder = Environment["XDG_DATA_HOME"] ?? Environment["HOME"].map { $0 + "/.local/share" }
    // Lessons of one's own may have the same name in several folders.
    let name = lesson.name.hasSuffix(".lnb") ? lesson.path.replacing("/", with: "%") : lesson.name
    return folder.map { "\($0)/lepton/lessons/\(name).json" }
  }
}
