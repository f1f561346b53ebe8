import LeptonFiles

// Files that the user brings or loads.
extension Collection {
  /// Takes a file of a set of the catalogue: the one that has its bytes, whatever it is called.
  ///
  /// - Returns: the file of the catalogue that it is.
  /// - Throws: `data/damaged` if the set has no file with these bytes, telling what differs;
  ///   `data/bundled` if the set comes along; what the writer throws.
  public func take(
    _ bytes: [UInt8], called path: String, as entry: CatalogueEntry
  ) throws(FileError) -> CatalogueEntry.File {
    guard !entry.isBundled else {
      throw FileError(
        code: "data/bundled", message: "`\(entry.name)` comes along: \(entry.word) is there already"
      )
    }
    let digest = SHA256.hex(bytes)
    guard let file = entry.files.first(where: { $0.digest == digest }) else {
      throw try other(bytes, called: path, than: entry, digest: digest)
    }
    try put(bytes, as: file.name, in: entry.name, digest: digest, source: entry.sourceText)
    return file
  }

  /// Takes a file into a set of the user's own.
  ///
  /// - Returns: what it looks like.
  /// - Throws: `data/name` if the name of set or file is none; what the writer throws.
  public func take(
    _ bytes: [UInt8], called path: String, intoOwn name: String
  ) throws(FileError) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? ""
    let isWord = name.utf8.allSatisfy { $0 == 0x5F || $0 == 0x2D || $0.isASCIIAlphanumeric }
    guard isWord, !name.isEmpty, !file.isEmpty, !file.hasPrefix("."), file != "SHA256SUMS" else {
      throw FileError(
        code: "data/set", message: "\(name.quoted) with \(file.quoted) is no name of a data set",
        help: ["a name has letters, digits, _ and -"])
    }
    let form = try FileForm.words(for: bytes, name: path)
    try put(
      bytes, as: file, in: name, digest: SHA256.hex(bytes), source: "\(name)\nbrought by the user\n"
    )
    return form
  }

  /// What is wrong with a file that should be one of a set.
  private func other(
    _ bytes: [UInt8], called path: String, than entry: CatalogueEntry, digest: String
  ) throws(FileError) -> FileError {
    let form = try FileForm.words(for: bytes, name: path)
    let wanted = entry.files.map {
      "\($0.name): \($0.form), \(FileForm.count($0.byteCount)) bytes, SHA-256 \($0.digest)"
    }
    return FileError(
      code: "data/damaged",
      message: "\(path.quoted) is no file of `\(entry.name)`: it has \(form), "
        + "\(FileForm.count(bytes.count)) bytes, and its SHA-256 is \(digest)",
      help: wanted.map { "wanted is " + $0 }
        + ["a file of your own goes under a name of its own: lepton-run data add my_data \(path)"])
  }

  /// Puts a file into the user's folder, with its sum and a note of where the set comes from.
  private func put(
    _ bytes: [UInt8], as file: String, in set: String, digest: String, source: String
  ) throws(FileError) {
    guard let own else {
      throw FileError(
        code: "file/missing", message: "there is no home for data sets",
        help: ["name a folder in HOME or XDG_DATA_HOME"])
    }
    let broker = FileBroker(folder: own, writable: ["."])
    var sums = folders.sums(beside: set + "/", in: own)
    sums["\(set)/\(file)"] = digest
    let lines = sums.sorted { $0.key < $1.key }
      .map { "\($0.value)  \($0.key.dropFirst(set.utf8.count + 1))\n" }
    try broker.write(bytes, to: "\(set)/\(file)")
    try broker.write(Array(lines.joined().utf8), to: "\(set)/SHA256SUMS")
    try broker.write(Array(source.utf8), to: "\(set)/SOURCE.txt")
  }
}

extension CatalogueEntry {
  /// Where the set comes from, as a note beside its files.
  fileprivate var sourceText: String {
    """
    \(summary)
    obtained from: \(source)
    creators: \(creators)
    licence: \(licence)
    to compare: \(scores.joined(separator: "; "))

    """
  }
}

extension UInt8 {
  /// Whether it is a letter or a digit of ASCII.
  fileprivate var isASCIIAlphanumeric: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}
