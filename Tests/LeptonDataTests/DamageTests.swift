import LeptonData
import LeptonFiles
import LeptonTensor
import Testing

/// Damaged files of each format, made by rules: each gives a value or an error in words, and what is
/// cut off within its head is never taken for whole.
@Suite struct DamageTests {
  /// A whole file of a format and how it is read.
  struct Sample: CustomTestStringConvertible, Sendable {
    let format: String
    let whole: [UInt8]
    /// Where its parts end.
    let boundaries: [Int]
    /// Where its numbers stand.
    let numbers: [(place: Int, width: Int)]
    /// How many bytes of it say what it is.
    let magic: Int
    /// Whether every beginning of it is told from the whole.
    let isClosed: Bool
    let read: @Sendable ([UInt8]) throws -> Void

    var testDescription: String { format }
  }

  static let samples: [Sample] = {
    (try? [
      text(), jsonLines(), jsonList(), idx(), npy(), npz(), safetensors(), png(), jpeg(), wav(),
      packed(),
    ])
      ?? []
  }()

  @Test func `every format has its sample, and each is read`() throws {
    #expect(Self.samples.count == 11)
    for sample in Self.samples { #expect(throws: Never.self) { try sample.read(sample.whole) } }
  }

  @Test("At least 60 damaged files give a value or an error in words", arguments: samples)
  func damaged(_ sample: Sample) {
    let files = Damage.all(
      of: sample.whole, boundaries: sample.boundaries, numbers: sample.numbers, magic: sample.magic)
    #expect(files.count >= 60, "\(files.count)")
    var refused = 0
    for file in files {
      do {
        try sample.read(file.bytes)
      } catch let error as FileError {
        refused += 1
        #expect(!error.message.isEmpty && error.code.contains("/"), "\(file.name)")
      } catch let error as TensorError {
        refused += 1
        #expect(error.code.contains("/"), "\(file.name): \(error)")
      } catch {
        Issue.record("\(file.name): \(error)")
      }
    }
    // Most damage is noticed; where it is not, the file says something else that makes sense.
    #expect(refused * 3 >= files.count || !sample.isClosed, "\(refused) of \(files.count)")
  }

  @Test("A file that is cut off is told from a whole one", arguments: samples.filter(\.isClosed))
  func cut(_ sample: Sample) {
    for file in Damage.cuts(sample.whole, sample.boundaries) {
      #expect(throws: (any Error).self, "\(file.name)") { try sample.read(file.bytes) }
    }
  }

  @Test func `what would unpack to much more is refused before there is memory for it`() {
    // 64 MB of zeros in 62 kB.
    let bomb = [UInt8](repeating: 0, count: 1 << 26).gzipped
    #expect(bomb.count < 1 << 17)
    let error = #expect(throws: FileError.self) { try gunzip(bomb, limit: 1 << 20, name: "b.gz") }
    #expect(error?.code == "file/size")
    #expect(throws: FileError.self) { try gunzip(bomb + bomb, limit: 1 << 20) }
  }
}

extension DamageTests {
  /// Reads an array whole and by rows, which must accept the same files and say the same, but for
  /// those whose rows do not stand one after the other.
  @Sendable private static func both(
    _ bytes: [UInt8], _ whole: ([UInt8]) throws -> Tensor
  ) throws {
    let rows = Result { try ArrayFile(bytes: bytes).whole() }
    let tensor = try whole(bytes)
    if case .failure(let error as FileError) = rows, error.code == "file/rows" { return }
    let part = try rows.get()
    #expect(part.shape == tensor.shape)
    #expect(try part.withUnsafeBytes(Array.init) == tensor.withUnsafeBytes(Array.init))
  }

  private static func text() -> Sample {
    let text = Array("name,size,kind\nant,1.5,\"a,b\"\nbee,2.25,\"c \"\"d\"\"\"\n".utf8)
    return Sample(
      format: "CSV", whole: text,
      boundaries: text.indices.filter { [0x2C, 0x0A, 0x22].contains(text[$0]) },
      numbers: [(19, 3), (33, 4)], magic: 4, isClosed: false
    ) { _ = try CSV.table($0, name: "a.csv") }
  }

  private static func jsonLines() -> Sample {
    let text = Array(
      "{\"a\": 1, \"b\": true, \"c\": \"x\\u00e9\"}\n{\"a\": 2.5, \"b\": false, \"c\": null}\n".utf8
    )
    return Sample(
      format: "JSON Lines", whole: text,
      boundaries: text.indices.filter { [0x2C, 0x0A, 0x22, 0x7B, 0x5D].contains(text[$0]) },
      numbers: [(6, 1), (15, 4)], magic: 4, isClosed: false
    ) { try inBlocks($0, both: JSONLines.table($0, name: "a.jsonl")) }
  }

  private static func jsonList() -> Sample {
    let text = Array(
      "[{\"a\": 1, \"b\": {\"c\": \"x],\"}},\n {\"a\": 2.5, \"b\": {\"c\": null}}, {\"a\": 3}]".utf8
    )
    return Sample(
      format: "a list of JSON", whole: text,
      boundaries: text.indices.filter { [0x2C, 0x0A, 0x22, 0x7B, 0x5D].contains(text[$0]) },
      numbers: [(7, 1), (21, 4)], magic: 4, isClosed: false
    ) { try inBlocks($0, both: JSONLines.table($0, name: "a.jsonl")) }
  }

