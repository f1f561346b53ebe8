import LeptonFiles
import LeptonJSON
import LeptonTensor

/// Named tensors and a few texts in one file: a JSON header and the elements behind it
/// (https://huggingface.co/docs/safetensors).
public struct Safetensors: Sendable {
  /// The tensors, in the order in which their elements stand in the file.
  public var tensors: [Entry]
  /// Texts about the whole.
  public var metadata: [String: String]

  /// A tensor and its name.
  public struct Entry: Sendable {
    /// Its name, unique in the file.
    public var name: String
    /// The tensor.
    public var tensor: Tensor

    /// Makes an entry.
    public init(_ name: String, _ tensor: Tensor) {
      self.name = name
      self.tensor = tensor
    }
  }

  /// Makes what can be written.
  public init(_ tensors: [Entry], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The tensor of a name.
  public subscript(name: String) -> Tensor? {
    tensors.first { $0.name == name }?.tensor
  }

  /// The longest header that is read, which is the limit of the format's own library.
  static let headerLimit = 100_000_000

  /// The format's name for each type.
  static let types: [String: RawType] = [
    "BOOL": .bool, "U8": .uint8, "I8": .int8, "U16": .uint16, "I16": .int16, "U32": .uint32,
    "I32": .int32, "I64": .int64, "U64": .uint64, "F16": .float16, "BF16": .bfloat16,
    "F32": .float32,
    "F64": .float64,
  ]
}

extension Safetensors {
  /// Reads a whole file; `F16` and `BF16` become `float32`, small whole numbers the next type that
  /// holds them.
  ///
  /// - Parameter name: what messages call it.
  /// - Throws: `FileError` with code `file/damaged` unless the header is exact: the tensors must
  ///   cover the bytes behind it without gap or overlap, each as long as its type and shape say.
  ///   `TensorError` if memory is short.
  public init(reading bytes: [UInt8], name: String = "safetensors data") throws {
    var reader = ByteReader(bytes, name: name)
    let plan = try Safetensors.plan(&reader)
    metadata = plan.metadata
    tensors = try plan.items.map { item in
      let elements = try reader.take(item.byteCount, "a tensor")
      return Entry(item.name, try Tensor(raw: elements, item.type, shape: item.shape))
    }
  }

  /// Where the elements of a tensor stand.
  ///
  /// - Parameter name: which tensor; it may be left out where there is but one.
  static func layout(
    _ reader: inout ByteReader, of name: String?
  ) throws(FileError) -> ArrayLayout {
    let items = try plan(&reader).items
    guard
      let item = name == nil && items.count == 1
        ? items[0] : items.first(where: { $0.name == name })
    else {
      let names = items.prefix(10).map(\.name.quoted).joined(separator: ", ")
      throw .rows(
        reader.name,
        name.map { "it has no tensor \($0.quoted)" } ?? "it holds \(items.count) tensors",
        help: ["name one of them: \(names)\(items.count > 10 ? ", …" : "")"])
    }
    return ArrayLayout(type: item.type, shape: item.shape, start: reader.position + item.start)
  }

  /// What the header says, which the bytes behind it must fit.
  private static func plan(_ reader: inout ByteReader) throws(FileError) -> SafetensorsPlan {
    guard let size = try reader.littleEndian(8, "the size of the header"), size <= headerLimit
    else { throw .damaged(reader.name, "its header is impossibly long") }
    let header = try header(reader.take(size, "the header"), name: reader.name)
    let plan = try SafetensorsPlan(header, name: reader.name)
    guard plan.byteCount == reader.rest else {
      throw .damaged(
        reader.name,
        "its header describes \(plan.byteCount) bytes of elements, but \(reader.rest) follow",
        help: ["copy or load it again"])
    }
    return plan
  }

  private static func header(
    _ bytes: ArraySlice<UInt8>, name: String
  ) throws(FileError) -> [JSON.Member] {
    let json: JSON
    do {
      json = try JSON(parsing: Array(bytes))
    } catch {
      throw .damaged(name, "its header is no JSON: \(error.message)")
    }
    guard let members = json.members else { throw .damaged(name, "its header is no JSON object") }
    return members
  }
}

extension Safetensors {
  /// Writes a file: tensors with the widest elements first, then by name, so that all are aligned
  /// and the same tensors give the same bytes.
  ///
  /// - Throws: `TensorError` with code `trace/read` if a tensor has no elements yet; `FileError`
  ///   with code `data/name` if two have the same name.
  public func bytes() throws -> [UInt8] {
    let entries = tensors.sorted { one, other in
      let widths = (one.tensor.elementType.byteCount, other.tensor.elementType.byteCount)
      return widths.0 == widths.1 ? one.name < other.name : widths.0 > widths.1
    }
    var header: [JSON.Member] = []
    if !metadata.isEmpty {
      let sorted = metadata.sorted { $0.key < $1.key }
      header.append(.init("__metadata__", .object(sorted.map { .init($0.key, .string($0.value)) })))
    }
    var start = 0
    for entry in entries {
      let end = start + Form(entry.tensor.shape, entry.tensor.elementType).byteCount
      header.append(.init(entry.name, Safetensors.description(of: entry.tensor, start, end)))
      start = end
    }
    return try Safetensors.bytes(header, entries)
  }

  private static func description(of tensor: Tensor, _ start: Int, _ end: Int) -> JSON {
    let type = types.first { $0.value.rawValue == tensor.elementType.rawValue }?.key ?? ""
    return [
      "dtype": .string(type), "shape": .array(tensor.shape.sizes.map(JSON.int)),
      "data_offsets": [.int(start), .int(end)],
    ]
  }

  private static func bytes(_ header: [JSON.Member], _ entries: [Entry]) throws -> [UInt8] {
    var text: [UInt8]
    do {
      text = try JSON.object(header).bytes()
    } catch {
      throw FileError(code: "data/name", message: error.message)
    }
    // Spaces up to a multiple of 8, so that the elements are aligned.
    text.append(contentsOf: repeatElement(0x20, count: (8 - text.count % 8) % 8))
    var bytes = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
    for entry in entries {
      try entry.tensor.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
    return bytes
  }
}
