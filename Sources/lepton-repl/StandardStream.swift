import Glibc

/// Standard output or standard error.
struct StandardStream {
  /// Its descriptor.
  let descriptor: Int32

  /// Takes a descriptor.
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Writes a text, all of it.
  ///
  /// - Returns: Whether it could be written.
  @discardableResult
  func write(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { return false }
      rest = rest.dropFirst(max(0, count))
    }
    return true
  }

  /// Whether a person reads it.
  var isTerminal: Bool { isatty(descriptor) != 0 }

  /// How many columns it has: the terminal's, else those of `COLUMNS`, else 80.
  var width: Int {
    size.map { Int($0.ws_col) } ?? Environment["COLUMNS"].flatMap { Int($0) } ?? 80
  }

  /// How many rows it has: the terminal's, else 24.
  var height: Int { size.map { max(2, Int($0.ws_row)) } ?? 24 }

  private var size: winsize? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? size : nil
  }
}

/// The environment of the process.
enum Environment {
  /// The value of a variable that is set and not empty.
  static subscript(name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }
}
