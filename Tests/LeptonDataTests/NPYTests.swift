import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

@Suite struct NPYTests {
  /// A file as `numpy.save` writes it.
  func file(_ description: String, order: String = "False", _ shape: String, _ elements: [UInt8])
    -> [UInt8]
  {
    var header = "{'descr': \(description), 'fortran_order': \(order), 'shape': \(shape), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + elements
  }

  @Test("Arrays that NumPy wrote are read")
  func reading() throws {
    let matrix = try NPY.tensor(
      file(
        "'<f4'", "(2, 3)",
        [0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64, 0, 0, 160, 64]))
    #expect(matrix.shape.sizes == [2, 3])
    #expect(try matrix.elements(as: Float.self) == [0, 1, 2, 3, 4, 5])
    let scalar = try NPY.tensor(file("'<f8'", "()", [0, 0, 0, 0, 0, 0, 4, 64]))
    #expect(scalar.shape.sizes == [])
    #expect(try scalar.elements(as: Double.self) == [2.5])
    let truths = try NPY.tensor(file("'|b1'", "(2,)", [1, 0]))
    #expect(truths.elementType == .bool)
    #expect(try truths.elements(as: Int.self) == [1, 0])
  }

  @Test("An array in column-major order, most significant byte first, is read")
  func columnMajor() throws {
    let bytes: [UInt8] = [0, 0, 0, 3, 0, 1, 0, 4, 0, 2, 0, 5]
    let matrix = try NPY.tensor(file("'>i2'", order: "True", "(2, 3)", bytes))
    #expect(matrix.shape.sizes == [2, 3])
    #expect(try matrix.elements(as: Int.self) == [0, 1, 2, 3, 4, 5])
  }

  @Test("Complex numbers are pairs along one more axis", arguments: ["False", "True"])
  func complex(order: String) throws {
    let numbers: [Float] =
      order == "True" ? [1, -1, 3, -3, 2, -2, 4, -4] : [1, -1, 2, -2, 3, -3, 4, -4]
    let elements = numbers.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian) { Array($0) } }
    let read = try NPY.tensor(file("'<c8'", order: order, "(2, 2)", elements))
    #expect(read.shape.sizes == [2, 2, 2])
    #expect(try read.elements(as: Float.self) == [1, -1, 2, -2, 3, -3, 4, -4])
    #expect(throws: FileError.self) {
      try NPY.tensor(file("'<c8'", "(2, 2)", Array(elements.dropLast(8))))
    }
  }

  @Test("Whole numbers without a sign are read as far as they fit")
  func unsigned() throws {
    let read = try NPY.tensor(
      file("'>u8'", "(2,)", [0, 0, 0, 0, 0, 0, 1, 0, 0x7F] + Array(repeating: 0xFF, count: 7)))
    #expect(read.elementType == .int64)
    #expect(try read.elements(as: Int.self) == [256, .max])
    let error = #expect(throws: TensorError.self) {
      try NPY.tensor(file("'<u8'", "(1,)", Array(repeating: 0xFF, count: 8)))
    }
    #expect(error?.code == "value/range")
  }

  @Test("What is written reads back")
  func roundTrip() throws {
    for tensor in [
      try Tensor([1.5, -2] as [Float], shape: [2, 1]), try Tensor([7] as [UInt8], shape: []),
      try Tensor([Int.min, 5, 0], shape: [3]), try Tensor([] as [Double], shape: [0, 4]),
    ] {
      let bytes = try NPY.bytes(of: tensor)
      let read = try NPY.tensor(bytes)
      #expect(read.shape == tensor.shape)
      #expect(read.elementType == tensor.elementType)
      #expect(try read.elements(as: Double.self) == tensor.elements(as: Double.self))
      #expect((bytes.count - tensor.shape.count * tensor.elementType.byteCount).isMultiple(of: 64))
    }
  }

  @Test(
    "Pickles, structures and headers that are not exact are refused",
    arguments: [
      ("'|O'", "False", "(2,)"), ("[('a', '|u1')]", "False", "(2,)"), ("'<U1'", "False", "(2,)"),
      ("'|u1'", "Maybe", "(2,)"), ("'|u1'", "False", "(3,)"), ("'|u1'", "False", "(-2,)"),
      ("'|u1'", "False", "2"), ("'|u1'", "False", "(2 1)"), ("'|u1', 'x': 1", "False", "(2,)"),
      ("'|u1'", "False", "(9223372036854775807, 9223372036854775807)"),
    ])
  func refusals(description: String, order: String, shape: String) {
    let error = #expect(throws: FileError.self) {
      try NPY.tensor(file(description, order: order, shape, [1, 2]))
    }
    #expect(error?.code == "file/damaged")
  }

  @Test("Hostile bytes give a value or an error")
  func hostile() {
    #expect(feedHostile(file("'|u1'", "(2,)", [1, 2])) { _ = try NPY.tensor($0) } == 0)
  }
}
