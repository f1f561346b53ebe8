import LeptonFiles
import LeptonRuntime

extension Library {
  /// Reading and writing files.
  static var files: Family {
    Family("Files", [fileNames, readText, writeText] + tableFiles + arrayFiles + soundFiles)
  }

  /// What every word about files says.
  static let aboutPaths = """
    A path is relative to the notebook's folder. What may be read or written is the caller's to allow: \
    `lepton-run --allow-read=PATH`, `--allow-write=PATH`.
    """

  /// What words that read whole files say.
  static let aboutReading = "What gzip has packed is unpacked. " + aboutPaths

  private static var fileNames: Builtin {
    Builtin(
      "file_names(folder)",
      "The names of the files and folders in a folder, in order; folders end with a slash.",
      details: "Names that begin with a dot are left out. \(aboutPaths)"
    ) { (context: Context, folder: String) in try context.files.names(in: folder) }
  }

  private static var readText: Builtin {
    Builtin(
      "read_text(path)", "The text of a file in UTF-8.", details: aboutReading
    ) { (context: Context, path: String) in try context.files.text(of: path) }
  }

  private static var writeText: Builtin {
    Builtin(
      "write_text(path, text)", "Writes a text to a file, whole or not at all.", details: aboutPaths
    ) { (context: Context, path: String, text: String) -> Value in
      try context.files.write(Array(text.utf8), to: path)
      return .nothing
    }
  }
}
