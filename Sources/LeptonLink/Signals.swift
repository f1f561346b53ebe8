import CPlatform

/// Signals that are counted instead of acting, for front ends.
///
/// A signal handler may do next to nothing, so the handler is C's: it counts, and writes a byte to a
/// descriptor, such as `WorkerClient.interruptDescriptor`, which wakes whoever polls it.
public enum Signals {
  /// From now on counts a signal, and writes a byte to `descriptor` each time, unless that is -1.
  public static func watch(_ signal: Int32, waking descriptor: Int32 = -1) {
    lepton_watch_signal(signal, descriptor)
  }

  /// How often a watched signal has come.
  public static func count(of signal: Int32) -> Int {
    Int(lepton_signal_count(signal))
  }
}
