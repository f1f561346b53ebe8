import LeptonFiles
import LeptonTensor

/// NumPy's format for one array (NEP 1), versions 1 to 3.
///
/// A complex number becomes two, its real and its imaginary part, along one more axis. Arrays of Python objects,
/// which are pickles, are refused, as are structured ones, dates and texts.
public enum NPY {
  /// Reads a whole file.
  ///
  /// - Parameter name: what messages call it.
  /// - Throws: `FileError` with code `file/damaged` if the bytes are no NPY file, or fewer or more
  ///   than its shape says; `TensorError` if memory is short.
  public static func tensor(_ bytes: [UInt8], name: String = "NPY data") throws -> Tensor {
    var reader = ByteReader(bytes, name: name)
    return try Tensor(layout(&reader), reader.take(reader.rest, "the elements"))
  }

  /// The longest header that is read; NumPy's own are a hundred bytes.
  private static let headerLimit = 1 << 20

  /// What stands before the elements, which must fill the rest.
  static func layout(_ reader: inout ByteReader) throws(FileError) -> ArrayLayout {
    guard try reader.take(6, "the NPY header") == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59] else {
      throw .damaged(reader.name, "it does not begin as an NPY file does")
    }
    let version = try reader.littleEndian(2, "the version") ?? 0
    guard [1, 2, 3].contains(version) else {
      throw .damaged(reader.name, "it has a version that Lepton does not know")
    }
    let size = try reader.littleEndian(version == 1 ? 2 : 4, "the size of the header") ?? 0
    guard size <= headerLimit else {
      throw .damaged(reader.name, "its header is impossibly long")
    }
    let header = try NPYHeader(reader.take(size, "the header"), name: reader.name)
    guard product(of: header.shape + [header.type.byteCount]) == reader.rest else {
      throw .damaged(
        reader.name, "\(reader.rest) bytes of elements do not fill shape \(header.shape)",
        help: ["copy or load it again"])
    }
    return ArrayLayout(
      type: header.type, shape: header.shape, start: reader.position,
      isBigEndian: header.isBigEndian, isColumnMajor: header.isColumnMajor,
      isComplex: header.isComplex)
  }

  /// Writes a tensor.
  ///
  /// - Throws: `TensorError` with code `trace/read` if it has no elements yet.
  public static func bytes(of tensor: Tensor) throws -> [UInt8] {
    let sizes = tensor.shape.sizes.map { "\($0)," }.joined(separator: " ")
    let code = NPYHeader.types.first { $0.value.rawValue == tensor.elementType.rawValue }?.key ?? ""
    let order = tensor.elementType.byteCount == 1 ? "|" : "<"
    var header = "{'descr': '\(order)\(code)', 'fortran_order': False, 'shape': (\(sizes)), }"
    // Spaces and a line end, so that the elements begin at a multiple of 64.
    header += String(repeating: " ", count: (64 - (header.utf8.count + 11) % 64) % 64) + "\n"
    var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]
    bytes += withUnsafeBytes(of: UInt16(header.utf8.count).littleEndian) { Array($0) }
    bytes += Array(header.utf8)
    try tensor.withUnsafeBytes { bytes.append(contentsOf: $0) }
    return bytes
  }
}

/// The Python dictionary that says what is in the file, read word by word and never evaluated.
struct NPYHeader {
  let type: RawType
  let isBigEndian: Bool
  let isColumnMajor: Bool
  let isComplex: Bool
  let shape: [Int]

  /// NumPy's codes of the types.
  static let types: [String: RawType] = [
    "b1": .bool, "u1": .uint8, "i1": .int8, "u2": .uint16, "i2": .int16, "u4": .uint32,
    "i4": .int32, "u8": .uint64, "i8": .int64, "f2": .float16, "f4": .float32, "f8": .float64,
  ]

  /// NumPy's codes of complex types, and what their parts are.
  private static let complexTypes: [String: RawType] = ["c8": .float32, "c16": .float64]

  init(_ bytes: ArraySlice<UInt8>, name: String) throws(FileError) {
    let words = NPYHeader.words(bytes)
    guard words.first == "{", words.last == "}" else { throw NPYHeader.failure(name) }
    let entries = try NPYHeader.entries(words.dropFirst().dropLast(), name: name)
    guard entries.count == 3, let description = entries["descr"]?.first,
      entries["descr"]?.count == 1,
      let order = entries["fortran_order"], let shape = NPYHeader.sizes(entries["shape"] ?? [])
    else { throw NPYHeader.failure(name) }
    let code = String(description.dropFirst())
    guard let type = NPYHeader.types[code] ?? NPYHeader.complexTypes[code],
      let first = description.first, "<>|=".contains(first)
    else { throw NPYHeader.foreign(description, name) }
    guard order == ["True"] || order == ["False"] else { throw NPYHeader.failure(name) }
    self.type = type
    isComplex = NPYHeader.types[code] == nil
    self.shape = isComplex ? shape + [2] : shape
    isBigEndian = first == ">"
    isColumnMajor = order == ["True"]
  }

  private static func foreign(_ type: String, _ name: String) -> FileError {
    FileError(
      code: "file/damaged",
      message: "the elements of \(name.quoted) are of the type \(type.quoted), which is not read",
      help: [
        "save numbers: numpy.save(path, x.astype(float)); texts are read from CSV or JSON lines"
      ])
  }

  private static func failure(_ name: String) -> FileError {
    .damaged(name, "its header is not as the format asks")
  }

  /// Cuts the text into brackets, commas, colons, and what stands between them without quotes.
  private static func words(_ bytes: ArraySlice<UInt8>) -> [String] {
    var words: [String] = []
    var word = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "{", "}", "(", ")", ",", ":", " ", "\n":
        if !word.isEmpty { words.append(word) }
        word = ""
        if scalar != " ", scalar != "\n" { words.append(String(scalar)) }
      case "'", "\"": continue
      default: word.unicodeScalars.append(scalar)
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// What stands behind each name, up to the comma that is in no bracket.
  private static func entries(
    _ words: ArraySlice<String>, name: String
  ) throws(FileError) -> [String: [String]] {
    var entries: [String: [String]] = [:]
    var rest = words
    while let key = rest.popFirst() {
      guard rest.popFirst() == ":", entries[key] == nil else { throw failure(name) }
      let isTuple = rest.first == "("
      guard let end = rest.firstIndex(of: isTuple ? ")" : ",") else { throw failure(name) }
      entries[key] = Array(isTuple ? rest[...end] : rest[..<end])
      rest = rest[(isTuple ? end + 1 : end)...]
      if !rest.isEmpty, rest.popFirst() != "," { throw failure(name) }
    }
    return entries
  }

  /// The sizes in a tuple; nil if it is none.
  private static func sizes(_ words: [String]) -> [Int]? {
    guard words.first == "(", words.last == ")" else { return nil }
    let inner = words.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: true)
    let sizes = inner.compactMap { $0.count == 1 ? $0.first.flatMap { Int($0) } : nil }
    return sizes.count == inner.count && sizes.allSatisfy { $0 >= 0 } ? sizes : nil
  }
}
