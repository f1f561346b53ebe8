import CAllocations
import LeptonLearning
import LeptonTensor
import Testing

/// A step of training asks for no memory.
///
/// All of it runs on this thread, so that others do not count.
@Suite(.serialized) struct AllocationTests {
  /// What is trained, on examples of which shape.
  private struct Course {
    var exampleShape = [12]
    var layers: [any Layer]
    var options = TrainingOptions()
    var weighs = false
  }

  private func examples(_ count: Int, _ course: Course) throws -> Dataset {
    try Dataset(
      name: "", source: "",
      inputs: RandomKey(seed: 2).uniform([count] + course.exampleShape),
      targets: Tensor((0..<count).map { $0 % 2 }, shape: [count]),
      weights: course.weighs ? Tensor(repeating: 1.0, shape: [count]) : nil)
  }

  @Test func `memory is counted`() throws {
    let before = lepton_allocations()
    let memory = [UnsafeMutableRawPointer.allocate(byteCount: 100, alignment: 8)]
    #expect(lepton_allocations() > before)
    memory[0].deallocate()
  }

  /// How many pieces of memory a training of one epoch takes, by the number of its steps.
  private func allocations(steps: Int, _ course: Course) throws -> Int {
    let data = try examples(8 * steps, course)
    var options = course.options
    options.batch = 8
    options.shuffles = false
    let layer = Sequential(course.layers)
    let before = lepton_allocations()
    _ = try Training.run(layer, on: data, options: options, key: RandomKey(seed: 1))
    return lepton_allocations() - before
  }

  private func course(_ name: String) throws -> Course {
    var course = Course(layers: [try Dense(6, activation: .relu), try Dropout(0.2), try Dense(2)])
    course.options.optimizer = .adam(AdamRule(rate: 0.001, weightDecay: 0.01))
    switch name {
    case "momentum": course.options.optimizer = .sgd(rate: 0.1, momentum: 0.9)
    case "Adam and what is done beside it":
      course.options.clipNorm = 1
      course.options.accumulation = 2
      course.options.averaging = .exponential(decay: 0.9)
      course.options.constraint = .maxNorm(3)
      course.options.schedule = .cosine(final: 0)
      course.options.penalty = Penalty(l2: 0.01)
      course.weighs = true
    case "convolutions":
      course.exampleShape = [8, 8, 1]
      course.layers = [
        try ConvolutionLayer(4, Sliding(size: [3, 3], stride: [1, 1]), ending: LayerEnding()),
        try BatchNorm(), try PoolingLayer(.largest, size: [2]), Flatten(), try Dense(2),
      ]
    default: break
    }
    return course
  }

  @Test(arguments: ["momentum", "Adam", "Adam and what is done beside it", "convolutions"])
  func `a step of training allocates nothing`(name: String) throws {
    let course = try self.course(name)
    let threads = Execution.threads
    Execution.threads = 1
    defer { Execution.threads = threads }
    _ = try allocations(steps: 20, course)
    // What grows with the logarithm of the data, and what is told a few times a second, is not a step's. How often
    // something is told depends on how busy the machine is, so the least of three trainings counts.
    let more = try (0..<3).map { _ in
      try allocations(steps: 2100, course) - allocations(steps: 100, course)
    }.reduce(.max, min)
    #expect(more < 200, "\(Double(more) / 2000) in each step")
  }
}
