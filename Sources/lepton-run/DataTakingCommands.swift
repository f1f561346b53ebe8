import ArgumentParser
import LeptonCatalogue
import LeptonDownload
import LeptonFiles

/// Loads a set.
struct DataGetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "Load a data set over HTTPS from where the catalogue says.",
    discussion: """
      Each file is kept only if it came whole and its SHA-256 is the one in the catalogue. Files that are here \
      already are not loaded again.
      """)

  @Argument(help: "The set.")
  var name: String
}

extension DataGetCommand: DataLaunchable {
  func done(to sets: Collection) throws(FileError) -> String {
    let entry = try sets.entry(named: name)
    if sets.state(of: entry).isHere { return "\(entry.name) is here: \(entry.word)\n" }
    guard entry.canBeLoaded else {
      throw FileError(
        code: "data/network", message: "the catalogue knows no address of `\(entry.name)`",
        help: ["it comes from \(entry.source)", "bring its files: \(entry.way)"])
    }
    var told = ""
    for file in entry.files where sets.folders.folder(holding: "\(entry.name)/\(file.name)") == nil
    {
      guard let address = file.address else { continue }
      let bytes = try Download().bytes(at: address, digest: file.digest, size: file.byteCount)
      _ = try sets.take(bytes, called: address, as: entry)
      told += "loaded \(file.name), \(file.byteCount) bytes, SHA-256 \(file.digest)\n"
    }
    return told + "\(entry.name) is here: \(entry.word)\nlicence: \(entry.licence)\n"
  }
}

/// Takes files that the user brings.
struct DataAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Take files that you bring, check them and put them where words find them.",
    discussion: """
      A file of a set in the catalogue must be the one that is meant there, whatever it is called. Under any \
      other name it becomes a set of your own, which is read as "data:NAME/FILE".
      """)

  @Argument(help: "The set: one of the catalogue, or a name of your own.")
  var name: String

  @Argument(help: "The files.", completion: .file())
  var files: [String]
}

extension DataAddCommand: DataLaunchable {
  func done(to sets: Collection) throws(FileError) -> String {
    let entry = CatalogueEntry.named(name)
    var taken: [String] = []
    for file in files {
      let bytes = try FileBroker(readable: [file]).read(file)
      if let entry {
        taken.append(try sets.take(bytes, called: file, as: entry).name)
      } else {
        let form = try sets.take(bytes, called: file, intoOwn: name)
        taken.append("\(form) as data:\(name)/\(Places.name(of: file))")
      }
    }
    let told = "took " + taken.joined(separator: ", ")
    guard let entry else { return told + "\n" }
    guard case .partly(let missing) = sets.state(of: entry) else {
      return told + "\n\(entry.name) is here: \(entry.word)\n"
    }
    return told + "; still missing: \(missing.joined(separator: ", "))\n"
  }
}

/// Checks sets.
struct DataCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Check the files of data sets against their sums; without a name those of all that are here.")

  @Argument(help: "The sets.")
  var names: [String] = []
}

extension DataCheckCommand: DataLaunchable {
  func done(to sets: Collection) throws(FileError) -> String {
    let here = CatalogueEntry.all.filter { sets.state(of: $0) != .absent }.map(\.name)
    var told = ""
    for name in names.isEmpty ? here + sets.ownNames : names {
      let found = try sets.check(name)
      told +=
        "\(name): \(found.files) file\(found.files == 1 ? "" : "s"), \(found.bytes) bytes, whole\n"
    }
    return told
  }
}