  /// Reads records again as a stream of small blocks, which must say the same.
  @Sendable private static func inBlocks(
    _ bytes: [UInt8], both whole: @autoclosure () throws -> DataTable
  ) throws {
    let blocks = Result {
      try JSONLines.read(MemoryStream(bytes, name: "a.jsonl", blockSize: 3)).table
    }
    let table = try whole()
    #expect(try blocks.get() == table)
  }

  private static func idx() -> Sample {
    let head: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3]
    return Sample(
      format: "IDX", whole: head + (1...12), boundaries: [2, 3, 4, 8, 12, 16, 22, 28],
      numbers: [(3, 1), (4, 4), (8, 4), (12, 4)], magic: 4, isClosed: true
    ) { try both($0) { try IDX.tensor($0, name: "a.idx") } }
  }

  private static func npy() throws -> Sample {
    let whole = try NPY.bytes(of: Tensor([1.5, -2, 3, 4] as [Double], shape: [2, 2]))
    return Sample(
      format: "NPY", whole: whole,
      boundaries: [6, 8, 10, 20, 60, whole.count - 32, whole.count - 8],
      numbers: [(6, 2), (8, 2)], magic: 8, isClosed: true
    ) { try both($0) { try NPY.tensor($0, name: "a.npy") } }
  }

  private static func npz() throws -> Sample {
    let whole = try NPZ.bytes(of: [
      ("a", Tensor([1, 2] as [Float], shape: [2])), ("b", Tensor([3] as [Int], shape: [1])),
    ])
    let heads = whole.indices.dropLast(4).filter { whole[$0] == 0x50 && whole[$0 + 1] == 0x4B }
    let fields: [(place: Int, width: Int)] = [(8, 2), (18, 4), (22, 4), (26, 2)]
    let numbers = heads.flatMap { head in
      fields.map { (place: head + $0.place, width: $0.width) }
    }
    return Sample(
      format: "NPZ and ZIP", whole: whole, boundaries: heads + heads.map { $0 + 4 },
      numbers: numbers, magic: 4,
      isClosed: true
    ) { _ = try NPZ.tensors($0, name: "a.npz") }
  }

  private static func safetensors() throws -> Sample {
    let whole = try Safetensors([
      .init("w", Tensor([1, 2, 3, 4] as [Float], shape: [2, 2])),
      .init("b", Tensor([5] as [Float], shape: [1])),
    ]).bytes()
    let places = whole.indices.filter { [0x7B, 0x7D, 0x5B, 0x5D, 0x3A].contains(whole[$0]) }
    return Sample(
      format: "safetensors", whole: whole, boundaries: [8] + places + [whole.count - 4],
      numbers: [(0, 8)], magic: 8, isClosed: true
    ) { _ = try Safetensors(reading: $0, name: "a.safetensors") }
  }

  private static func png() throws -> Sample {
    let pixels = (0..<60).map { UInt8($0 * 4) }
    let whole = try PNG.bytes(of: Tensor(pixels, shape: [4, 5, 3]))
    var (chunks, place) = ([8], 8)
    while place + 8 <= whole.count {
      place += 12 + whole[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      chunks.append(place)
    }
    let lengths = chunks.dropLast().map { (place: $0, width: 4) }
    let header: [(place: Int, width: Int)] = [(16, 4), (20, 4), (24, 1), (25, 1), (28, 1)]
    return Sample(
      format: "PNG", whole: whole, boundaries: chunks.dropLast() + [12, 16, 20, 24, 29],
      numbers: lengths + header,
      magic: 8, isClosed: true
    ) { _ = try PNG.tensor($0, limit: 1 << 20, name: "a.png") }
  }

  private static func jpeg() -> Sample {
    let whole = JPEGTests.grey
    let markers = whole.indices.dropLast().filter { whole[$0] == 0xFF && whole[$0 + 1] > 0xBF }
    let frame = markers.first { whole[$0 + 1] == 0xC0 } ?? 0
    let lengths = markers.dropFirst().dropLast().map { (place: $0 + 2, width: 2) }
    let sizes: [(place: Int, width: Int)] = [(frame + 5, 2), (frame + 7, 2)]
    return Sample(
      format: "JPEG", whole: whole,
      boundaries: markers.dropLast() + markers.map { $0 + 2 }.dropLast(),
      numbers: lengths + sizes,
      magic: 3, isClosed: false
    ) { _ = try JPEG.tensor($0, limit: 1 << 20, name: "a.jpg") }
  }

  private static func wav() throws -> Sample {
    let whole = try Sound(
      samples: Tensor((0..<40).map { Float($0) / 40 }, shape: [40]), rate: 8000
    ).wav()
    return Sample(
      format: "WAV", whole: whole,
      boundaries: [4, 8, 12, 16, 20, 22, 24, 28, 32, 34, 36, 40, 44, 64],
      numbers: [(4, 4), (16, 4), (22, 2), (24, 4), (32, 2), (34, 2), (40, 4)], magic: 12,
      isClosed: false
    ) { _ = try Sound(reading: $0, limit: 1 << 20, name: "a.wav") }
  }

  private static func packed() -> Sample {
    let whole = Array("one,two\n1,2\n3,4\nfive,six\n".utf8).gzipped
    return Sample(
      format: "gzip", whole: whole,
      boundaries: [2, 3, 4, 8, 10, 14, whole.count - 8, whole.count - 4],
      numbers: [(3, 1), (10, 2), (whole.count - 8, 4), (whole.count - 4, 4)], magic: 4,
      isClosed: true
    ) { _ = try gunzip($0, limit: 1 << 20, name: "a.gz") }
  }
}
