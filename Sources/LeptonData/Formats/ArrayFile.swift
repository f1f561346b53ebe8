import LeptonFiles
import LeptonTensor

/// An array in a file, of which rows are read as they are asked for: NPY, IDX, or one of a
/// safetensors file.
public struct ArrayFile: Sendable {
  /// The sizes of its axes; the first counts the rows.
  public let shape: Shape
  private let layout: ArrayLayout
  private let file: OpenFile

  /// Reads what stands before the elements.
  ///
  /// - Parameter tensor: which one of a safetensors file; it may be left out where there is but one.
  /// - Throws: `FileError` with code `file/damaged` where the whole array could not be read either,
  ///   `file/rows` where its rows do not stand one after the other; `file/changed`, `file/read`.
  public init(_ file: OpenFile, tensor name: String? = nil) throws {
    self.file = file
    layout = try ArrayFile.layout(of: file, name)
    shape = try Shape(layout.shape)
    guard shape.rank > 0 else { throw FileError.rows(file.name, "it holds a single number") }
    guard layout.type != .uint64 else {
      throw FileError.rows(
        file.name, "whole numbers of 64 bits without a sign may not fit int64",
        help: ["write them with a sign: numpy.save(path, x.astype(numpy.int64))"])
    }
    guard !layout.isColumnMajor || shape.rank == 1 else {
      throw FileError.rows(
        file.name, "it holds column after column",
        help: ["write it row by row: numpy.save(path, numpy.ascontiguousarray(x))"])
    }
  }

  /// The path of the file.
  public var name: String { file.name }

  /// The type of tensor that its rows make.
  public var elementType: ElementType { layout.type.elementType }

  /// How many rows it has.
  public var rowCount: Int { shape[0] }

  /// How many elements a row has.
  public var rowSize: Int { shape.sizes.dropFirst().reduce(1, *) }

  /// Neighbouring rows, `[rows, …]`.
  ///
  /// - Throws: `TensorError` with code `value/index` if there are no such rows, `memory/limit`;
  ///   `FileError` with code `file/changed` or `file/read`.
  public func rows(_ rows: Range<Int>) throws -> Tensor { try tensor(of: [rows]) }

  /// The rows at some places, in that order, `[places, …]`.
  ///
  /// - Throws: What neighbouring rows throw.
  public func rows(at places: [Int]) throws -> Tensor {
    var runs: [Range<Int>] = []
    for place in places {
      let (next, isLast) = place.addingReportingOverflow(1)
      if isLast { throw failure(place) }
      if let last = runs.last, last.upperBound == place {
        runs[runs.count - 1] = last.lowerBound..<next
      } else {
        runs.append(place..<next)
      }
    }
    return try tensor(of: runs)
  }

  private func tensor(of runs: [Range<Int>]) throws -> Tensor {
    for run in runs where run.lowerBound < 0 || run.upperBound > rowCount {
      throw failure(run.lowerBound < 0 ? run.lowerBound : run.upperBound - 1)
    }
    let count = runs.reduce(0) { $0 + $1.count }
    let form = Form(try Shape([count] + shape.sizes.dropFirst()), elementType)
    return try Tensor(form: form) { target in
      var filled = 0
      for run in runs {
        let size = run.count * rowSize * elementType.byteCount
        try read(run, into: UnsafeMutableRawBufferPointer(rebasing: target[filled..<filled + size]))
        filled += size
      }
    }
  }

  /// How many elements are converted at once where they take more room than in the file.
  private static let block = 1 << 16

  /// Writes neighbouring rows into memory, as a tensor holds them.
  private func read(_ rows: Range<Int>, into target: UnsafeMutableRawBufferPointer) throws {
    let (raw, own) = (layout.type.byteCount, elementType.byteCount)
    let start = layout.start + rows.lowerBound * rowSize * raw
    if raw == own {
      try file.read(into: target, at: start)
      return RawConversion(
        source: UnsafeRawBufferPointer(target), target: target, isBigEndian: layout.isBigEndian
      ).convert(layout.type)
    }
    for first in stride(from: 0, to: rows.count * rowSize, by: ArrayFile.block) {
      let count = min(ArrayFile.block, rows.count * rowSize - first)
      let part = target[first * own..<(first + count) * own]
      try file.read(count * raw, at: start + first * raw).withUnsafeBytes { source in
        RawConversion(
          source: source, target: UnsafeMutableRawBufferPointer(rebasing: part),
          isBigEndian: layout.isBigEndian
        ).convert(layout.type)
      }
    }
  }

  private func failure(_ place: Int) -> TensorError {
    TensorError("value/index", "there is no row \(place) among the \(rowCount) of \(name.quoted)")
  }
}

// Which format it is.
extension ArrayFile {
  private static func layout(of file: OpenFile, _ name: String?) throws -> ArrayLayout {
    var reader = ByteReader(file)
    let head = Array(try reader.peek(9))
    // A header of JSON is what the others cannot begin with: as a size it would be beyond all files.
    let isSafetensors = head.count == 9 && head[8] == UInt8(ascii: "{")
    if let name, !isSafetensors {
      throw FileError.rows(
        file.name, "only a safetensors file has arrays with names, and \(name.quoted) is asked for")
    }
    switch head.prefix(2) {
    case [0x1F, 0x8B]:
      throw FileError.rows(
        file.name, "gzip has packed it",
        help: ["unpack it first, `gunzip --keep FILE`, or read it whole: `npy(path)`, `idx(path)`"])
    case [0x50, 0x4B]:
      throw FileError.rows(
        file.name, "it is an archive", help: ["unpack it first, or read it whole: `npz(path)`"])
    case [0x93, 0x4E]: return try NPY.layout(&reader)
    case _ where isSafetensors: return try Safetensors.layout(&reader, of: name)
    case [0, 0]: return try IDX.layout(&reader)
    default:
      throw FileError.rows(
        file.name, "it begins neither as an NPY, nor as an IDX, nor as a safetensors file does",
        help: [
          "`csv_parts`, `jsonl_parts` and `text_parts` go through files that are larger than memory"
        ])
    }
  }
}

extension FileError {
  /// The rows of a file cannot be found without reading all that is before them.
  static func rows(_ name: String, _ what: String, help: [String] = []) -> FileError {
    FileError(
      code: "file/rows", message: "rows of \(name.quoted) cannot be read: \(what)", help: help)
  }
}
