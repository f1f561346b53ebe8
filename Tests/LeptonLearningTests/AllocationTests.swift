import CAllocations
import LeptonLearning
import LeptonTensor
import Testing

/// A step of training asks for no memory.
///
/// All of it runs on this thread, so that others do not count.
@Suite(.serialized) struct AllocationTests {
  private func pictures(_ count: Int) throws -> Dataset {
    try Dataset(
      name: "", source: "", inputs: RandomKey(seed: 2).uniform([count, 12]),
      targets: Tensor((0..<count).map { $0 % 2 }, shape: [count]))
  }

  @Test func `memory is counted`() throws {
    let before = lepton_allocations()
    let memory = [UnsafeMutableRawPointer.allocate(byteCount: 100, alignment: 8)]
    #expect(lepton_allocations() > before)
    memory[0].deallocate()
  }

  /// How many pieces of memory a training of one epoch takes, by the number of its steps.
  private func allocations(steps: Int, _ optimizer: Optimizer) throws -> Int {
    let data = try pictures(8 * steps)
    var options = TrainingOptions()
    options.batch = 8
    options.optimizer = optimizer
    options.shuffles = false
    let layer = Sequential([
      try Dense(6, activation: .relu), try Dropout(0.2), try Dense(2),
    ])
    let before = lepton_allocations()
    _ = try Training.run(layer, on: data, options: options, key: RandomKey(seed: 1))
    return lepton_allocations() - before
  }

  @Test(arguments: [
    Optimizer.sgd(rate: 0.1, momentum: 0.9), .adam(AdamRule(rate: 0.001, weightDecay: 0.01)),
  ])
  func `a step of training allocates nothing`(optimizer: Optimizer) throws {
    let threads = Execution.threads
    Execution.threads = 1
    defer { Execution.threads = threads }
    _ = try allocations(steps: 20, optimizer)
    let (few, many) = (
      try allocations(steps: 100, optimizer), try allocations(steps: 2100, optimizer)
    )
    // What grows with the logarithm of the data, and what is told a few times a second, is not a step's.
    #expect(many - few < 200, "\(Double(many - few) / 2000) in each step")
  }
}
