import CKernels

/// The update of parameters, eight at a time: parameter, memory, gradient, factors.
///
/// A mean of gradients that has become too small to be a normal number is 0 from then on. Where an input
/// is rarely used its mean fades so far within a thousand steps; rounding would then keep it for ever at a
/// few units in the last place, with which processors compute three times as slowly, and no parameter moves.
struct UpdateKernel {
  private let update: Update
  private let weightDecay: Double
  private let isWide: Bool

  init(_ update: Update, weightDecay: Double, isWide: Bool = Processor.isWide) {
    self.update = update
    self.weightDecay = weightDecay
    self.isWide = isWide
  }

  /// Work in tiles of a number of elements.
  func work(count: Int, tile: Int) -> Work {
    let part = Access.tiled(bytes: tile * 4)
    let accesses = Array(repeating: part, count: 2 + update.ruleSlots.count) + [.whole]
    let tiles = (count + tile - 1) / max(tile, 1)
    switch update.rule {
    case .adam(let beta1, let beta2, let epsilon, _):
      let rule = AdamRule(
        beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon), penalty: penalty,
        isWide: isWide)
      return Work(tiles: tiles, accesses: accesses) { memory, index in
        rule.run(memory, index * tile, min((index + 1) * tile, count))
      }
    case .custom: return Work { _, _ in }
    case .descent(let momentum, let nesterov):
      let rule = DescentRule(
        momentum: Float(momentum), nesterov: nesterov, penalty: penalty)
      return Work(tiles: tiles, accesses: accesses) { memory, index in
        rule.run(memory, index * tile, min((index + 1) * tile, count))
      }
    }
  }

  /// λ where weight decay stands in the gradient.
  private var penalty: Float { update.decoupled ? 0 : Float(weightDecay) }
}

/// Adam's rule.
///
/// The direction's factor holds the learning rate and the correction of the bias.
private struct AdamRule: Sendable {
  let beta1: Float
  let beta2: Float
  let epsilon: Float
  let penalty: Float
  let isWide: Bool

  func run(_ memory: Operands, _ start: Int, _ end: Int) {
    let w = memory.output(as: Float.self)
    let m = memory.input(0, as: Float.self)
    let v = memory.input(1, as: Float.self)
    let g = memory.input(2, as: Float.self)
    let factors = memory.input(3, as: Float.self)
    if isWide {
      return lk_wide_adam(
        w + start, m + start, v + start, g + start, end - start, -factors[0],
        factors[1], beta1, beta2, epsilon, penalty)
    }
    let direction = lk_splat(-factors[0])
    let decay = lk_splat(factors[1])
    let (b1, b2) = (lk_splat(beta1), lk_splat(beta2))
    let (c1, c2) = (lk_splat(1 - beta1), lk_splat(1 - beta2))
    let (e, p) = (lk_splat(epsilon), lk_splat(penalty))
    var index = start
    while index < end {
      let count = min(end - index, 8)
      let old = lk_load(w + index)
      let slope = lk_fma(p, old, lk_load(g + index))
      let first = lk_normal(lk_fma(b1, lk_load(m + index), c1 * slope))
      let second = lk_fma(b2, lk_load(v + index), c2 * (slope * slope))
      let new = lk_fma(direction, first / (lk_sqrt(second) + e), old * decay)
      if count == 8 {
        lk_store(m + index, first)
        lk_store(v + index, second)
        lk_store(w + index, new)
      } else {
        lk_store_part(m + index, first, count)
        lk_store_part(v + index, second, count)
        lk_store_part(w + index, new, count)
      }
      index += 8
    }
  }
}

/// Descent with or without momentum.
private struct DescentRule: Sendable {
  let momentum: Float
  let nesterov: Bool
  let penalty: Float

  func run(_ memory: Operands, _ start: Int, _ end: Int) {
    let hasMemory = momentum != 0
    let w = memory.output(as: Float.self)
    let v = memory.input(0, as: Float.self)
    let g = memory.input(hasMemory ? 1 : 0, as: Float.self)
    let factors = memory.input(hasMemory ? 2 : 1, as: Float.self)
    let decay = factors[1]
    for index in start..<end {
      let step = -factors[0] * (g[index] + penalty * w[index])
      var move = step
      if hasMemory {
        let mean = momentum * v[index] + step
        v[index] = abs(mean) < .leastNormalMagnitude ? 0 : mean
        move = nesterov ? momentum * v[index] + step : v[index]
      }
      w[index] = w[index] * decay + move
    }
  }
}
