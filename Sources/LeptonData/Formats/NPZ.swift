import LeptonFiles
import LeptonTensor

/// NumPy's format for several arrays: a ZIP archive of NPY files.
public enum NPZ {
  /// Reads arrays, in the order of the archive.
  ///
  /// - Parameters:
  ///   - chosen: the names of those that are read; all if none are named.
  ///   - name: what messages call the file.
  /// - Throws: `FileError` with code `file/damaged` or `file/size`, or `data/column` if there is no array of a name;
  ///   `TensorError` if memory is short.
  public static func tensors(
    _ bytes: [UInt8], named chosen: [String]? = nil, name: String = "NPZ data"
  ) throws -> [(name: String, tensor: Tensor)] {
    let archive = try ZipArchive(bytes, name: name)
    let names = archive.entries.map { String($0.name.dropLast(4)) }
    for wanted in chosen ?? [] where !names.contains(where: { $0.isSame(as: wanted) }) {
      throw FileError(
        code: "data/column", message: "\(name.quoted) holds no array \(wanted.quoted)",
        help: ["its arrays are " + names.map(\.quoted).joined(separator: ", ")])
    }
    let wanted = archive.entries.filter { entry in
      chosen?.contains { ($0 + ".npy").isSame(as: entry.name) } ?? true
    }
    return try wanted.map { entry in
      guard entry.name.hasSuffix(".npy") else {
        throw FileError.damaged(name, "\(entry.name.quoted) in it is no array of NumPy's")
      }
      let contents = try archive.contents(of: entry)
      let tensor = try NPY.tensor(contents, name: "\(name)/\(entry.name)")
      return (String(entry.name.dropLast(4)), tensor)
    }
  }

  /// Writes arrays under names, not packed, as `numpy.savez` does.
  ///
  /// - Throws: `TensorError` with code `trace/read` if one has no elements yet.
  public static func bytes(of tensors: [(name: String, tensor: Tensor)]) throws -> [UInt8] {
    ZipArchive.bytes(of: try tensors.map { ($0.name + ".npy", try NPY.bytes(of: $0.tensor)) })
  }
}
