import LeptonDisplay
import LeptonFiles

/// Where a report goes.
public protocol ReportSink: AnyObject {
  /// Takes the next piece of the report.
  func write(_ text: String) throws(FileError)
  /// Keeps a picture and gives the link to it.
  func keep(_ picture: Picture, named name: String) throws(FileError) -> String
  /// Is told that the report is whole.
  func finish() throws(FileError)
}

/// Keeps a report in memory.
public final class MemorySink: ReportSink {
  /// The report so far.
  public private(set) var text = ""
  /// The pictures by their links.
  public private(set) var pictures: [String: String] = [:]
  private let folder: String

  /// Makes a sink whose links begin with the name of a folder.
  public init(folder: String = "notebook.out") { self.folder = folder }

  /// Takes the next piece of the report.
  public func write(_ text: String) { self.text += text }
  /// Keeps a picture and gives the link to it.
  public func keep(_ picture: Picture, named name: String) -> String {
    pictures["\(folder)/\(name)"] = picture.svg
    return "\(folder)/\(name)"
  }
  /// Is told that the report is whole.
  public func finish() {}
}

/// Gathers a report and writes it to a file when it is whole.
public final class FileSink: ReportSink {
  private let path: String
  private let pictures: PictureStore
  // Pieces are shared by all sinks that keep them; a text would be a copy in each.
  private var pieces: [String] = []

  /// Makes a sink for a file.
  public init(path: String, pictures: PictureStore) {
    self.path = path
    self.pictures = pictures
  }

  /// Takes the next piece of the report.
  public func write(_ text: String) { pieces.append(text) }
  /// Keeps a picture and gives the link to it.
  ///
  /// - Throws: What writing the report would throw, too: a picture makes no folder for a report that
  ///   has none, and does not stand beside one that cannot be there.
  public func keep(_ picture: Picture, named name: String) throws(FileError) -> String {
    // One that is begun and never committed leaves nothing.
    _ = try AtomicFile(path)
    return try pictures.keep(picture, named: name)
  }
  /// Is told that the report is whole.
  public func finish() throws(FileError) {
    let file = try AtomicFile(path)
    for piece in pieces { try file.append(Array(piece.utf8)) }
    try file.commit()
  }
}

/// Hands a report on and remembers it, so that it can be compared with another, or go elsewhere where
/// it could not be written.
public final class RecordingSink: ReportSink {
  /// The report so far.
  public var text: String { pieces.joined() }
  private var pieces: [String] = []
  /// The pictures that were kept so far, with their names.
  public private(set) var pictures: [(name: String, picture: Picture)] = []
  /// Why its text could not be handed on.
  public private(set) var problem: FileError?
  private let sink: any ReportSink

  /// Makes a sink that hands on to another.
  public init(_ sink: any ReportSink) { self.sink = sink }

  /// Takes the next piece of the report.
  public func write(_ text: String) throws(FileError) {
    pieces.append(text)
    try noting { () throws(FileError) in try sink.write(text) }
  }
  /// Keeps a picture and gives the link to it.
  public func keep(_ picture: Picture, named name: String) throws(FileError) -> String {
    let link = try sink.keep(picture, named: name)
    pictures.append((name, picture))
    return link
  }
  /// Is told that the report is whole.
  public func finish() throws(FileError) {
    try noting { () throws(FileError) in try sink.finish() }
  }

  /// Hands all of it to another sink, to which pictures have the same links.
  public func replay(into sink: any ReportSink) throws(FileError) {
    for (name, picture) in pictures { _ = try sink.keep(picture, named: name) }
    for piece in pieces { try sink.write(piece) }
    try sink.finish()
  }

  private func noting(_ body: () throws(FileError) -> Void) throws(FileError) {
    do { try body() } catch {
      problem = problem ?? error
      throw error
    }
  }

  /// The first line in which this report and another differ; nothing if they are the same.
  public func firstDifference(from other: RecordingSink) -> (
    line: Int, mine: String, other: String
  )? {
    let mine = text.split(separator: "\n", omittingEmptySubsequences: false)
    let others = other.text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in 0..<max(mine.count, others.count) {
      let left = line < mine.count ? String(mine[line]) : ""
      let right = line < others.count ? String(others[line]) : ""
      if left != right || line >= min(mine.count, others.count) { return (line + 1, left, right) }
    }
    let isSame = pictures.elementsEqual(other.pictures) { $0.picture.svg == $1.picture.svg }
    return isSame ? nil : (mine.count, "a picture", "another picture")
  }
}
