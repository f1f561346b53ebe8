import Glibc
import LeptonDisplay
import LeptonFiles
import LeptonNotebook

/// Where the report of a run goes, in which form, and where its pictures go.
struct ReportOutput: Sendable {
  /// Where a report can go.
  enum Target: Sendable {
    case standardOutput
    case file(String)
    case nowhere
  }

  /// Where the report goes.
  let target: Target
  private let form: ReportForm
  private let name: String
  private let embeds: Bool

  init(_ command: RunCommand, name: String, target: Target) {
    var target = target
    if case .file("-") = target { target = .standardOutput }
    let path: String? = if case .file(let path) = target { path } else { nil }
    self.init(
      target: target, form: command.format ?? ReportForm(ofFile: path) ?? .md, name: name,
      embeds: command.embed)
  }

  private init(target: Target, form: ReportForm, name: String, embeds: Bool) {
    self.target = target
    self.form = form
    self.name = name
    self.embeds = embeds
  }

  /// The name of the folder for the pictures of a notebook, and of all else that it writes.
  static func pictureName(of name: String) -> String { PictureStore.folderName(for: name) }

  /// The folder for the pictures, from the root.
  var folder: String { "\(Places.absolute(parent))/\(Self.pictureName(of: name))" }

  private var parent: String {
    switch target {
    case .file(let path): Places.folder(of: path)
    case .standardOutput, .nowhere: Places.folderOfStandardOutput()
    }
  }

  /// The file for the report; nothing where it goes to none.
  var file: String? { if case .file(let path) = target { path } else { nil } }

  /// The same, but for a folder of its own.
  func moved(to folder: String) -> ReportOutput {
    ReportOutput(
      target: .file("\(folder)/\(Self.pictureName(of: name).dropLast(4)).\(form.rawValue)"),
      form: form, name: name, embeds: embeds)
  }

  /// Takes the report while it is written.
  ///
  /// - Parameter lock: What holds the folder for the pictures, if there is one.
  func sink(title: String, lock: FolderLock? = nil) -> any ReportSink {
    let sink = bareSink(title: title)
    return embeds ? sink : ClaimingSink(sink, folder: folder, lock: lock)
  }

  private func bareSink(title: String) -> any ReportSink {
    switch form {
    case .md: markdownSink
    case .html: HTMLSink(title: title, into: markdownSink)
    case .ipynb, .json: MemorySink()
    }
  }

  private var markdownSink: any ReportSink {
    let pictures =
      embeds ? PictureStore.embedded : .folder(name: Self.pictureName(of: name), parent: parent)
    switch target {
    case .standardOutput: return StreamSink(StandardStream(STDOUT_FILENO), pictures: pictures)
    case .file(let path): return FileSink(path: path, pictures: pictures)
    case .nowhere: return MemorySink()
    }
  }

  /// Writes the report where its form needs the whole run; tells why that was not possible.
  func finish(_ result: RunResult) -> FileError? {
    switch form {
    case .md, .html: nil
    case .ipynb: write { try JupyterDocument(result).bytes() }
    case .json: write { try Results(result).bytes(withOutputs: true) }
    }
  }

  private func write(_ document: () throws -> [UInt8]) -> FileError? {
    let bytes: [UInt8]
    do { bytes = try document() } catch {
      return FileError(code: "file/write", message: "the report cannot be written: \(error)")
    }
    return write(bytes)
  }

  private func write(_ bytes: [UInt8]) -> FileError? {
    do throws(FileError) {
      switch target {
      case .file(let path): try AtomicWriter.write(bytes, to: path)
      case .standardOutput:
        try StandardStream(STDOUT_FILENO).write(String(decoding: bytes, as: UTF8.self))
      case .nowhere: break
      }
      return nil
    } catch {
      return error
    }
  }

  // Sweeps.

  /// The link to the report of a run of a sweep, and what takes that report.
  func part(number: Int) -> (link: String, sink: any ReportSink) {
    let part = "run-\(number)"
    let pictures =
      embeds ? PictureStore.embedded : .folder(name: "\(part).out", parent: folder)
    return (
      "\(Self.pictureName(of: name))/\(part).md", PartSink(folder: folder, name: part, pictures)
    )
  }

  /// Writes the report of a sweep, and its results where they are asked for.
  func write(_ report: SweepReport, results: String?) -> FileError? {
    if let results {
      do { try AtomicWriter.write(report.bytes(), to: results) } catch {
        return error as? FileError
          ?? FileError(code: "file/write", message: "the results cannot be written: \(error)")
      }
    }
    if form == .json { return write { try report.bytes() } }
    guard form == .html else { return write(Array(report.markdown.utf8)) }
    let sink = HTMLSink(title: name, into: markdownSink)
    sink.write(report.markdown)
    do throws(FileError) { try sink.finish() } catch { return error }
    return nil
  }
}

/// Writes the report of a run of a sweep into the notebook's folder.
private final class PartSink: ReportSink {
  private let broker: FileBroker
  private let name: String
  private let pictures: PictureStore
  private var text = ""

  init(folder: String, name: String, _ pictures: PictureStore) {
    broker = FileBroker(folder: Places.folder(of: folder), writable: ["."])
    self.name = "\(Places.name(of: folder))/\(name).md"
    self.pictures = pictures
  }

  func write(_ text: String) { self.text += text }
  func keep(_ picture: Picture, named name: String) throws(FileError) -> String {
    try pictures.keep(picture, named: name)
  }
  func finish() throws(FileError) { try broker.write(Array(text.utf8), to: name) }
}
