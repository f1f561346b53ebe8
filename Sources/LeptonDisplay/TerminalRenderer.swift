import LeptonSession

/// Writes outputs for a terminal.
public struct TerminalRenderer: Sendable {
  /// What colours the terminal can show.
  public enum Colours: Sendable {
    case none, palette, full
  }

  /// How many columns there are.
  public var width: Int
  /// What colours may be used.
  public var colours: Colours

  /// Makes a renderer for a terminal.
  public init(width: Int = 80, colours: Colours = .none) {
    self.width = width
    self.colours = colours
  }

  /// Writes an output, without a line end after the last line.
  public func text(of output: Output) -> String { "" }
}
