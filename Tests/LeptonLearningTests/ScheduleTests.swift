import LeptonLearning
import Testing

@Suite struct ScheduleTests {
  private func rates(_ schedule: Schedule) throws -> [Double] {
    try (0..<8).map { try schedule(TrainingPosition(step: $0, steps: 8, stepsPerEpoch: 2)) }
  }

  @Test func `a constant schedule is 1`() throws {
    #expect(try rates(.constant).allSatisfy { $0 == 1 })
  }

  @Test func `steps halve the rate every second epoch`() throws {
    #expect(try rates(.step(every: 2, factor: 0.5)) == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5])
  }

  @Test func `a cosine begins at 1 and passes the middle at its middle`() throws {
    let values = try rates(.cosine())
    #expect(values[0] == 1)
    #expect(abs(values[4] - 0.5) < 1e-12)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test func `one cycle rises, then falls to 0 at the last step`() throws {
    let values = try rates(.oneCycle(warmUp: 0.5))
    #expect(values[3] == 1)
    #expect(values[0] == 0.25)
    #expect(abs(values[7]) < 1e-12)
  }

  @Test func `warming up multiplies what follows`() throws {
    let values = try rates(.warmUp(epochs: 2, then: .step(every: 3, factor: 0.5)))
    #expect(values == [0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5])
  }

  @Test func `a schedule prints as the Lepton that makes it`() throws {
    #expect(Schedule.warmUp(epochs: 1, then: .cosine()).source == "warm_up(1, cosine_decay())")
    #expect(Schedule.oneCycle().source == "one_cycle()")
  }
}
