import ArgumentParser
import Glibc
import LeptonDisplay
import LeptonFiles
import LeptonNotebook

/// Lays files out.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Lay out programs and the cells of notebooks.",
    discussion: """
      Nothing but the layout changes: spaces, ends of lines, commas behind the last of several lines. \
      Comments and the text of a notebook stay as they are. A file with mistakes is not touched, and \
      the code is then 4.
      """)

  @OptionGroup var input: SourceFiles

  @Flag(
    help: "Change nothing; list the files that are not formatted and end with 1 if there are any.")
  var check = false
}

extension FormatCommand: Launchable {
  func launch() -> Ending { Ending.combining(input.files.map(ending)) }

  private func ending(_ file: String) -> Ending {
    do throws(RunRefusal) {
      return try format(file)
    } catch {
      StandardStream(STDERR_FILENO).say(error)
      return error.exit
    }
  }

  private func format(_ file: String) throws(RunRefusal) -> Ending {
    let bytes = try Reader.bytes(file)
    let name = input.name(of: file)
    let beginning = String(decoding: bytes.prefix(2), as: UTF8.self)
    let isNameless = file == "-" && input.stdinName == nil
    let formatted = try FormattedFile(
      bytes, path: name, kind: isNameless ? nil : input.kind(of: file, text: beginning))
    for failure in formatted.failures {
      StandardStream(STDERR_FILENO).say(FailureText.plain(failure))
    }
    guard formatted.failures.isEmpty else { return .unreadable }
    let isFormatted = formatted.bytes == bytes
    if check { return isFormatted ? .success : try list(name) }
    if file == "-" {
      try StandardStream(STDOUT_FILENO).writeOrRefuse(
        String(decoding: formatted.bytes, as: UTF8.self))
    } else if !isFormatted {
      try replace(file, formatted.bytes)
    }
    return .success
  }

  private func list(_ name: String) throws(RunRefusal) -> Ending {
    try StandardStream(STDOUT_FILENO).writeOrRefuse(name + "\n")
    return .cellFailed
  }

  private func replace(_ file: String, _ bytes: [UInt8]) throws(RunRefusal) {
    do throws(FileError) {
      try AtomicWriter.write(bytes, to: file)
    } catch {
      throw RunRefusal(.notWritten, "error[\(error.code)]: \(error.message)")
    }
  }
}
