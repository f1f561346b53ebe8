import LeptonDisplay
import LeptonFiles
import LeptonNotebook

/// Hands a report on, and keeps the folder of its pictures for this run alone from the first one on.
///
/// A report without pictures needs no folder, and as many runs as one likes may write such reports.
final class ClaimingSink: ReportSink {
  private let sink: any ReportSink
  private let folder: String
  private var lock: FolderLock?

  /// Makes a sink that hands on to another.
  ///
  /// - Parameter lock: What holds the folder, if it was there before the run.
  init(_ sink: any ReportSink, folder: String, lock: FolderLock?) {
    self.sink = sink
    self.folder = folder
    self.lock = lock
  }

  func write(_ text: String) throws(FileError) { try sink.write(text) }
  func keep(_ picture: Picture, named name: String) throws(FileError) -> String {
    if lock == nil { lock = try FolderLock(folder, making: true) }
    return try sink.keep(picture, named: name)
  }
  func finish() throws(FileError) { try sink.finish() }
}
