import Glibc

/// A copy between places that lie at regular distances: slices, transpositions, pads, joins.
struct StridedCopy: Sendable {
  /// Axes of the region, outermost first.
  private var axes: [(size: Int, from: Int, to: Int)]
  private let bytes: Int
  private let from: Int
  private let to: Int

  /// `from` and `to` are first places, the strides distances, all counted in elements.
  init(
    sizes: [Int], from: Int, fromStrides: [Int], to: Int, toStrides: [Int], elementBytes: Int
  ) {
    self.from = from
    self.to = to
    bytes = elementBytes
    axes = []
    for (axis, size) in sizes.enumerated() where size != 1 {
      let next = (size: size, from: fromStrides[axis], to: toStrides[axis])
      if let last = axes.last, last.from == next.from * size, last.to == next.to * size {
        axes[axes.count - 1] = (last.size * size, next.from, next.to)
      } else {
        axes.append(next)
      }
    }
    if axes.isEmpty { axes = [(sizes.contains(0) ? 0 : 1, 1, 1)] }
    if sizes.contains(0) { axes = [(0, 1, 1)] }
  }

  /// Copies the places of the outermost axis that lie in a range.
  func run(
    _ source: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer, _ range: Range<Int>? = nil
  ) {
    let whole = range ?? 0..<axes[0].size
    switch bytes {
    case 1: run(source, target, whole, UInt8.self)
    case 4: run(source, target, whole, UInt32.self)
    default: run(source, target, whole, UInt64.self)
    }
  }

  private func run<E: BitwiseCopyable>(
    _ source: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer, _ range: Range<Int>,
    _ type: E.Type
  ) {
    let source = source.assumingMemoryBound(to: E.self) + from + range.lowerBound * axes[0].from
    let target = target.assumingMemoryBound(to: E.self) + to + range.lowerBound * axes[0].to
    copy(source, target, 0, range.count)
  }

  private func copy<E: BitwiseCopyable>(
    _ source: UnsafeMutablePointer<E>, _ target: UnsafeMutablePointer<E>, _ depth: Int, _ size: Int
  ) {
    let axis = axes[depth]
    if depth == axes.count - 1 {
      if axis.from == 1 && axis.to == 1 {
        memcpy(target, source, size * MemoryLayout<E>.stride)
      } else {
        for index in 0..<size { target[index * axis.to] = source[index * axis.from] }
      }
    } else if depth == axes.count - 2 && axes[depth + 1].from != 1 {
      square(source, target, depth, size)
    } else {
      for index in 0..<size {
        copy(source + index * axis.from, target + index * axis.to, depth + 1, axes[depth + 1].size)
      }
    }
  }

  /// Copies two axes in squares of 16 by 16, so that neither side leaves the cache.
  private func square<E: BitwiseCopyable>(
    _ source: UnsafeMutablePointer<E>, _ target: UnsafeMutablePointer<E>, _ depth: Int, _ size: Int
  ) {
    let (rows, columns) = (axes[depth], axes[depth + 1])
    for top in stride(from: 0, to: size, by: 16) {
      for left in stride(from: 0, to: columns.size, by: 16) {
        for row in top..<min(top + 16, size) {
          for column in left..<min(left + 16, columns.size) {
            target[row * rows.to + column * columns.to] =
              source[row * rows.from + column * columns.from]
          }
        }
      }
    }
  }
}
