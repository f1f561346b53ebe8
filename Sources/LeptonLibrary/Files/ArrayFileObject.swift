import LeptonData
import LeptonRuntime
import LeptonSession
import LeptonTensor

/// An array in a file as a value of the language: indexed like a tensor, and read as it is indexed.
final class ArrayFileObject: Object, Bridged {
  let array: ArrayFile
  private let tensor: String?

  init(_ array: ArrayFile, tensor: String?) {
    self.array = array
    self.tensor = tensor
  }

  static var typeName: String { "array_file" }

  var source: String {
    let arguments = [array.name] + (tensor.map { [$0] } ?? [])
    return "array_file(\(arguments.map { Value.string($0).source }.joined(separator: ", ")))"
  }

  var fieldNames: [String] { ["shape", "type", "rank"] }
  var count: Int? { array.rowCount }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "shape": .list(array.shape.sizes.map(Value.int))
    case "type": .string(array.elementType.rawValue)
    case "rank": .int(array.shape.rank)
    default: nil
    }
  }

  func element(at position: Int) throws -> Value? {
    guard position >= 0, position < array.rowCount else { return nil }
    return .tensor(try array.rows(position..<position + 1).element(at: 0))
  }

  /// The first subscript picks rows, which are read; the others pick of them.
  func part(at subscripts: [Subscript]) throws -> Value? {
    guard let first = subscripts.first else { return nil }
    if let index = try first.single {
      let row = try element(at: Subscript.position(index, count: array.rowCount))
      return try subscripts.count == 1
        ? row : row.map { try Indexing.value(of: $0, at: Array(subscripts.dropFirst())) }
    }
    let rows = Value.tensor(try rows(at: first))
    if subscripts.count == 1 { return rows }
    return try Indexing.value(
      of: rows, at: [.slice(start: nil, stop: nil, step: nil)] + subscripts.dropFirst())
  }

  private func rows(at item: Subscript) throws -> Tensor {
    switch item {
    case .slice(let start, let stop, nil), .slice(let start, let stop, 1):
      let first = bound(start ?? 0)
      return try array.rows(first..<max(first, bound(stop ?? array.rowCount)))
    case .ellipsis: return try array.rows(0..<array.rowCount)
    case .position(.nothing):
      throw LanguageError(
        "type/index", "rows of a file are read before they get a new axis",
        help: ["expand(x[0:10], 0)"])
    default: return try array.rows(at: item.positions(among: array.rowCount))
    }
  }

  /// Where a slice ends among the rows; negative places count from the end.
  private func bound(_ place: Int) -> Int {
    min(max(place < 0 ? place + array.rowCount : place, 0), array.rowCount)
  }

  func outputs(in context: Context) throws -> [Output]? {
    [
      .table(
        Table(
          columns: [.init("file"), .init("rows", .grouped), .init("row"), .init("type")],
          rows: [
            [
              .text(array.name), .int(array.rowCount),
              .text("\(Array(array.shape.sizes.dropFirst()))"), .text(array.elementType.rawValue),
            ]
          ]))
    ]
  }
}
