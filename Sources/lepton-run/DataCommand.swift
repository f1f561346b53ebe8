import ArgumentParser
import Glibc
import LeptonCatalogue
import LeptonFiles
import LeptonNotebook

/// Shows, loads, takes and checks data sets.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Show, load, bring and check data sets.",
    discussion: """
      A set that comes along is a word, such as iris(). Files of all sets are read by paths such as \
      "data:iris/iris.csv". Sets that are loaded or brought go into lepton/data in XDG_DATA_HOME, or in \
      ~/.local/share.
      """,
    subcommands: [
      DataListCommand.self, DataGetCommand.self, DataAddCommand.self, DataCheckCommand.self,
    ],
    defaultSubcommand: DataListCommand.self)
}

/// Something done to the sets on this machine.
protocol DataLaunchable: Launchable {
  /// Does it, and gives what is said about it.
  func done(to sets: Collection) throws(FileError) -> String
}

extension DataLaunchable {
  func launch() -> Ending {
    do throws(FileError) {
      try StandardStream(STDOUT_FILENO).write(done(to: Collection()))
      return .success
    } catch {
      guard error.code != StandardStream.closedPipe else { return .success }
      let lines = ["error[\(error.code)]: \(error.message)"] + error.help.map { "  = help: \($0)" }
      StandardStream(STDERR_FILENO).say(lines.joined(separator: "\n"))
      return .cellFailed
    }
  }
}

extension Collection {
  /// The set of a name that the catalogue must know.
  func entry(named name: String) throws(FileError) -> CatalogueEntry {
    if let entry = CatalogueEntry.named(name) { return entry }
    throw FileError(
      code: "data/missing", message: "the catalogue knows no data set `\(name)`",
      help: ["it knows " + CatalogueEntry.all.map(\.name).joined(separator: ", ")])
  }
}
