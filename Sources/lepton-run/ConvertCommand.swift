import ArgumentParser
import Glibc
import LeptonFiles
import LeptonNotebook

/// Goes from a notebook to Jupyter's format, or back.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Convert .lnb to .ipynb or back, or to MyST.",
    discussion: """
      A notebook (.lnb) becomes one of Jupyter's (.ipynb). Nothing is run. The way there and back gives \
      the same bytes. With the kernel for Lepton the converted notebook runs in Jupyter; parameters \
      stand in a cell that papermill finds. MyST Markdown is for jupytext and Jupyter Book; there is no way back from it.
      """)

  @Argument(help: "The notebook; - is standard input.", completion: .file())
  var notebook: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(help: ArgumentHelp("The format wanted.", valueName: "form"))
  var to: Form?

  /// The formats.
  enum Form: String, ExpressibleByArgument, CaseIterable { case ipynb, lnb, myst }

  /// The format that is wanted: the one that is named, or the other than the notebook's.
  private var target: Form { to ?? (notebook.hasSuffix(".ipynb") ? .lnb : .ipynb) }
}

extension ConvertCommand: Launchable {
  func launch() -> Ending {
    do throws(RunRefusal) {
      switch target {
      case .ipynb: try write(jupyter())
      case .lnb: try write(plain())
      case .myst: try write(Array(MySTDocument(source()).text.utf8))
      }
      return .success
    } catch {
      StandardStream(STDERR_FILENO).say(error)
      return error.exit
    }
  }

  private func source() throws(RunRefusal) -> Notebook {
    Notebook(parsing: try Reader.read(notebook), name: Places.name(of: notebook))
  }

  private func jupyter() throws(RunRefusal) -> [UInt8] {
    let source = try source()
    do { return try JupyterDocument(source).bytes() } catch {
      throw RunRefusal(.unreadable, "\(notebook): error[convert/json]: \(error)")
    }
  }

  private func plain() throws(RunRefusal) -> [UInt8] {
    Array(try JupyterReader.text(of: Reader.bytes(notebook), name: notebook).utf8)
  }

  private func write(_ bytes: [UInt8]) throws(RunRefusal) {
    guard let output, output != "-" else {
      return try StandardStream(STDOUT_FILENO).writeOrRefuse(
        String(decoding: bytes, as: UTF8.self))
    }
    do { try AtomicWriter.write(bytes, to: output) } catch {
      throw RunRefusal(.notWritten, "error[\(error.code)]: \(error.message)", help: error.help)
    }
  }
}

extension StandardStream {
  /// Writes all of a text; nobody who reads it is no failure.
  func writeOrRefuse(_ text: String) throws(RunRefusal) {
    do throws(FileError) { try write(text) } catch {
      if error.code != Self.closedPipe { throw RunRefusal(.notWritten, error.message) }
    }
  }
}
