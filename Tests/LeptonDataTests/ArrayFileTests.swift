import Foundation
import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

/// Rows of arrays in files, beside those of the whole arrays.
@Suite struct ArrayFileTests {
  private func opened(_ bytes: [UInt8], tensor name: String? = nil) throws -> ArrayFile {
    try ArrayFile(bytes: bytes, tensor: name)
  }

  /// Asks for rows in many ways.
  private func check(_ bytes: [UInt8], tensor name: String? = nil, against whole: Tensor) throws {
    let array = try opened(bytes, tensor: name)
    let count = array.rowCount
    #expect(array.shape == whole.shape)
    #expect(array.elementType == whole.elementType)
    for (first, end) in [
      (0, count), (0, 0), (count, count), (1, 2), (count - 1, count), (1, count),
    ]
    where first >= 0 && end <= count && first <= end {
      let part = try array.rows(first..<end)
      try expectSame(part, whole.sliced([Slice(from: first, to: end)]))
      try expectSame(array.rows(at: Array(first..<end)), part)
    }
    let places = [count - 1, 0, 0, 1, count / 2].filter { (0..<count).contains($0) }
    try expectSame(
      array.rows(at: places), whole.gathered(Tensor(places, shape: [places.count])))
    for bad in [-1, count, Int.max, Int.min] {
      let error = #expect(throws: TensorError.self) { try array.rows(at: [bad]) }
      #expect(error?.code == "value/index")
    }
    #expect(throws: TensorError.self) { try array.rows(0..<count + 1) }
  }

  private func expectSame(_ one: Tensor, _ other: Tensor) throws {
    #expect(one.shape == other.shape)
    #expect(one.elementType == other.elementType)
    #expect(try one.elements(as: Double.self) == other.elements(as: Double.self))
  }

  private static let elementTypes = [
    "'|b1'", "'|u1'", "'|i1'", "'<u2'", "'>i2'", "'<i2'", "'<u4'", "'>i4'", "'<i8'", "'>i8'",
    "'<f2'", "'<f4'", "'>f4'", "'<f8'", "'>f8'",
  ]

  @Test("Rows of every type, in either order of bytes", arguments: elementTypes)
  func types(_ type: String) throws {
    let size = Int(type.dropLast().suffix(1)) ?? 1
    let elements = (0..<4 * 3 * 2 * size).map { UInt8($0 * 7 % 61) }
    let bytes = NPYTests().file(type, "(4, 3, 2)", elements)
    try check(bytes, against: NPY.tensor(bytes))
  }

  @Test(
    "Rows that are long, short, empty or none",
    arguments: ["(70000, 1)", "(2, 70000)", "(5,)", "(3, 0)", "(0, 3)"])
  func shapes(_ shape: String) throws {
    let sizes = shape.split { !$0.isNumber }.compactMap { Int($0) }
    let bytes = NPYTests().file(
      "'<i2'", shape, (0..<2 * sizes.reduce(1, *)).map { UInt8(truncatingIfNeeded: $0) })
    try check(bytes, against: NPY.tensor(bytes))
  }

  @Test func `rows of IDX and of safetensors`() throws {
    let idx: [UInt8] = [0, 0, 0x0B, 2, 0, 0, 0, 3, 0, 0, 0, 2] + (1...12)
    try check(idx, against: IDX.tensor(idx))
    let w = try Tensor((0..<12).map(Float.init), shape: [4, 3])
    let b = try Tensor([1, 2, 3] as [Int], shape: [3])
    let file = try Safetensors([.init("w", w), .init("b", b)]).bytes()
    try check(file, tensor: "w", against: w)
    try check(file, tensor: "b", against: b)
    try check(Safetensors([.init("only", w)]).bytes(), against: w)
  }

  @Test func `what has no rows to read one by one is refused with what helps`() throws {
    let matrix = NPYTests().file("'|u1'", order: "True", "(2, 2)", [1, 2, 3, 4])
    let single = NPYTests().file("'|u1'", "()", [1])
    let several = try Safetensors([
      .init("a", Tensor(scalar: 1)), .init("b", Tensor([2] as [Float], shape: [1])),
    ]).bytes()
    let cases: [(bytes: [UInt8], name: String?, words: String)] = [
      (matrix, nil, "it holds column after column"), (single, nil, "it holds a single number"),
      (matrix.gzipped, nil, "gzip has packed it"),
      (try NPZ.bytes(of: [("a", Tensor(scalar: 1))]), nil, "it is an archive"),
      (several, nil, "it holds 2 tensors"), (several, "c", "it has no tensor `c`"),
      (several, "a", "it holds a single number"),
      (single, "a", "only a safetensors file has arrays with names, and `a` is asked for"),
      (
        Array("a,b\n1,2\n".utf8), nil,
        "it begins neither as an NPY, nor as an IDX, nor as a safetensors file does"
      ),
      ([], nil, "it begins neither as an NPY, nor as an IDX, nor as a safetensors file does"),
    ]
    for (bytes, name, words) in cases {
      let error = #expect(throws: FileError.self) { try opened(bytes, tensor: name) }
      #expect(error?.code == "file/rows")
      #expect(
        error?.message.hasSuffix("cannot be read: \(words)") == true, "\(error?.message ?? "")")
    }
  }

  @Test func `a column-major vector is a vector`() throws {
    let bytes = NPYTests().file("'|u1'", order: "True", "(3,)", [1, 2, 3])
    try check(bytes, against: NPY.tensor(bytes))
  }
}

extension ArrayFile {
  /// The array in a file of some bytes.
  init(bytes: [UInt8], tensor name: String? = nil) throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("lepton-array-\(UUID().uuidString)")
    try Data(bytes).write(to: url)
    // The open file outlives its name.
    defer { try? FileManager.default.removeItem(at: url) }
    try self.init(FileBroker(readable: [url.path]).opened(url.path), tensor: name)
  }

  /// All its rows.
  func whole() throws -> Tensor { try rows(0..<rowCount) }
}
