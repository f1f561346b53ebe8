import LeptonFiles

/// The data sets on this machine: what is here, whether it is whole, and a place for more.
public struct Collection: Sendable {
  /// Where sets are looked for.
  public let folders: DataFolders
  /// The user's own folder, into which sets are put; nothing where there is no home.
  public let own: String?

  /// Makes the collection of some folders.
  public init(folders: DataFolders = .ofThisProcess(), own: String? = DataFolders.own) {
    self.folders = folders
    self.own = own
  }

  /// What is true of a set.
  public enum State: Sendable, Hashable {
    /// All files are there, in this folder the first of them.
    case here(String)
    /// Some are there, these are not.
    case partly(missing: [String])
    /// None is there.
    case absent

    /// Whether all files are there.
    public var isHere: Bool { if case .here = self { true } else { false } }
  }

  /// What is true of a set of the catalogue.
  public func state(of entry: CatalogueEntry) -> State {
    let places = entry.files.map { folders.folder(holding: "\(entry.name)/\($0.name)") }
    guard let first = places.lazy.compactMap(\.self).first else { return .absent }
    let missing = zip(entry.files, places).filter { $1 == nil }.map(\.0.name)
    return missing.isEmpty ? .here(first) : .partly(missing: missing)
  }

  /// The names of sets in the user's folder that the catalogue does not know.
  public var ownNames: [String] {
    guard let own else { return [] }
    let names = (try? folders.broker(for: own).names(in: ".")) ?? []
    return names.filter { $0.hasSuffix("/") }.map { String($0.dropLast()) }.filter { name in
      CatalogueEntry.named(name) == nil && folders.folder(holding: "\(name)/SHA256SUMS") != nil
    }
  }

  /// Checks every file of a set against its sum.
  ///
  /// - Returns: how many files and bytes are as they should be.
  /// - Throws: `data/missing` if there is no such set or a file of it is not there, `data/damaged` if
  ///   one is another.
  public func check(_ name: String) throws(FileError) -> (files: Int, bytes: Int) {
    let sums = try sums(of: name)
    var bytes = 0
    for (file, digest) in sums {
      let content = try folders.read("\(name)/\(file)")
      let found = SHA256.hex(content)
      guard found == digest else { throw .changed("\(name)/\(file)", digest: digest, found: found) }
      bytes += content.count
    }
    return (sums.count, bytes)
  }

  /// The files of a set with their sums.
  private func sums(of name: String) throws(FileError) -> [(file: String, digest: String)] {
    if let entry = CatalogueEntry.named(name) { return entry.files.map { ($0.name, $0.digest) } }
    guard ownNames.contains(name), let own else { throw folders.missing("\(name)/SHA256SUMS") }
    return folders.sums(beside: name + "/", in: own).sorted { $0.key < $1.key }
      .map { (String($0.key.dropFirst(name.utf8.count + 1)), $0.value) }
  }
}
