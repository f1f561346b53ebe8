import LeptonFiles
import LeptonJSON

/// What the header of a safetensors file says, checked to be consistent in itself.
struct SafetensorsPlan {
  private(set) var items: [Item] = []
  private(set) var metadata: [String: String] = [:]
  private let name: String

  /// A tensor of the file.
  struct Item {
    var name: String
    var type: RawType
    var shape: [Int]
    var start: Int
    var end: Int
    var byteCount: Int { end - start }
  }

  /// How many bytes of elements there must be.
  var byteCount: Int { items.last?.end ?? 0 }

  init(_ header: [JSON.Member], name: String) throws(FileError) {
    self.name = name
    for member in header {
      if member.key == "__metadata__" {
        metadata = try texts(member.value)
      } else {
        items.append(try item(member.key, member.value))
      }
    }
    items.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    var end = 0
    for item in items {
      guard item.start == end else {
        throw failure("the elements of \(item.name.quoted) begin at \(item.start), not at \(end)")
      }
      end = item.end
    }
  }

  private func texts(_ json: JSON) throws(FileError) -> [String: String] {
    var texts: [String: String] = [:]
    for member in json.members ?? [] { texts[member.key] = member.value.stringValue }
    guard let count = json.members?.count, texts.count == count else {
      throw failure("its metadata are not texts")
    }
    return texts
  }

  private func item(_ key: String, _ json: JSON) throws(FileError) -> Item {
    guard Set((json.members ?? []).map(\.key)) == ["dtype", "shape", "data_offsets"],
      let shape = sizes(json["shape"]), let offsets = sizes(json["data_offsets"]),
      offsets.count == 2, offsets[0] <= offsets[1]
    else { throw failure("the header's entry \(key.quoted) is not as the format asks") }
    guard let type = Safetensors.types[json["dtype"]?.stringValue ?? ""] else {
      throw failure("\(key.quoted) has elements of a type that Lepton does not know")
    }
    guard product(of: shape + [type.byteCount]) == offsets[1] - offsets[0] else {
      throw failure("the bytes of \(key.quoted) do not fit its shape \(shape)")
    }
    return Item(name: key, type: type, shape: shape, start: offsets[0], end: offsets[1])
  }

  /// The whole numbers of an array, none negative; nil if it is not such an array.
  private func sizes(_ json: JSON?) -> [Int]? {
    guard let elements = json?.arrayValue else { return nil }
    let sizes = elements.compactMap { element -> Int? in
      if case .int(let size) = element, size >= 0 { size } else { nil }
    }
    return sizes.count == elements.count ? sizes : nil
  }

  private func failure(_ what: String) -> FileError {
    .damaged(name, what)
  }
}
