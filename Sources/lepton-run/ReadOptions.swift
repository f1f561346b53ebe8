import ArgumentParser
import Glibc

/// What the code may read beside its own folder.
struct ReadOptions: ParsableArguments, Sendable {
  @Option(
    name: .customLong("allow-read"), parsing: .singleValue,
    help: ArgumentHelp("Let the code read this file or folder, too.", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  func validate() throws {
    if let path = paths.first(where: { access($0, R_OK) != 0 }) {
      throw ValidationError(
        "--allow-read: \(path) cannot be read: \(String(cString: strerror(errno))).")
    }
  }
}
