import CKernels

/// Fractions of which the C kernels take medians of windows.
protocol Windowed: Real {
  /// The medians of windows at neighbouring places.
  static func medians(
    _ x: UnsafePointer<Self>, _ offsets: UnsafePointer<Int>, _ count: Int,
    _ y: UnsafeMutablePointer<Self>, _ places: Int)

  /// Numbers in order with another one in the place of one of them; see ``Ordered``.
  static func exchange(
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ count: Int, _ old: Self,
    _ new: Self)
}

extension Float: Windowed {
  static func medians(
    _ x: UnsafePointer<Float>, _ offsets: UnsafePointer<Int>, _ count: Int,
    _ y: UnsafeMutablePointer<Float>, _ places: Int
  ) { lk_median_single(x, offsets, count, y, places) }

  static func exchange(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ old: Float,
    _ new: Float
  ) { lk_exchange_single(x, y, count, old, new) }
}

extension Double: Windowed {
  static func medians(
    _ x: UnsafePointer<Double>, _ offsets: UnsafePointer<Int>, _ count: Int,
    _ y: UnsafeMutablePointer<Double>, _ places: Int
  ) { lk_median_double(x, offsets, count, y, places) }

  static func exchange(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int, _ old: Double,
    _ new: Double
  ) { lk_exchange_double(x, y, count, old, new) }
}

/// The medians of windows, which slide over some axes of a tensor.
///
/// What follows the last of these axes belongs to its rows: places of a row that lie `pitch` apart are
/// neighbours along it. Small windows are put in order for several places at once, by comparisons alone;
/// of a large one the elements are kept in order while it slides, and those that leave make room for those
/// that come.
struct MedianKernel<T: Windowed>: Sendable {
  private let rows: Int
  private let rowLength: Int
  private let pitch: Int
  /// How many places a window takes along its rows.
  private let width: Int
  /// Where the windows' rows begin, from the place of the first.
  private let lines: [Int]
  private let outputs: [Int]
  private let strides: [Int]

  private static var stretch: Int { 1 << 13 }

  init(_ problem: Problem) {
    let (x, y, windows) = (problem.inputs[0].shape, problem.output.shape, problem.attributes.sizes)
    let axis = windows.lastIndex { $0 > 1 } ?? max(windows.count - 1, 0)
    pitch = x.sizes.dropFirst(axis + 1).reduce(1, *)
    rowLength = y.sizes.dropFirst(axis).reduce(1, *)
    width = windows.isEmpty ? 1 : windows[axis]
    outputs = Array(y.sizes.prefix(axis))
    rows = outputs.reduce(1, *)
    let strides = Array(x.strides.prefix(axis))
    self.strides = strides
    lines = Windows.starts(Array(windows.prefix(axis))).map {
      zip($0, strides).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// Whether sliding takes fewer comparisons than putting in order.
  private var slides: Bool { lines.count * width * width > 2800 }

  func work() -> Work {
    let stretches = (rowLength + Self.stretch - 1) / Self.stretch
    let tiling = Tiling(
      rows: rows * stretches, rowsPerTile: max(1, Self.stretch / max(rowLength, 1)))
    let offsets = lines.flatMap { line in (0..<width).map { line + $0 * pitch } }
    return Work(
      tiles: tiling.count, accesses: [.whole, .whole],
      scratch: slides ? Ordered<T>.size(offsets.count) : 0
    ) { memory, tile in
      for piece in tiling.range(tile) {
        let (row, start) = (piece / stretches, piece % stretches * Self.stretch)
        let places = start..<min(start + Self.stretch, rowLength)
        let x = memory.input(0, as: T.self) + place(of: row)
        let y = memory.output(as: T.self) + row * rowLength
        if slides {
          slide(x, y, places, offsets, memory.scratch.assumingMemoryBound(to: T.self))
        } else {
          T.medians(x + start, offsets, offsets.count, y + start, places.count)
        }
      }
    }
  }

  /// Where the first window of a row begins.
  private func place(of row: Int) -> Int {
    var (rest, place) = (row, 0)
    for axis in outputs.indices.reversed() {
      place += rest % outputs[axis] * strides[axis]
      rest /= outputs[axis]
    }
    return place
  }

  /// Slides windows along a row, for each of the places that lie side by side.
  private func slide(
    _ x: UnsafePointer<T>, _ y: UnsafeMutablePointer<T>, _ places: Range<Int>, _ offsets: [Int],
    _ memory: UnsafeMutablePointer<T>
  ) {
    for first in places.prefix(pitch) {
      var order = Ordered(memory, offsets.map { x[first + $0] })
      for place in stride(from: first, to: places.upperBound, by: pitch) {
        y[place] = order.median
        guard place + pitch < places.upperBound else { break }
        for line in lines {
          order.replace(x[place + line], by: x[place + line + width * pitch])
        }
      }
    }
  }
}

/// Numbers in order, and how many are none.
///
/// A few are written anew, vector by vector, into other memory whenever one is replaced; of many only those
/// that stand between the one that leaves and the one that comes are moved. So there are two rows of them, each
/// between bounds that no number passes.
private struct Ordered<T: Windowed> {
  private var elements: UnsafeMutablePointer<T>
  private var others: UnsafeMutablePointer<T>
  private let count: Int
  private var gaps = 0

  /// How many bounds stand before the numbers, and at least so many behind them.
  private static var margin: Int { 16 }
  /// Of more numbers it takes less to move those between.
  private static var few: Int { 1024 / MemoryLayout<T>.stride }

  private static func room(_ count: Int) -> Int { count + 2 * margin }

  /// How many bytes so many numbers take.
  static func size(_ count: Int) -> Int { 2 * room(count) * MemoryLayout<T>.stride }

  init(_ memory: UnsafeMutablePointer<T>, _ values: [T]) {
    let room = Self.room(values.count)
    elements = memory + Self.margin
    others = elements + room
    count = values.count
    gaps = values.count { $0.isNaN }
    for row in [memory, memory + room] {
      row.update(repeating: -.infinity, count: Self.margin)
      (row + Self.margin).update(repeating: .infinity, count: room - Self.margin)
    }
    // What is no number stands last, in the place of the largest.
    for (place, value) in values.map({ $0.isNaN ? .infinity : $0 }).sorted().enumerated() {
      elements[place] = value
    }
  }

  /// The middle one; NaN if there is one.
  var median: T { gaps > 0 ? .nan : elements[count / 2] }

  /// Puts a number in the place of one that is there.
  mutating func replace(_ old: T, by new: T) {
    if old.isNaN { gaps -= 1 }
    if new.isNaN { gaps += 1 }
    let (old, new) = (old.isNaN ? .infinity : old, new.isNaN ? .infinity : new)
    guard count > Self.few else {
      T.exchange(elements, others, count, old, new)
      swap(&elements, &others)
      return
    }
    move(old, to: new)
  }

  /// Moves what stands between a number that leaves and one that comes.
  private func move(_ old: T, to new: T) {
    let from = place(of: old)
    if new > old {
      let to = place(of: new) - 1
      (elements + from).update(from: elements + (from + 1), count: to - from)
      elements[to] = new
    } else {
      let to = place(of: new)
      (elements + (to + 1)).update(from: elements + to, count: from - to)
      elements[to] = new
    }
  }

  /// How many numbers are smaller.
  private func place(of value: T) -> Int {
    var (low, size) = (0, count)
    while size > 0 {
      let half = size / 2
      let isBelow = elements[low + half] < value
      low = isBelow ? low + half + 1 : low
      size = isBelow ? size - half - 1 : half
    }
    return low
  }
}
