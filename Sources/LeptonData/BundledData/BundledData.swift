import LeptonCatalogue
import LeptonFiles
import LeptonTensor
import Synchronization

/// The data sets that come with Lepton: found in the data folders, checked against the catalogue,
/// read once and kept.
public final class BundledData: Sendable {
  private let folders: DataFolders
  private let kept = Mutex<[String: Examples]>([:])

  /// Takes the folders in which to look.
  public init(_ folders: DataFolders = .ofThisProcess()) {
    self.folders = folders
  }

  /// A part of MNIST: pictures as `uint8` `[60000 or 10000, 28, 28]`, labels as `uint8`.
  ///
  /// - Throws: `FileError` with code `data/missing` or `data/damaged`; `TensorError` if memory is
  ///   short. So do the others.
  public func mnist(_ part: Part) throws -> Examples { try pictures(.mnist, part) }

  /// A part of the pictures of clothes: `uint8` `[10000 or 2000, 28, 28]`, and the classes.
  public func fashionMNIST(_ part: Part) throws -> Examples { try pictures(.fashionMNIST, part) }

  /// The digits of 8 × 8 pixels: pictures as `uint8` `[1797, 8, 8]` from 0 to 16, labels as `uint8`.
  public func digits() throws -> Examples {
    try keep("digits") {
      let set = CatalogueEntry.digits
      let bytes = try unpacked(set.files[0], of: set, limit: 1 << 20)
      let table = try CSV.table(bytes, header: .none, name: set.files[0].name)
      let pixels = try table.tensor(table.names.dropLast()).elements(as: UInt8.self)
      return Examples(
        set, inputs: try Tensor(pixels, shape: set.shape), targets: try table.classes(),
        largest: 16)
    }
  }

  /// Fisher's irises: `float32` `[150, 4]` in centimetres, and the species.
  public func iris() throws -> Examples { try measurements(.iris) }

  /// The wines: `float32` `[178, 13]`, and the cultivar.
  public func wine() throws -> Examples { try measurements(.wine) }

  /// The tumours: `float32` `[569, 30]`, and whether they are malignant (0) or benign (1).
  public func breastCancer() throws -> Examples { try measurements(.breastCancer) }

  /// The steel plates: `float32` `[1941, 27]`, and which of seven faults each has.
  public func steelPlates() throws -> Examples {
    try keep("steel_plates") {
      let set = CatalogueEntry.steelPlates
      let bytes = try unpacked(set.files[0], of: set, limit: 1 << 22)
      let names = set.features + set.classes
      let table = try CSV.table(
        Array(bytes.drop { $0 != 0x0A }), header: .names(names), name: set.files[0].name)
      let faults = try table.tensor(set.classes).argmax(axis: 1).cast(to: .uint8)
      return Examples(
        set, inputs: try table.tensor(set.features), targets: faults, largest: nil)
    }
  }

  /// The passengers of each month in thousands, and the months as `1949-01`.
  public func airlinePassengers() throws -> DataTable {
    let set = CatalogueEntry.airlinePassengers
    return try CSV.table(bytes(of: set.files[0], of: set), name: set.files[0].name)
  }

  /// Which part of a set that is divided by its makers.
  public enum Part: String, Sendable, Hashable {
    case train, test
  }
}

extension BundledData {
  /// Reads a part of pictures in IDX files: two for training, then two for testing.
  private func pictures(_ set: CatalogueEntry, _ part: Part) throws -> Examples {
    try keep("\(set.name)/\(part)") {
      let files = part == .train ? set.files.prefix(2) : set.files.suffix(2)
      let tensors = try files.map { file in
        try IDX.tensor(unpacked(file, of: set, limit: 1 << 26), name: file.name)
      }
      return Examples(set, inputs: tensors[0], targets: tensors[1], largest: 255)
    }
  }

  /// Reads a table of measurements, as scikit-learn stores it: behind the first line, which counts
  /// rows and columns, the measurements of each example and its class.
  private func measurements(_ set: CatalogueEntry) throws -> Examples {
    try keep(set.name) {
      let bytes = try bytes(of: set.files[0], of: set)
      let body = Array(bytes.drop { $0 != 0x0A })
      let table = try CSV.table(
        body, header: .names(set.features + ["class"]), name: set.files[0].name)
      return Examples(
        set, inputs: try table.tensor(set.features),
        targets: try table.classes(), largest: nil)
    }
  }

  /// Reads a set at its first use.
  private func keep(_ key: String, _ read: () throws -> Examples) throws -> Examples {
    if let examples = kept.withLock({ $0[key] }) { return examples }
    let examples = try read()
    kept.withLock { $0[key] = examples }
    return examples
  }

  private func unpacked(
    _ file: CatalogueEntry.File, of set: CatalogueEntry, limit: Int
  ) throws(FileError) -> [UInt8] {
    try gunzip(try bytes(of: file, of: set), limit: limit, name: file.name)
  }

  /// Finds a file, reads it and checks it.
  func bytes(of file: CatalogueEntry.File, of set: CatalogueEntry) throws(FileError) -> [UInt8] {
    let path = "\(set.name)/\(file.name)"
    guard let folder = folders.folder(holding: path) else { throw folders.missing(path) }
    let bytes = try folders.broker(for: folder).read(path, limit: 1 << 28)
    let digest = SHA256.hex(bytes)
    guard digest == file.digest else {
      throw FileError.changed("\(folder)/\(path)", digest: file.digest, found: digest)
    }
    return bytes
  }
}

extension DataTable {
  /// The last column, which numbers the class of each example.
  fileprivate func classes() throws -> Tensor {
    guard case .integers(let numbers) = columns.last?.values else {
      throw FileError(code: "data/column", message: "the last column does not number classes")
    }
    return try Tensor(numbers.elements.map { UInt8(clamping: $0) }, shape: [rowCount])
  }
}
