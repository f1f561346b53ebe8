import Glibc
import LeptonTensor
import Testing

/// Whether one thread or all run a plan, decided by trials.
@Suite struct PaceTests {
  /// How many of the runs after a trial one thread does alone.
  private func alone(together: UInt32, alone: UInt32, before: Int = 0) -> Int {
    var pace = Pace()
    for _ in 0..<before { pace.run(threads: 1) { _ in usleep(3000) } }
    for _ in 0..<20 { pace.run(threads: 2) { isAlone in usleep(isAlone ? alone : together) } }
    var count = 0
    for _ in 0..<100 { pace.run(threads: 2) { isAlone in count += isAlone ? 1 : 0 } }
    return count
  }

  @Test func `the faster way is taken after a trial`() {
    #expect(alone(together: 10, alone: 3000) == 0)
    #expect(alone(together: 3000, alone: 10) == 100)
  }

  @Test func `runs for which there is one thread alone are no trial`() {
    #expect(alone(together: 10, alone: 1000, before: 10) == 0)
  }
}
