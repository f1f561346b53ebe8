/// The threads on which the engine computes.
public enum Execution {
  /// The number of threads, which changes how long a computation takes but never its result.
  ///
  /// At the start it is the number of processors; it is kept between 1 and 64.
  public static var threads: Int {
    get { ThreadPool.shared.wanted.load(ordering: .relaxed) }
    set { ThreadPool.shared.wanted.store(min(max(newValue, 1), 64), ordering: .relaxed) }
  }

  /// Elements and multiply-adds below which one thread is faster than two.
  static let small = 1 << 15

  /// Computes all tiles of a piece of work, on all threads if it is large.
  static func run(_ work: Work, _ pointers: [UnsafeMutableRawPointer], size: Int) {
    pointers.withUnsafeBufferPointer { pointers in
      guard let base = pointers.baseAddress else { return }
      var share = Share(work: Unmanaged.passUnretained(work), pointers: base)
      withUnsafePointer(to: &share) { share in
        if work.tiles == 1 || size < small {
          Share.body(share, 0, 0, 1, 0)
        } else {
          ThreadPool.shared.run(share, Share.body)
        }
      }
    }
    withExtendedLifetime(work) {}
  }
}

extension Execution {
  /// Runs a body once for each number below a count, on all threads.
  ///
  /// Which thread takes which number is not told: what the body writes must depend on its number alone.
  public static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    split(count) { numbers in
      for number in numbers { body(number) }
    }
  }

  /// Runs a body on ranges of neighbours that together are the numbers below a count, on all threads.
  ///
  /// What the body writes for a number must not depend on the range in which it comes.
  public static func split(_ count: Int, _ body: @Sendable (Range<Int>) -> Void) {
    withoutActuallyEscaping(body) { body in
      withUnsafePointer(to: Loop(count: count, body: body)) { loop in
        ThreadPool.shared.run(loop) { context, _, part, parts, _ in
          let loop = context.assumingMemoryBound(to: Loop.self).pointee
          let numbers = Tiling.share(of: loop.count, part, parts)
          if !numbers.isEmpty { loop.body(numbers) }
        }
      }
    }
  }
}

/// A body that threads share.
private struct Loop {
  let count: Int
  let body: @Sendable (Range<Int>) -> Void
}

/// A piece of work that threads share.
private struct Share {
  let work: Unmanaged<Work>
  let pointers: UnsafePointer<UnsafeMutableRawPointer>

  static let body: ThreadPool.Body = { context, _, part, parts, _ in
    let share = context.assumingMemoryBound(to: Share.self).pointee
    share.work._withUnsafeGuaranteedRef { work in
      let scratch = UnsafeMutableRawPointer.allocate(byteCount: work.scratch + 64, alignment: 64)
      defer { scratch.deallocate() }
      let operands = Operands(pointers: share.pointers, scratch: scratch)
      for tile in Tiling.share(of: work.tiles, part, parts) { work.run(operands, tile: tile) }
    }
  }
}

extension Tiling {
  /// The tiles of a part: neighbours, and the same ones for every work with as many tiles.
  @inline(__always)
  static func share(of tiles: Int, _ part: Int, _ parts: Int) -> Range<Int> {
    if tiles == 1 { return 0..<(part == 0 ? 1 : 0) }
    return tiles * part / parts..<tiles * (part + 1) / parts
  }
}
