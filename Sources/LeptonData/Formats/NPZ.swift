import LeptonFiles
import LeptonTensor

/// NumPy's format for several arrays: a ZIP archive of NPY files.
public enum NPZ {
  /// Reads all arrays, in the order of the archive.
  ///
  /// - Parameter name: what messages call the file.
  /// - Throws: `FileError` with code `file/damaged` or `file/size`; `TensorError` if memory is short.
  public static func tensors(
    _ bytes: [UInt8], name: String = "NPZ data"
  ) throws -> [(name: String, tensor: Tensor)] {
    let archive = try ZipArchive(bytes, name: name)
    return try archive.entries.map { entry in
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
