import Foundation
import LeptonRuntime

/// What there is to write programs with: the words of the library as their table tells them, and the
/// programs and notebooks of the repository.
///
/// It is read anew for each campaign, so that a new word is tried as soon as it has a row.
public struct Vocabulary {
  /// A word of the library.
  struct Word {
    /// How it is called.
    var signature: Signature
    /// What its examples type.
    var examples: [String]
  }

  /// The words, in the order of their names.
  let words: [Word]
  /// The modules that can be imported.
  let modules: [String]
  /// The cells of the case files and the files of the library.
  public let cells: [String]
  /// The notebooks.
  public let notebooks: [String]

  /// Reads the table of a library and the files of the repository.
  public init(_ library: Library) {
    words = library.names.compactMap { name in
      library.signature(of: name).map {
        Word(
          signature: $0, examples: library.describe(name)?.examples.map(\.input) ?? [])
      }
    }
    modules = library.modules
    cells =
      Repository.texts(under: "Tests/LanguageTests/Cases", "lep")
      .flatMap { $0.components(separatedBy: "\n\n") } + library.files.map(\.text)
    notebooks = Repository.texts(under: "notebooks", "lnb")
  }

  /// The words' names.
  public var names: [String] { words.map(\.signature.name) }
}

/// The files of the project, found from the place of this one.
public enum Repository {
  /// The top of the project.
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The paths of the files in a folder and below, in order, from that folder.
  public static func paths(under folder: String) -> [String] {
    let start = root.appendingPathComponent(folder).path
    let paths = FileManager.default.enumerator(atPath: start)?.compactMap { $0 as? String } ?? []
    return paths.sorted()
  }

  /// The bytes of a file.
  public static func bytes(_ path: String) -> [UInt8]? {
    (try? Data(contentsOf: root.appendingPathComponent(path))).map { [UInt8]($0) }
  }

  /// The texts of the files with an extension.
  static func texts(under folder: String, _ suffix: String) -> [String] {
    paths(under: folder).filter { $0.hasSuffix("." + suffix) }
      .compactMap { bytes(folder + "/" + $0) }
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
