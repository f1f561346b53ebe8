@preconcurrency import Glibc
import LeptonFuzz

/// Tries the inputs of one number after the other.
struct Campaign {
  let property: Property
  let inputs: Inputs

  /// Runs until the seconds are over or so many inputs were tried.
  ///
  /// - Returns: The exit status: 0 if nothing was found. A trap or a hang ends the process with 3,
  ///   after `Watch` has said which number it was.
  func run(from first: UInt64, seconds: Double, count: UInt64) -> Int32 {
    Watch.begin()
    let end = Watch.now + seconds
    var findings = 0
    var number = first
    while number - first < count, Watch.now < end {
      let input = inputs.input(number, for: property.name)
      if let complaint = Watch.watching(number, { property.complaint(input) }) {
        findings += 1
        print("finding: \(property.name) \(number): \(complaint)")
      }
      number += 1
    }
    print("\(property.name): \(number - first) inputs from \(first), \(findings) findings")
    return findings == 0 ? 0 : 1
  }
}

/// Says which input it was when the process dies, and does not wait for one that never ends.
enum Watch {
  /// How long an input may take, in seconds of a processor.
  private static let patience = 10
  /// The number of the input that is being tried.
  nonisolated(unsafe) private static var number: UInt64 = 0

  /// The seconds of a clock that never goes back.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// From here on a trap or a hang says which number it was.
  static func begin() {
    setlinebuf(stdout)
    var action = sigaction()
    action.sa_flags = SA_ONSTACK
    action.__sigaction_handler.sa_handler = { signal in
      let what = signal == SIGPROF ? "hang" : "trap"
      print("\(what): \(Watch.number)")
      _exit(3)
    }
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGPROF] {
      sigaction(signal, &action, nil)
    }
  }

  /// Does something for an input.
  static func watching<Result>(_ number: UInt64, _ body: () -> Result) -> Result {
    Watch.number = number
    var time = itimerval()
    time.it_value.tv_sec = patience
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &time, nil)
    return body()
  }
}
